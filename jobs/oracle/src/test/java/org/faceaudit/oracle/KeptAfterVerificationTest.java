package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Gym.CONSENT;
import static org.faceaudit.oracle.Gym.at;
import static org.faceaudit.oracle.history.RegistrySource.row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image stored on 2026-03-01 at 09:00 without any consent: the cache grace ends on the day after, and that day is its last. */
class KeptAfterVerificationTest {

    private static final String SUSPECTED = "kept-after-verification SUSPECTED OPEN 2026-03-03 due 2026-03-02 1x - -";

    private final Gym gym = new Gym();

    @Test
    void whatIsKeptBeyondTheCacheGraceIsSuspected() {
        gym.image("2026-03-01T09:00", 1);

        assertThat(gym.images("2026-03-02T23:59")).isEmpty();
        assertThat(gym.images("2026-03-03T00:00")).containsExactly(SUSPECTED);
    }

    @Test
    void whatIsGoneWithinTheGraceIsNot() {
        gym.image("2026-03-01T09:00", 1).deletes("2026-03-02T23:00", Gym.IMAGE, 1);

        assertThat(gym.images("2026-11-01T00:00")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  consent,  2026-01-05T07:00, 0",
        "false, consent,  2026-01-05T07:00, 1",
        ",      consent,  2026-01-05T07:00, 1",
        "true,  consent,                  , 1",
        "true,          , 2026-01-05T07:00, 0",
        "false, contract, 2026-01-05T07:00, 0",
        "false, hr,       2026-01-05T07:00, 0",
        "false, statute,  2026-01-05T07:00, 0",
        "false, legacy,   2026-01-05T07:00, 0"
    })
    void aSeparateConsentThatWasGivenOrAnotherBasisCoversTheImage(
            Boolean separate, String basis, String given, int suspected) {
        gym.consents(
                        "2026-02-01T08:00",
                        1,
                        "separate",
                        separate,
                        "legal_basis",
                        basis,
                        "given_at",
                        given == null ? null : at(given))
                .image("2026-03-01T09:00", 1);

        assertThat(gym.images("2026-03-03T00:00")).hasSize(suspected);
    }

    @Test
    void consentGivenLaterEndsItWithItsCommitHoweverItIsDated() {
        gym.image("2026-03-01T09:00", 1).consents("2026-03-10T09:00", 1, "given_at", at("2026-02-01T09:00"));

        assertThat(gym.images("2026-11-01T00:00"))
                .containsExactly(
                        "kept-after-verification SUSPECTED RESOLVED 2026-03-03 due 2026-03-02 1x 2026-03-10T09:00 -");
    }

    @Test
    void aConsentWhoseRowIsDeletedIsOnRecordNoLonger() {
        gym.consents("2026-03-01T08:00", 1).image("2026-03-01T09:00", 1).deletes("2026-03-10T09:00", CONSENT, 1);

        assertThat(gym.images("2026-11-01T00:00"))
                .containsExactly("kept-after-verification SUSPECTED OPEN 2026-03-11 due 2026-03-10 1x - -");
    }

    @Test
    void whatWasWithdrawnOrHasRunOutIsAnotherMatter() {
        gym.consents("2026-02-01T08:00", 1, "expires_on", "2026-02-10Z").image("2026-03-01T09:00", 1);
        assertThat(gym.images("2026-03-03T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-03-01T09:00 due 2026-02-10 1x - -");

        gym.consents("2026-03-04T08:00", 2, "withdrawn_at", at("2026-02-20T09:00"), "given_at", at("2026-02-01T09:00"));
        assertThat(gym.images("2026-03-05T00:00"))
                .as("a consent that was over when it was told covered nothing, and heals nothing")
                .containsExactly("period-ended VIOLATION OPEN 2026-03-01T09:00 due 2026-02-10 1x - -");
    }

    @Test
    void ofAnImageOfNobodyNothingIsSaid() {
        gym.commits("2026-03-01T09:00", transaction -> {
            transaction.insert(Gym.IMAGE, row("id", 5, "member_id", 5, "taken_at", null, "keep_until", null));
            transaction.insert(Gym.PHOTO, row("id", 6, "taken_at", null, "keep_days", null));
        });

        assertThat(gym.images("2026-11-01T00:00")).isEmpty();
    }

    @Test
    void whatTheLawAsksForGoesBeforeTheSuspicion() {
        gym.image("2026-03-01T09:00", 1).updates("2026-03-10T09:00", Gym.MEMBERSHIP, 1, "ended_on", "2026-03-10Z");
        String before = "kept-after-verification SUSPECTED RESOLVED 2026-03-03 due 2026-03-02 1x 2026-03-11 -";

        assertThat(gym.images("2026-03-10T23:59")).containsExactly(SUSPECTED);
        assertThat(gym.images("2026-03-25T12:00"))
                .containsExactlyInAnyOrder("purpose-ended WARNING OPEN 2026-03-11 due 2026-03-25 1x - -", before);
        assertThat(gym.images("2026-03-26T00:00"))
                .containsExactlyInAnyOrder("purpose-ended VIOLATION OPEN 2026-03-11 due 2026-03-25 1x - -", before);
    }

    @Test
    void whileAnythingElseIsOnlyToComeTheSuspicionStands() {
        gym.image("2026-03-01T09:00", 1).updates("2026-03-02T09:00", Gym.IMAGE, 1, "keep_until", "2026-03-01Z");
        assertThat(gym.images("2026-03-04T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-03-02T09:00 due 2026-03-01 1x - -");

        gym.updates("2026-03-04T09:00", Gym.IMAGE, 1, "keep_until", "2026-03-31Z");
        assertThat(gym.images("2026-03-05T00:00"))
                .contains("kept-after-verification SUSPECTED OPEN 2026-03-04T09:00 due 2026-03-02 1x - -");
    }
}
