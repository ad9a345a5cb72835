package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.time.Instant;
import java.util.Map;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FacesAfterTerminationTest {

    private static final String RULE = "faces-after-termination";

    private final OperatorScene scene = new OperatorScene();
    private final OperatorCounts stored =
            counts("op").add(at("2026-01-05"), 100).build();

    /** The use ended on 2026-08-21; fifteen days for deletion end with 2026-09-05. */
    @BeforeEach
    void terminate() {
        scene.law.use("gate", "op", "2026-01-01", "2026-08-21");
    }

    @Test
    void whenTheDaysForDeletionAreOverItIsAWarning() {
        Judged before = scene.judge(stored, LegalDay.of(2026, 9, 6).start().minusNanos(1));
        assertThat(none(before, RULE)).isTrue();
        assertThat(before.wakeAt()).isEqualTo(LegalDay.of(2026, 9, 6).start());

        Judged judged = scene.judge(stored, LegalDay.of(2026, 9, 6).start());
        Episode faces = only(judged, RULE);
        assertThat(episodes(judged, RULE, "gate")).hasSize(1);
        assertThat(faces.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(faces.severity()).isEqualTo(2);
        assertThat(faces.occurredOn()).isEqualTo(LegalDay.of(2026, 9, 6));
        assertThat(faces.dueOn()).isEqualTo(LegalDay.of(2026, 9, 5));
        assertThat(faces.measured()).isEqualByComparingTo("100");
        assertThat(faces.unit()).isEqualTo("persons");
        assertThat(faces.evidence().positions()).hasSize(1);
        assertThat(faces.explanationZh()).contains("2026-08-21", "第十五条第四款", "第四十七条");
    }

    @Test
    void afterDeregistrationItIsAViolationFromTheNextDay() {
        scene.law.deregistration("d1", "op", "2026-08-25");

        Judged onTheDay = scene.judge(stored, "2026-08-25");
        assertThat(none(onTheDay, RULE)).isTrue();
        assertThat(onTheDay.wakeAt()).isEqualTo(LegalDay.of(2026, 8, 26).start());
        Episode faces = only(scene.judge(stored, LegalDay.of(2026, 8, 26).start()), RULE);
        assertThat(faces.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(faces.severity()).isEqualTo(5);
        assertThat(faces.occurredOn()).isEqualTo(LegalDay.of(2026, 8, 26));
        assertThat(faces.dueOn()).isEqualTo(LegalDay.of(2026, 8, 25));
    }

    @Test
    void aWarningBecomesAViolationWithTheDeregistration() {
        scene.law.deregistration("d1", "op", "2026-09-30");

        assertThat(only(scene.judge(stored, "2026-09-30"), RULE).verdict()).isEqualTo(Verdict.WARNING);
        Episode faces = only(scene.judge(stored, "2026-10-01"), RULE);
        assertThat(faces.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(faces.openedAt()).isEqualTo(LegalDay.of(2026, 9, 6).start());
    }

    @Test
    void aDeregistrationBeforeTheEndOfTheUseAccusesOnlyFromItsEndOn() {
        scene.law.deregistration("d1", "op", "2026-08-01");

        assertThat(none(scene.judge(stored, "2026-08-21"), RULE)).isTrue();
        assertThat(only(scene.judge(stored, "2026-08-22"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aReturnedDeregistrationAccusesNobody() {
        scene.law.deregistration("d1", "op", "2026-08-25", "returned_on", "2026-08-26");

        assertThat(only(scene.judge(stored, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.WARNING);
    }

    @Test
    void countZeroResolvesItAndNewFacesAreTheNextEpisode() {
        scene.law.deregistration("d1", "op", "2026-08-25");
        OperatorCounts gone = counts("op")
                .add(at("2026-01-05"), 100)
                .remove(at("2026-09-01"), 40)
                .remove(at("2026-09-03"), 60)
                .add(at("2026-10-01"), 1)
                .build();

        assertThat(episodes(scene.judge(gone, "2026-12-01"), RULE, "gate"))
                .extracting(Episode::verdict, Episode::status, Episode::openedAt, Episode::resolvedAt)
                .containsExactly(
                        tuple(
                                Verdict.VIOLATION,
                                Status.RESOLVED,
                                LegalDay.of(2026, 8, 26).start(),
                                OperatorScene.noon("2026-09-03")),
                        tuple(Verdict.VIOLATION, Status.OPEN, OperatorScene.noon("2026-10-01"), null));
    }

    @Test
    void whoDeletesInTimeIsNotNamed() {
        scene.law.deregistration("d1", "op", "2026-08-25");
        OperatorCounts inTime = counts("op")
                .add(at("2026-01-05"), 100)
                .remove(at("2026-08-25"), 100)
                .build();

        assertThat(none(scene.judge(inTime, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void facesThatNoRecordNamesAreStoredTooAndWhatIsUncertainIsNot() {
        OperatorCounts nameless = counts("op").addTokenless(at("2026-01-05"), 7).build();
        OperatorCounts perhaps =
                counts("op").addBetween(at("2026-01-05"), at("2026-12-24"), 7).build();

        assertThat(only(scene.judge(nameless, "2026-12-01"), RULE).measured()).isEqualByComparingTo("7");
        assertThat(none(scene.judge(perhaps, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void aUseThatGoesOnIsNoTermination() {
        scene.law.use("till", "op", "2026-01-01", null);

        assertThat(none(scene.judge(stored, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void anEndOlderThanTheMeasuresIsJudgedFromTheirFirstDay() {
        scene.law.use("gate", "op", "2024-01-01", "2024-12-31");
        OperatorCounts old = counts("op").add(at("2024-01-05"), 100).build();

        Episode faces = only(scene.judge(old, "2025-06-01"), RULE);

        assertThat(faces.openedAt()).isEqualTo(LegalDay.of(2025, 6, 1).start());
        assertThat(faces.dueOn()).isEqualTo(LegalDay.of(2025, 1, 15));
    }

    @Test
    void ofAnEndedViolationTheMostAfterTheDeregistrationIsMeasured() {
        scene.law.deregistration("d1", "op", "2026-09-30");
        OperatorCounts fewer = counts("op")
                .add(at("2026-01-05"), 100)
                .remove(at("2026-09-20"), 60)
                .remove(at("2026-10-20"), 40)
                .build();

        Episode faces = only(scene.judge(fewer, "2026-12-01"), RULE);

        assertThat(faces.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(faces.measured()).isEqualByComparingTo("40");
        assertThat(only(scene.judge(fewer, "2026-09-30"), RULE).measured()).isEqualByComparingTo("40");
    }

    @Test
    void aSilentSourceHidesNobodyInAnotherAndBeginsNothingItself() {
        OperatorCounts both = counts("op")
                .in("alive")
                .add(at("2026-01-05"), 3)
                .in("silent")
                .add(at("2026-01-06"), 5)
                .build();

        assertThat(none(scene.judge(both, "2026-12-01", Map.of("silent", "2026-12-01", "alive", "2026-09-05")), RULE))
                .isFalse();
        assertThat(only(scene.judge(both, "2026-12-01", Map.of("alive", "2026-12-01", "silent", "2026-09-05")), RULE)
                        .openedAt())
                .isEqualTo(LegalDay.of(2026, 9, 6).start());
        assertThat(none(
                        scene.judge(
                                counts("op")
                                        .in("silent")
                                        .add(at("2026-01-06"), 5)
                                        .build(),
                                "2026-12-01",
                                Map.of("alive", "2026-12-01", "silent", "2026-09-05")),
                        RULE))
                .isTrue();
    }

    @Test
    void nothingIsSaidOfADayThatTheRegistryHasNotSeen() {
        Instant begin = LegalDay.of(2026, 9, 6).start();

        Judged judged = scene.judge(stored, begin, begin.minusNanos(1));
        assertThat(none(judged, RULE)).isTrue();
        assertThat(judged.wakeAt()).isEqualTo(begin);
        assertThat(none(scene.judge(stored, begin, begin), RULE)).isFalse();
    }

    @Test
    void personsOfASourceThatFellSilentBeforeTheDeregistrationStayAWarning() {
        scene.law.deregistration("d1", "op", "2026-09-30");
        OperatorCounts silent =
                counts("op").in("silent").add(at("2026-01-06"), 5).build();

        Episode faces =
                only(scene.judge(silent, "2026-12-01", Map.of("alive", "2026-12-01", "silent", "2026-09-30")), RULE);
        assertThat(faces.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(faces.measured()).isEqualByComparingTo("5");
        assertThat(only(scene.judge(silent, "2026-12-01", Map.of("alive", "2026-12-01", "silent", "2026-10-01")), RULE)
                        .verdict())
                .isEqualTo(Verdict.VIOLATION);
    }

    private final OperatorCounts nobody = counts("op").build();

    private static Instant hour(String day, int hour) {
        return LegalDay.parse(day).start().plusSeconds(hour * 3_600L);
    }

    @Test
    void anAttemptAfterTheDeregistrationIsAViolation() {
        scene.law.deregistration("d1", "op", "2026-08-25");
        scene.faces("2026-08-20", 9, 50)
                .faces("2026-08-25", 23, 4)
                .faces("2026-09-02", 10, 2)
                .faces("2026-09-02", 9, 1);

        Judged before = scene.judge(nobody, hour("2026-09-02", 8));
        assertThat(none(before, RULE)).isTrue();
        assertThat(before.wakeAt()).isEqualTo(hour("2026-09-02", 9));

        Judged judged = scene.judge(nobody, hour("2026-09-02", 12));
        Episode faces = only(judged, RULE);
        assertThat(faces.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(faces.status()).isEqualTo(Status.OPEN);
        assertThat(faces.openedAt()).isEqualTo(hour("2026-09-02", 9));
        assertThat(faces.occurredOn()).isEqualTo(LegalDay.of(2026, 9, 2));
        assertThat(faces.dueOn()).isEqualTo(LegalDay.of(2026, 8, 25));
        assertThat(faces.measured()).as("of both parts of the log").isEqualByComparingTo("3");
        assertThat(faces.unit()).isEqualTo("attempts");
        assertThat(faces.evidence().count()).isEqualTo(3);
        assertThat(faces.evidence().rangeFrom()).isEqualTo(hour("2026-09-02", 9));
        assertThat(faces.explanationZh()).contains("人脸验证3次");
        assertThat(faces.explanationEn()).contains("verified faces 3 times");
    }

    @Test
    void beforeTheDeregistrationItIsAWarningOnceTheDaysForDeletionAreOver() {
        scene.faces("2026-09-05", 10, 3);
        assertThat(none(scene.judge(nobody, "2026-09-30"), RULE)).isTrue();

        scene.faces("2026-09-06", 10, 3);
        assertThat(only(scene.judge(nobody, "2026-09-30"), RULE).verdict()).isEqualTo(Verdict.WARNING);
        scene.law.deregistration("d1", "op", "2026-09-20");
        assertThat(only(scene.judge(nobody, "2026-09-30"), RULE).verdict())
                .as("it was over by then")
                .isEqualTo(Verdict.WARNING);
    }

    @Test
    void daysInARowAreOneEpisodeThatEndsWithAWholeDayWithout() {
        scene.faces("2026-09-10", 9, 1).faces("2026-09-11", 22, 2).faces("2026-09-13", 7, 4);

        Judged judged = scene.judge(nobody, hour("2026-09-14", 23));
        assertThat(episodes(judged, RULE, "gate"))
                .extracting(
                        Episode::openedAt,
                        Episode::resolvedAt,
                        episode -> episode.measured().intValue())
                .containsExactly(
                        tuple(hour("2026-09-10", 9), hour("2026-09-12", 0), 3), tuple(hour("2026-09-13", 7), null, 4));
        assertThat(judged.wakeAt()).isEqualTo(hour("2026-09-15", 0));
        assertThat(episodes(scene.judge(nobody, hour("2026-09-15", 0)), RULE, "gate"))
                .extracting(Episode::resolvedAt)
                .containsExactly(hour("2026-09-12", 0), hour("2026-09-14", 0));
    }

    @Test
    void storingAndTryingAtOneTimeAreOneEpisode() {
        scene.law.deregistration("d1", "op", "2026-09-30");
        OperatorCounts cleared = counts("op")
                .add(at("2026-01-05"), 100)
                .remove(at("2026-09-20"), 100)
                .build();
        scene.faces("2026-09-20", 10, 5).faces("2026-09-21", 10, 1);

        Episode faces = only(scene.judge(cleared, "2026-10-30"), RULE);
        assertThat(faces.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(faces.openedAt()).isEqualTo(hour("2026-09-06", 0));
        assertThat(faces.resolvedAt()).as("not before the attempts ended").isEqualTo(hour("2026-09-22", 0));
        assertThat(faces.measured()).isEqualByComparingTo("100");
        assertThat(faces.unit()).isEqualTo("persons");
        assertThat(faces.explanationEn()).contains("stored faces of at most 100 persons, and verified faces 6 times");
    }

    @Test
    void attemptsAreAskedForFromTheEndOfTheLastUseOn() {
        assertThat(OperatorJudgements.faceAttemptsFrom("op", scene.law.registry()))
                .isEqualTo(LegalDay.of(2026, 8, 21));
        scene.law.use("lobby", "op", "2026-01-01", null);
        assertThat(OperatorJudgements.faceAttemptsFrom("op", scene.law.registry()))
                .isNull();
        assertThat(OperatorJudgements.faceAttemptsFrom("other", scene.law.registry()))
                .isNull();
    }
}
