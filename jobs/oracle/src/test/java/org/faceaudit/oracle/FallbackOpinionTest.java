package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.only;

import org.junit.jupiter.api.Test;

/** Twenty tries within thirty days, of a card and of the face, and the card surely works less than half as often. */
class FallbackOpinionTest {

    private static final String RULE = "unusable-fallback";

    private static GymDoors faces() {
        return new GymDoors()
                .offers("2026-03-02T08:00", "gate", "face", "card")
                .triesOften(20, "2026-03-03T09:00", "gate", "- face passed");
    }

    @Test
    void aCardReaderThatNeverWorks() {
        OracleAlert alert = only(
                faces().triesOften(20, "2026-03-04T09:00", "gate", "- card failed")
                        .known("2026-03-05T09:00"),
                RULE);

        assertThat(alert.subjectId()).isEqualTo("gym/gate/CARD");
        assertThat(alert.verdict()).isEqualTo("SUSPECTED");
        assertThat(alert.openedAt()).isEqualTo(Scene.shanghai("2026-03-04T09:19"));
        // z = 1.6449: 2.7055 / (20 + 2.7055)
        assertThat(alert.measured().doubleValue()).isEqualTo(11.9, within(0.05));
        assertThat(alert.threshold().doubleValue()).isEqualTo(50.0);
    }

    @Test
    void oneTryLessSaysNothing() {
        assertThat(of(
                        faces().triesOften(19, "2026-03-04T09:00", "gate", "- card failed")
                                .known("2026-03-05T09:00"),
                        RULE))
                .isEmpty();
        assertThat(of(
                        new GymDoors()
                                .offers("2026-03-02T08:00", "gate", "face", "card")
                                .triesOften(19, "2026-03-03T09:00", "gate", "- face passed")
                                .triesOften(20, "2026-03-04T09:00", "gate", "- card failed")
                                .known("2026-03-05T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void oneThatOftenFailsMayStillBeHalfAsGood() {
        // 6 of 20: the bound is 48.5 %, 7 of 20: 53.3 %
        assertThat(of(
                        faces().triesOften(7, "2026-03-04T09:00", "gate", "- card passed")
                                .triesOften(13, "2026-03-04T10:00", "gate", "- card failed")
                                .known("2026-03-05T09:00"),
                        RULE))
                .isEmpty();
        assertThat(of(
                        faces().triesOften(6, "2026-03-04T09:00", "gate", "- card passed")
                                .triesOften(14, "2026-03-04T10:00", "gate", "- card failed")
                                .known("2026-03-05T09:00"),
                        RULE))
                .hasSize(1);
    }

    @Test
    void itIsHeldAgainstTheFaceAtTheSamePoint() {
        GymDoors gym = new GymDoors()
                .offers("2026-03-02T08:00", "gate", "face", "card")
                .triesOften(4, "2026-03-03T09:00", "gate", "- face passed")
                .triesOften(16, "2026-03-03T10:00", "gate", "- face failed")
                .triesOften(20, "2026-03-03T11:00", "side", "- face passed")
                .triesOften(20, "2026-03-04T09:00", "gate", "- card failed");

        assertThat(of(gym.known("2026-03-05T09:00"), RULE)).isEmpty();
    }

    @Test
    void sayingNoIsNoTry() {
        assertThat(of(
                        faces().triesOften(19, "2026-03-04T09:00", "gate", "- card failed")
                                .tries("2026-03-04T10:00", "gate", "- card declined")
                                .known("2026-03-05T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void itEndsWhenTheReaderIsRepairedOrTakenAwayAndNotForWantOfTries() {
        GymDoors gym = faces().triesOften(20, "2026-03-04T09:00", "gate", "- card failed");

        assertThat(episodes(gym.known("2026-05-05T09:00"), RULE)).containsExactly("SUSPECTED 2026-03-04T09:19 -");
        assertThat(episodes(
                        faces().triesOften(20, "2026-03-04T09:00", "gate", "- card failed")
                                .offers("2026-03-06T09:00", "gate", "face")
                                .known("2026-03-07T09:00"),
                        RULE))
                .containsExactly("SUSPECTED 2026-03-04T09:19 2026-03-06T09:00");
        // 9 of 29: the bound is 46.5 %, 10 of 30: 48.4 %, 11 of 31: 50.2 %
        assertThat(episodes(
                        faces().triesOften(20, "2026-03-04T09:00", "gate", "- card failed")
                                .triesOften(11, "2026-03-06T09:00", "gate", "- card passed")
                                .known("2026-03-07T09:00"),
                        RULE))
                .containsExactly("SUSPECTED 2026-03-04T09:19 2026-03-06T09:10");
    }

    @Test
    void aMethodThatIsNotOfferedIsNoFallback() {
        assertThat(of(
                        new GymDoors()
                                .offers("2026-03-02T08:00", "gate", "face")
                                .triesOften(20, "2026-03-03T09:00", "gate", "- face passed")
                                .triesOften(20, "2026-03-04T09:00", "gate", "- card failed")
                                .known("2026-03-05T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void whileNobodyKnowsWhatIsOfferedTheTriesShowIt() {
        GymDoors gym = new GymDoors()
                .triesOften(20, "2026-03-03T09:00", "gate", "- face passed")
                .triesOften(20, "2026-03-04T09:00", "gate", "- card failed");
        assertThat(of(gym.known("2026-03-05T09:00"), RULE))
                .as("of no such point")
                .isEmpty();

        assertThat(of(gym.offers("2026-03-05T10:00", "gate", "face", "card").known("2026-03-05T11:00"), RULE))
                .hasSize(1);
    }

    @Test
    void theNormalDistributionIsThatOfTheTables() {
        assertThat(FallbackOpinion.share(0)).isEqualTo(0.5);
        assertThat(FallbackOpinion.share(1.6448536269514722)).isEqualTo(0.95, within(1e-15));
        assertThat(FallbackOpinion.share(2.3263478740408408)).isEqualTo(0.99, within(1e-15));
    }
}
