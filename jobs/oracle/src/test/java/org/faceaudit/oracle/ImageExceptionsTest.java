package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Gym.at;
import static org.faceaudit.oracle.history.RegistrySource.row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A visitor's photo of 2026-03-01, told to be kept for ten days: a breach from 12 March on, but for what is registered. */
class ImageExceptionsTest {

    private static final String HOLD = "hold: (2026)苏05民初12号";
    private static final String FLOOR = "floor:public-security-video 第17条";
    private static final String BREACH = "period-ended VIOLATION OPEN 2026-03-12 due 2026-03-11 1x - -";

    private final Gym gym = new Gym()
            .commits(
                    "2026-03-01T09:00",
                    transaction -> transaction.insert(Gym.PHOTO, row("id", 6, "taken_at", null, "keep_days", 10)));

    @Test
    void aHoldExemptsUntilItEndsAndMovesTheLastDay() {
        gym.exception("h1", "gym/period-ended", HOLD, "2026-03-01", "2026-04-30");

        assertThat(gym.images("2026-04-30T23:59"))
                .containsExactly("period-ended VIOLATION EXEMPT 2026-03-12 due 2026-04-30 1x - h1");
        assertThat(gym.images("2026-05-01T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-05-01 due 2026-04-30 1x - -");
    }

    @Test
    void aHoldThatEndsBeforeTheLastDayMovesNothing() {
        gym.exception("h1", null, HOLD, "2026-03-01", "2026-03-05");

        assertThat(gym.images("2026-03-12T00:00")).containsExactly(BREACH);
    }

    @ParameterizedTest
    @CsvSource({"gym/period-ended, 1", "gym, 1", ", 1", "gym/purpose-ended, 0", "faces, 0"})
    void aHoldIsForACauseASystemOrAll(String subject, int exempt) {
        gym.exception("h1", subject, HOLD, "2026-03-01", "2026-04-30");

        assertThat(gym.images("2026-04-01T00:00"))
                .filteredOn(alert -> alert.contains("EXEMPT"))
                .hasSize(exempt);
    }

    @Test
    void aHoldThatNobodyApprovedIsNone() {
        gym.exception("h1", null, HOLD, "2026-03-01", "2026-04-30")
                .registered(transaction -> transaction.update("registry.exception", "h1", row("approved_by", null)));

        assertThat(gym.images("2026-04-01T00:00")).containsExactly(BREACH);
    }

    @Test
    void ofOverlappingHoldsTheLongestIsNamedAndCounts() {
        gym.exception("h1", null, HOLD, "2026-03-01", "2026-06-30")
                .exception("h0", "gym/period-ended", HOLD, "2026-03-01", "2026-04-30");

        assertThat(gym.images("2026-04-01T00:00"))
                .containsExactly("period-ended VIOLATION EXEMPT 2026-03-12 due 2026-06-30 1x - h1");
        assertThat(gym.images("2026-05-01T00:00"))
                .containsExactly("period-ended VIOLATION EXEMPT 2026-03-12 due 2026-06-30 1x - h1");
    }

    @Test
    void aHoldThatBeginsWithinABreachHealsNothing() {
        gym.exception("h1", null, HOLD, "2026-03-20", "2026-04-30");

        assertThat(gym.images("2026-05-01T00:00")).containsExactly(BREACH);
    }

    @Test
    void aFloorExemptsSoManyDaysFromWhenTheImageWasStored() {
        gym.exception("f1", null, FLOOR, "2026-01-01", "2026-12-31");

        assertThat(gym.images("2026-03-31T23:59"))
                .containsExactly("period-ended VIOLATION EXEMPT 2026-03-12 due 2026-03-31 1x - f1");
        assertThat(gym.images("2026-04-01T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-04-01 due 2026-03-31 1x - -");
    }

    @Test
    void aFloorIsForImagesOfItsClassAlone() {
        gym.exception("f1", null, "floor:anti-terror-video", "2026-01-01", "2026-12-31");
        assertThat(gym.images("2026-03-12T00:00")).containsExactly(BREACH);

        gym.exception("f2", null, FLOOR, "2026-01-01", "2026-12-31")
                .consents("2026-03-12T08:00", 1, "expires_on", "2026-03-12Z")
                .image("2026-03-12T09:00", 1);
        assertThat(gym.images("2026-03-13T00:00"))
                .as("an image of a member is one of a face library")
                .containsExactly("period-ended VIOLATION OPEN 2026-03-13 due 2026-03-12 1x - -");
    }

    @ParameterizedTest
    @CsvSource({"anonymised, 1", "no-recognition, 1", "training, 1", "floor, 0"})
    void aStatementOfADataClassExemptsItsImagesForItsOwnDays(String word, int exempt) {
        gym.exception("c1", null, word + ":anti-terror-video", "2026-03-01", "2026-04-30");
        assertThat(gym.images("2026-03-12T00:00")).as("of another class").containsExactly(BREACH);

        gym.exception("c1", null, word + ":public-security-video 声明", "2026-03-01", "2026-05-20");
        assertThat(gym.images("2026-05-20T23:59"))
                .filteredOn(alert -> alert.equals("period-ended VIOLATION EXEMPT 2026-03-12 due 2026-05-20 1x - c1"))
                .as("a floor ends with its days")
                .hasSize(exempt);
        assertThat(gym.images("2026-05-21T00:00"))
                .filteredOn(alert -> alert.equals("period-ended VIOLATION OPEN 2026-05-21 due 2026-05-20 1x - -"))
                .hasSize(exempt);
    }

    @Test
    void frozenStorageMakesABreachASuspicion() {
        gym.exception("z1", null, "frozen: 备份介质", "2026-03-20", "2026-04-30");

        assertThat(gym.images("2026-03-19T23:59")).containsExactly(BREACH);
        assertThat(gym.images("2026-03-20T00:00"))
                .containsExactly("period-ended SUSPECTED OPEN 2026-03-12 due 2026-03-11 1x - z1");
        assertThat(gym.images("2026-05-01T00:00")).containsExactly(BREACH);
    }

    @Test
    void whoTypesTheFirstWordOfACitationOtherwiseMeansTheSame() {
        gym.exception("z1", null, " Frozen\uff1a备份介质", "2026-03-20", "2026-04-30");
        assertThat(gym.images("2026-03-20T00:00"))
                .containsExactly("period-ended SUSPECTED OPEN 2026-03-12 due 2026-03-11 1x - z1");

        gym.exception("z1", null, "FLOOR :\u3000public-security-video\uff0c第17条", "2026-01-01", "2026-12-31");
        assertThat(gym.images("2026-03-31T23:59"))
                .containsExactly("period-ended VIOLATION EXEMPT 2026-03-12 due 2026-03-31 1x - z1");
    }

    @Test
    void frozenStorageLeavesAWarningAWarning() {
        gym.commits("2026-03-02T09:00", transaction -> transaction.truncate(Gym.PHOTO))
                .consents("2026-03-02T10:00", 1)
                .image("2026-03-02T11:00", 1)
                .updates("2026-03-03T10:00", Gym.CONSENT, 1, "withdrawn_at", at("2026-03-03T10:00"))
                .exception("z1", null, "frozen: 备份介质", "2026-03-01", "2026-04-30");

        assertThat(gym.images("2026-03-18T23:59"))
                .containsExactly("consent-withdrawn WARNING OPEN 2026-03-03T10:00 due 2026-03-18 1x - -");
        assertThat(gym.images("2026-03-19T00:00"))
                .containsExactly("consent-withdrawn SUSPECTED OPEN 2026-03-03T10:00 due 2026-03-18 1x - z1");
    }

    @Test
    void whatNothingCoversIsToldBeforeWhatSomethingDoes() {
        gym.exception("f1", null, FLOOR, "2026-01-01", "2026-12-31")
                .consents("2026-03-12T08:00", 1, "expires_on", "2026-03-12Z")
                .image("2026-03-12T09:00", 1);

        assertThat(gym.images("2026-03-14T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-03-13 due 2026-03-12 1x - -");
        assertThat(gym.deletes("2026-03-15T00:00", Gym.IMAGE, 1).images("2026-03-16T00:00"))
                .containsExactly("period-ended VIOLATION EXEMPT 2026-03-12 due 2026-03-31 1x - f1");
    }
}
