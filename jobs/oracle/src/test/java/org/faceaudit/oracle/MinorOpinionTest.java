package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Gym.CONSENT;
import static org.faceaudit.oracle.Gym.at;
import static org.faceaudit.oracle.history.RegistrySource.row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Member 2, a child, whose image has been stored since 2026-03-01 at 09:00. */
class MinorOpinionTest {

    private final Gym gym = new Gym();

    private Gym child(String bornOn, Object... consent) {
        return gym.commits("2026-03-01T09:00", transaction -> {
            Gym.member(transaction, 2, bornOn);
            transaction.insert(Gym.IMAGE, row("id", 2, "member_id", 2, "taken_at", null, "keep_until", null));
            Gym.consent(transaction, 2, "member_id", 2);
            transaction.update(CONSENT, "2", row(consent));
        });
    }

    @Test
    void aChildsOwnConsentIsABreach() {
        assertThat(child("2016-05-01").children("2026-03-02T00:00")).containsExactly("VIOLATION 2026-03-01T09:00 1x -");
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1", ", 1"})
    void aGuardiansConsentIsNone(Boolean guardian, int alerts) {
        assertThat(child("2016-05-01", "guardian", guardian).children("2026-03-02T00:00"))
                .hasSize(alerts);
    }

    @Test
    void itEndsOnTheFourteenthBirthday() {
        child("2012-04-10");

        assertThat(gym.children("2026-04-09T23:59")).containsExactly("VIOLATION 2026-03-01T09:00 1x -");
        assertThat(gym.children("2026-04-10T00:00")).containsExactly("VIOLATION 2026-03-01T09:00 1x 2026-04-10");
    }

    @ParameterizedTest
    @CsvSource({"2012-03-01, 0", "2012-03-02, 1", "2012-02-29, 0", ", 0", "2090-01-01, 0", "0966-05-05, 0"})
    void whoIsOldEnoughOrOfNoAgeAnybodyKnowsIsNoChild(String bornOn, int alerts) {
        assertThat(child(bornOn).children("2026-03-01T10:00")).hasSize(alerts);
    }

    @ParameterizedTest
    @CsvSource({"consent, 1", "contract, 0", "legacy, 0", ", 0"})
    void onlyWhatRestsOnConsentNeedsAGuardian(String basis, int alerts) {
        assertThat(child("2016-05-01", "legal_basis", basis).children("2026-03-02T00:00"))
                .hasSize(alerts);
    }

    @Test
    void aConsentThatWasNotGivenOrIsNoLongerInForceIsNoneToRestOn() {
        assertThat(child("2016-05-01", "given_at", null).children("2026-03-02T00:00"))
                .isEmpty();

        gym.updates("2026-03-03T09:00", CONSENT, 2, "given_at", at("2026-03-03T09:00"), "expires_on", "2026-03-04Z");
        assertThat(gym.children("2026-03-06T00:00")).containsExactly("VIOLATION 2026-03-03T09:00 1x 2026-03-05");

        gym.updates("2026-03-07T09:00", CONSENT, 2, "expires_on", null)
                .updates("2026-03-09T09:00", CONSENT, 2, "withdrawn_at", at("2026-03-08T09:00"));
        assertThat(gym.children("2026-03-10T00:00"))
                .containsExactly(
                        "VIOLATION 2026-03-03T09:00 1x 2026-03-05", "VIOLATION 2026-03-07T09:00 1x 2026-03-09T09:00");
    }

    @Test
    void aGuardianWhoConsentsLateEndsItAndOneWhoWithdrawsBeginsItAgain() {
        child("2016-05-01").consents("2026-03-10T09:00", 3, "member_id", 2, "guardian", true);
        assertThat(gym.children("2026-03-11T00:00")).containsExactly("VIOLATION 2026-03-01T09:00 1x 2026-03-10T09:00");

        gym.updates("2026-03-20T09:00", CONSENT, 3, "withdrawn_at", at("2026-03-20T09:00"));
        assertThat(gym.children("2026-03-21T00:00"))
                .containsExactly("VIOLATION 2026-03-01T09:00 1x 2026-03-10T09:00", "VIOLATION 2026-03-20T09:00 1x -");
    }

    @Test
    void whereAnotherBasisIsOnRecordItDoesNotRestOnTheConsent() {
        child("2016-05-01").consents("2026-03-10T09:00", 3, "member_id", 2, "legal_basis", "contract");

        assertThat(gym.children("2026-03-11T00:00")).containsExactly("VIOLATION 2026-03-01T09:00 1x 2026-03-10T09:00");
    }

    @Test
    void personsAreCountedNotImagesAndTheLastImageEndsIt() {
        child("2016-05-01").commits("2026-03-02T09:00", transaction -> {
            transaction.insert(Gym.IMAGE, row("id", 3, "member_id", 2, "taken_at", null, "keep_until", null));
            Gym.member(transaction, 3, "2017-01-01");
            transaction.insert(Gym.IMAGE, row("id", 4, "member_id", 3, "taken_at", null, "keep_until", null));
            Gym.consent(transaction, 4, "member_id", 3);
        });
        assertThat(gym.children("2026-03-03T00:00")).containsExactly("VIOLATION 2026-03-01T09:00 2x -");

        gym.deletes("2026-03-04T09:00", Gym.IMAGE, 2).deletes("2026-03-05T09:00", Gym.IMAGE, 4);
        assertThat(gym.children("2026-03-06T00:00")).containsExactly("VIOLATION 2026-03-01T09:00 1x -");

        gym.deletes("2026-03-07T09:00", Gym.IMAGE, 3);
        assertThat(gym.children("2026-03-08T00:00")).containsExactly("VIOLATION 2026-03-01T09:00 2x 2026-03-07T09:00");
    }
}
