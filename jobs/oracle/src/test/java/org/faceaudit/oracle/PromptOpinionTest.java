package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.only;
import static org.faceaudit.oracle.Scene.shanghai;

import org.junit.jupiter.api.Test;

/** Two prompts and more within two days of a refusal. */
class PromptOpinionTest {

    private static final String RULE = "repeated-prompt";

    private static GymDoors refused() {
        return new GymDoors()
                .tries("2026-03-03T10:00", "gate", "ada face declined")
                .tries("2026-03-04T10:00", "side", "ada face declined");
    }

    @Test
    void whoIsAskedTwiceWithinTwoDaysOfARefusal() {
        OracleAlert alert = only(
                refused().tries("2026-03-05T09:00", "gate", "ada face declined").known("2026-03-06T09:00"), RULE);

        assertThat(alert.subjectKind()).isEqualTo("system");
        assertThat(alert.subjectId()).isEqualTo("gym");
        assertThat(alert.verdict()).isEqualTo("SUSPECTED");
        assertThat(alert.openedAt()).isEqualTo(shanghai("2026-03-05T09:00"));
        assertThat(alert.measured()).hasToString("1");
    }

    @Test
    void oncePerRefusalIsNotTooOften() {
        assertThat(of(refused().known("2026-03-06T09:00"), RULE)).isEmpty();
    }

    @Test
    void theTwoDaysIncludeTheirEnd() {
        assertThat(of(
                        refused()
                                .tries("2026-03-05T10:00", "gate", "ada face declined")
                                .known("2026-03-06T09:00"),
                        RULE))
                .hasSize(1);
        assertThat(of(
                        refused()
                                .tries(shanghai("2026-03-05T10:00").plusMillis(1), "gate", "ada face declined")
                                .known("2026-03-06T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void itEndsTwoDaysAfterTheLastPromptThatWasTooMuch() {
        GymDoors gym = refused().tries("2026-03-05T09:00", "gate", "ada face declined");

        assertThat(episodes(gym.known("2026-03-07T08:59"), RULE)).containsExactly("SUSPECTED 2026-03-05T09:00 -");
        assertThat(episodes(gym.known("2026-03-07T09:00"), RULE))
                .containsExactly("SUSPECTED 2026-03-05T09:00 2026-03-07T09:00");
    }

    @Test
    void everybodyCountsOnce() {
        GymDoors gym = refused()
                .tries("2026-03-05T09:00", "gate", "ada face declined")
                .tries("2026-03-05T10:00", "gate", "ada face declined")
                .tries("2026-03-05T11:00", "gate", "bob face declined")
                .tries("2026-03-05T11:05", "gate", "bob face declined")
                .tries("2026-03-05T11:10", "gate", "bob face declined");

        assertThat(only(gym.known("2026-03-06T09:00"), RULE).measured()).hasToString("2");
    }

    @Test
    void tokensOfTwoKeysMayBeTheSamePersons() {
        GymDoors gym = refused().tries("2026-03-05T09:00", "gate", "ada face declined");
        for (String member : new String[] {"k2/1f", "k2/2e"}) {
            gym.tries("2026-03-05T11:00", "gate", member + " face declined")
                    .tries("2026-03-05T11:05", "gate", member + " face declined")
                    .tries("2026-03-05T11:10", "gate", member + " face declined");
        }

        assertThat(only(gym.known("2026-03-06T09:00"), RULE).measured()).hasToString("2");
    }

    @Test
    void otherMethodsPassesAndStrangersAreNoPrompts() {
        assertThat(of(
                        refused()
                                .tries("2026-03-05T09:00", "gate", "ada card declined")
                                .tries("2026-03-05T09:01", "gate", "ada face passed")
                                .tries("2026-03-05T09:02", "gate", "- face declined")
                                .tries("2026-03-05T09:03", "gate", "- face declined")
                                .tries("2026-03-05T09:04", "gate", "- face declined")
                                .known("2026-03-06T09:00"),
                        RULE))
                .isEmpty();
    }
}
