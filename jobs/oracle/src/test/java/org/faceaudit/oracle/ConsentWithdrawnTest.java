package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Gym.CONSENT;
import static org.faceaudit.oracle.Gym.at;

import org.junit.jupiter.api.Test;

/** Consent given before the image was stored, on 2026-03-01 at 09:00, and withdrawn on 10 March: to be gone by the 25th. */
class ConsentWithdrawnTest {

    private final Gym gym = new Gym().consents("2026-03-01T08:00", 1).image("2026-03-01T09:00", 1);

    private Gym withdrawn(String commit, String withdrawnAt) {
        return gym.updates(commit, CONSENT, 1, "withdrawn_at", at(withdrawnAt));
    }

    @Test
    void whileConsentIsInForceNothingIsSaid() {
        assertThat(gym.images("2026-11-01T00:00")).isEmpty();
    }

    @Test
    void aWithdrawalWarnsAtOnceAndIsABreachAfterTheDeletionDays() {
        withdrawn("2026-03-10T10:00", "2026-03-10T10:00");

        assertThat(gym.images("2026-03-25T23:59"))
                .containsExactly("consent-withdrawn WARNING OPEN 2026-03-10T10:00 due 2026-03-25 1x - -");
        assertThat(gym.images("2026-03-26T00:00"))
                .containsExactly("consent-withdrawn VIOLATION OPEN 2026-03-10T10:00 due 2026-03-25 1x - -");
    }

    @Test
    void deletionInTimeResolvesTheWarning() {
        withdrawn("2026-03-10T10:00", "2026-03-10T10:00").deletes("2026-03-25T20:00", Gym.IMAGE, 1);

        assertThat(gym.images("2026-04-01T00:00"))
                .containsExactly(
                        "consent-withdrawn WARNING RESOLVED 2026-03-10T10:00 due 2026-03-25 1x 2026-03-25T20:00 -");
    }

    @Test
    void theDaysOfAWithdrawalToldLaterRunFromItsOwn() {
        withdrawn("2026-03-18T10:00", "2026-03-05T12:00");

        assertThat(gym.images("2026-03-21T00:00"))
                .containsExactly("consent-withdrawn VIOLATION OPEN 2026-03-18T10:00 due 2026-03-20 1x - -");
    }

    @Test
    void aWithdrawalOfTomorrowHasComeToPassWhenItIsTold() {
        withdrawn("2026-03-10T10:00", "2026-04-10T10:00");

        assertThat(gym.images("2026-03-11T00:00"))
                .containsExactly("consent-withdrawn WARNING OPEN 2026-03-10T10:00 due 2026-03-25 1x - -");

        gym.updates("2026-03-20T10:00", CONSENT, 1, "expires_on", "2026-12-31Z");
        assertThat(gym.images("2026-03-21T00:00"))
                .as("another change of the row tells nothing new of it")
                .containsExactly("consent-withdrawn WARNING OPEN 2026-03-10T10:00 due 2026-03-25 1x - -");
    }

    @Test
    void consentGivenAgainEndsItWithItsCommitWithinAndAfterTheDeletionDays() {
        withdrawn("2026-03-10T10:00", "2026-03-10T10:00")
                .updates("2026-03-20T10:00", CONSENT, 1, "given_at", at("2026-03-15T10:00"), "withdrawn_at", null);

        assertThat(gym.images("2026-11-01T00:00"))
                .containsExactly(
                        "consent-withdrawn WARNING RESOLVED 2026-03-10T10:00 due 2026-03-25 1x 2026-03-20T10:00 -");

        gym.updates("2026-11-02T10:00", CONSENT, 1, "withdrawn_at", at("2026-11-02T10:00"))
                .consents("2026-11-30T10:00", 2);

        assertThat(gym.images("2026-12-01T00:00"))
                .containsExactly(
                        "consent-withdrawn WARNING RESOLVED 2026-03-10T10:00 due 2026-03-25 1x 2026-03-20T10:00 -",
                        "consent-withdrawn VIOLATION RESOLVED 2026-11-02T10:00 due 2026-11-17 1x 2026-11-30T10:00 -");
    }

    @Test
    void aRowThatStatesAWithdrawalBeforeTheGivingTellsOfAnEarlierConsent() {
        gym.updates(
                "2026-03-10T10:00",
                CONSENT,
                1,
                "withdrawn_at",
                at("2026-02-01T10:00"),
                "given_at",
                at("2026-03-10T10:00"));

        assertThat(gym.images("2026-11-01T00:00")).isEmpty();
    }

    @Test
    void aSecondConsentCoversTheImageWhenTheFirstIsWithdrawn() {
        gym.consents("2026-03-02T08:00", 2);
        withdrawn("2026-03-10T10:00", "2026-03-10T10:00");
        assertThat(gym.images("2026-11-01T00:00")).isEmpty();

        gym.updates("2026-11-02T10:00", CONSENT, 2, "withdrawn_at", at("2026-11-02T10:00"));
        assertThat(gym.images("2026-11-03T00:00"))
                .containsExactly("consent-withdrawn WARNING OPEN 2026-11-02T10:00 due 2026-11-17 1x - -");
    }

    @Test
    void anotherConsentThatCoversNothingMovesNoDayWhenItEnds() {
        gym.consents("2026-03-12T08:00", 2, "separate", false);
        withdrawn("2026-03-10T10:00", "2026-03-10T10:00")
                .updates("2026-03-28T10:00", CONSENT, 2, "withdrawn_at", at("2026-03-28T10:00"));

        assertThat(gym.images("2026-04-01T00:00"))
                .containsExactly("consent-withdrawn VIOLATION OPEN 2026-03-10T10:00 due 2026-03-25 1x - -");
    }

    @Test
    void deletingTheRowOfAWithdrawnConsentUndoesNothing() {
        withdrawn("2026-03-10T10:00", "2026-03-10T10:00").deletes("2026-03-12T10:00", CONSENT, 1);

        assertThat(gym.images("2026-03-26T00:00"))
                .containsExactly("consent-withdrawn VIOLATION OPEN 2026-03-10T10:00 due 2026-03-25 1x - -");
    }

    @Test
    void whereAnotherBasisIsOnRecordNothingFollowsFromTheWithdrawal() {
        gym.consents("2026-03-02T08:00", 2, "legal_basis", "contract", "separate", null);
        withdrawn("2026-03-10T10:00", "2026-03-10T10:00");
        assertThat(gym.images("2026-11-01T00:00")).isEmpty();

        gym.updates("2026-11-02T10:00", CONSENT, 2, "legal_basis", "legacy");
        assertThat(gym.images("2026-11-03T00:00")).as("nobody can read it").isEmpty();
    }

    @Test
    void theConsentOfAMemberNobodyKnowsIsNobodysUntilTheMemberIsKnown() {
        gym.consents("2026-03-02T08:00", 5, "member_id", 5, "withdrawn_at", at("2026-03-02T08:00"))
                .commits(
                        "2026-03-02T09:00",
                        transaction -> transaction.insert(
                                Gym.IMAGE,
                                org.faceaudit.oracle.history.RegistrySource.row(
                                        "id", 5, "member_id", 5, "taken_at", null, "keep_until", null)));
        assertThat(gym.images("2026-04-01T00:00")).isEmpty();

        gym.commits("2026-04-02T08:00", transaction -> Gym.member(transaction, 5, null));
        assertThat(gym.images("2026-04-03T00:00"))
                .containsExactly("consent-withdrawn VIOLATION OPEN 2026-04-02T08:00 due 2026-03-17 1x - -");
    }
}
