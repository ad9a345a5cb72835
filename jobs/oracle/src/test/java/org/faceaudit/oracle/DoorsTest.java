package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.shanghai;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.faceaudit.oracle.history.RegistrySource;
import org.junit.jupiter.api.Test;

/** What counts as a verification, told by three refusals: late, corrected, deleted, of nobody knows when. */
class DoorsTest {

    private static final String RULE = "refusal-without-alternative";
    private static final Instant THIRD = shanghai("2026-03-05T10:00");
    private static final Duration HORIZON = Duration.ofDays(30);

    private static GymDoors two() {
        return configured(new GymDoors())
                .tries("2026-03-03T10:00", "gate", "ada face declined")
                .tries("2026-03-04T10:00", "gate", "bob face declined");
    }

    private static GymDoors configured(GymDoors gym) {
        return gym.offers("2026-03-02T08:00", "gate", "face", "card");
    }

    private static GymDoors three() {
        return two().tries(THIRD, "gate", "cid face declined");
    }

    @Test
    void whatIsToldWithinTheHorizonCounts() {
        assertThat(of(
                        two().told(THIRD.plus(HORIZON), THIRD, "gate", "cid face declined")
                                .known("2026-04-20T09:00"),
                        RULE))
                .hasSize(1);
        assertThat(of(
                        two().told(THIRD.plus(HORIZON).plusMillis(1), THIRD, "gate", "cid face declined")
                                .known("2026-04-20T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void aCorrectionCountsWithinTheHorizonToo() {
        assertThat(of(
                        three().corrects("2026-04-04T09:00", 3, "outcome", "passed")
                                .known("2026-04-20T09:00"),
                        RULE))
                .isEmpty();
        assertThat(of(
                        three().corrects("2026-04-05T09:00", 3, "outcome", "passed")
                                .known("2026-04-20T09:00"),
                        RULE))
                .hasSize(1);
    }

    @Test
    void aRowThatGoesUndoesNothing() {
        GymDoors gym = three();
        gym.source().commit(shanghai("2026-03-05T12:00"), transaction -> transaction.delete(GymDoors.ATTEMPT, "1"));
        gym.source().commit(shanghai("2026-03-05T13:00"), transaction -> transaction.truncate(GymDoors.ATTEMPT));

        assertThat(of(gym.known("2026-03-06T09:00"), RULE)).hasSize(1);
    }

    @Test
    void aRowThatComesWithTheKeyOfOneThatWentIsAnotherUnlessItNamesTheSameInstant() {
        for (Instant third : new Instant[] {THIRD, shanghai("2026-03-03T10:00")}) {
            GymDoors gym = two();
            gym.source().commit(shanghai("2026-03-04T12:00"), transaction -> transaction.truncate(GymDoors.ATTEMPT));
            gym.countsAnew().told(THIRD, third, "gate", "cid face declined");

            assertThat(of(gym.known("2026-03-06T09:00"), RULE)).hasSize(third == THIRD ? 1 : 0);
        }
    }

    @Test
    void withoutATimeOfItsOwnItWasMadeWhenItCame() {
        assertThat(episodes(two().told(THIRD, null, "gate", "cid face declined").known("2026-03-06T09:00"), RULE))
                .containsExactly("SUSPECTED 2026-03-05T10:15 -");
    }

    @Test
    void aTimeThatIsToComeIsNone() {
        assertThat(episodes(
                        two().told(THIRD, THIRD.plusSeconds(1), "gate", "cid face declined")
                                .known("2026-03-06T09:00"),
                        RULE))
                .containsExactly("SUSPECTED 2026-03-05T10:15 -");
    }

    @Test
    void aTimeThatWasToComeIsNoTruerInALaterSnapshotWhateverElseTheRowSaysThere() {
        Instant ahead = THIRD.plus(Duration.ofDays(3));
        for (String member : List.of("cid", "dan")) {
            GymDoors gym = two().told(THIRD, ahead, "gate", "cid face declined");
            gym.source()
                    .unseen(transaction -> transaction.update(
                            GymDoors.ATTEMPT,
                            "3",
                            RegistrySource.row("member_no", "t1:member-no:k1:trim,upper:" + member)));
            gym.source().snapshot(shanghai("2026-03-20T00:00"));

            assertThat(episodes(gym.known("2026-03-21T09:00"), RULE))
                    .containsExactly("SUSPECTED 2026-03-05T10:15 2026-03-10T10:00");
        }
    }

    @Test
    void aTimeThatWasToComeIsBelievedOfARowThatIsWrittenOver() {
        Instant ahead = THIRD.plus(Duration.ofHours(3));

        assertThat(episodes(
                        two().told(THIRD, ahead, "gate", "cid face declined")
                                .corrects("2026-03-06T10:00", 3, "member_no", null)
                                .known("2026-03-07T09:00"),
                        RULE))
                .containsExactly("SUSPECTED 2026-03-05T13:15 -");
    }

    @Test
    void whatTheFirstSnapshotFindsIsNeverLate() {
        GymDoors gym = new GymDoors(transaction -> {
            for (int i = 1; i <= 3; i++) {
                transaction.insert(
                        GymDoors.ATTEMPT,
                        GymDoors.attempt(i, shanghai("2025-10-0" + i + "T10:00"), "gate", "- face declined"));
            }
        });

        assertThat(episodes(configured(gym).known("2026-03-06T09:00"), RULE))
                .containsExactly("SUSPECTED 2025-10-03T10:15 2025-10-08T10:00");
    }

    @Test
    void whatALaterSnapshotFindsIsMeasuredAgainstItAndWithoutATimeOfNobodyKnowsWhen() {
        for (String found : List.of("2026-04-04T10:00 timed", "2026-04-04T10:01 timed", "2026-03-20T00:00 not")) {
            GymDoors gym = two();
            Instant at = found.endsWith(" timed") ? THIRD : null;
            gym.source()
                    .unseen(transaction ->
                            transaction.insert(GymDoors.ATTEMPT, GymDoors.attempt(77, at, "gate", "- face declined")));
            gym.source().snapshot(shanghai(found.substring(0, 16)));

            assertThat(of(gym.known("2026-05-02T09:00"), RULE)).hasSize(found.startsWith("2026-04-04T10:00") ? 1 : 0);
        }
    }

    @Test
    void beforeTheMeasuresNothingCounts() {
        GymDoors gym = new GymDoors();
        Instant first = shanghai("2025-05-31T23:50");
        for (int i = 0; i < 3; i++) {
            Instant at = first.plusSeconds(300L * i);
            gym.source()
                    .unseen(transaction -> transaction.insert(
                            GymDoors.ATTEMPT,
                            RegistrySource.row(
                                    "id",
                                    at.getEpochSecond(),
                                    "point_id",
                                    "gate",
                                    "member_no",
                                    null,
                                    "at",
                                    at.toString(),
                                    "method",
                                    "face",
                                    "outcome",
                                    "declined")));
        }
        gym.source().snapshot(shanghai("2026-03-02T00:00"));

        assertThat(of(gym.known("2026-03-06T09:00"), RULE)).isEmpty();
    }
}
