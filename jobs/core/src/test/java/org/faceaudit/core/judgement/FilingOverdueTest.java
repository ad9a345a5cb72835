package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.time.Instant;
import java.util.Map;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class FilingOverdueTest {

    private static final String RULE = "filing-overdue";

    private final OperatorScene scene = new OperatorScene();
    /** Reached on 2026-08-21: due 2026-10-09. */
    private final OperatorCounts reached =
            counts("op").add(at("2026-08-21"), 100).build();

    @Test
    void untilTheEndOfTheLastDayTheClockRuns() {
        Judged judged = scene.judge(reached, LegalDay.of(2026, 10, 10).start().minusNanos(1));

        assertThat(none(judged, RULE)).isTrue();
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.RUNNING);
        assertThat(judged.wakeAt()).isEqualTo(LegalDay.of(2026, 10, 10).start());
    }

    @Test
    void theDayAfterItIsAViolation() {
        Judged judged = scene.judge(reached, LegalDay.of(2026, 10, 10).start());
        Episode overdue = only(judged, RULE);

        assertThat(overdue.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(overdue.status()).isEqualTo(Status.OPEN);
        assertThat(overdue.severity()).isEqualTo(5);
        assertThat(overdue.occurredOn()).isEqualTo(LegalDay.of(2026, 10, 10));
        assertThat(overdue.openedAt()).isEqualTo(LegalDay.of(2026, 10, 10).start());
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(overdue.evidence().rangeTo()).isEqualTo(overdue.openedAt());
        assertThat(overdue.explanationZh()).contains("2026-08-21", "2026-10-09", "第十五条第一款");
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.OVERDUE);
        assertThat(clock(judged).dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(clock(judged).daysLate()).isNull();
        assertThat(judged.wakeAt()).isNull();
    }

    @Test
    void submissionOnTheLastDayMeetsTheDutyAlsoAfterTheStrictDate() {
        scene.law.filing("f1", "op", "2026-10-09", "310000");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(none(judged, RULE)).isTrue();
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.MET);
        assertThat(clock(judged).filedOn()).isEqualTo(LegalDay.of(2026, 10, 9));
    }

    @Test
    void submissionBeforeReachingMeetsTheDuty() {
        scene.law.filing("f1", "op", "2026-03-02", "000000");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(none(judged, RULE)).isTrue();
        assertThat(none(judged, "filing-due-soon")).isTrue();
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.MET);
    }

    @Test
    void lateSubmissionResolvesWithDaysLate() {
        scene.law.filing("f1", "op", "2026-10-19", "310000");

        Judged judged = scene.judge(reached, "2026-12-01");
        Episode overdue = only(judged, RULE);

        assertThat(overdue.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(overdue.status()).isEqualTo(Status.RESOLVED);
        assertThat(overdue.resolvedAt()).isEqualTo(LegalDay.of(2026, 10, 19).start());
        assertThat(overdue.evidence().positions()).hasSize(1);
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.MET_LATE);
        assertThat(clock(judged).daysLate()).isEqualTo(10);
    }

    @Test
    void aSubmissionDatedInTheFutureMeetsNothingBeforeItsDay() {
        scene.law.filing("f1", "op", "2026-12-24", "310000");

        Judged before = scene.judge(reached, "2026-12-23");
        assertThat(only(before, RULE).status()).isEqualTo(Status.OPEN);
        assertThat(only(before, "filing-due-soon").explanationEn()).contains("not submitted in time");
        assertThat(clock(before).state()).isEqualTo(ClockStanding.OVERDUE);
        assertThat(clock(before).filedOn()).isNull();
        assertThat(before.wakeAt()).isEqualTo(LegalDay.of(2026, 12, 24).start());

        Judged then = scene.judge(reached, LegalDay.of(2026, 12, 24).start());
        assertThat(only(then, RULE).status()).isEqualTo(Status.RESOLVED);
        assertThat(clock(then).state()).isEqualTo(ClockStanding.MET_LATE);
    }

    @Test
    void oneDayLateIsABreachThatBeganAndEndedThatDay() {
        scene.law.filing("f1", "op", "2026-10-10", "310000");

        Episode overdue = only(scene.judge(reached, "2026-12-01"), RULE);

        assertThat(overdue.openedAt()).isEqualTo(overdue.resolvedAt());
    }

    @Test
    void aParentsFilingCoversTheEntitiesItLists() {
        scene.law.filing("f1", "parent", "2026-09-01", "310000", "covers", "[\"op\"]");

        assertThat(clock(scene.judge(reached, "2026-12-01")).state()).isEqualTo(ClockStanding.MET);
    }

    @Test
    void theWrongAuthorityIsSuspected() {
        scene.law.filing("f1", "op", "2026-09-01", "310115").filing("f2", "op", "2026-09-02", "320000");

        Judged judged = scene.judge(reached, "2026-12-01");
        Episode overdue = only(judged, RULE);

        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.severity()).isEqualTo(3);
        assertThat(overdue.explanationEn())
                .contains("wrong authority", "reached the threshold on 2026-08-21")
                .doesNotContain("may have");
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.OVERDUE);
    }

    @Test
    void whoTriedOnlyAfterTheLastDayIsNoLessLate() {
        scene.law
                .filing("f1", "op", "2026-10-10", "310115")
                .filing("f2", "op", "2026-10-12", "310000", "returned_on", "2026-10-20");

        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void returnedAndNotResubmittedIsSuspectedFromTheDayAfterItsReturn() {
        scene.law.filing("f1", "op", "2026-09-01", "310000", "returned_on", "2026-10-20");

        assertThat(none(scene.judge(reached, "2026-10-20"), RULE)).isTrue();
        Episode overdue = only(scene.judge(reached, "2026-10-21"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.openedAt()).isEqualTo(LegalDay.of(2026, 10, 21).start());
        assertThat(overdue.explanationEn()).contains("returned");
    }

    @Test
    void whoFiledInTimeAndWasSentBackIsNotSaidToHaveFiledLate() {
        scene.law
                .filing("f1", "op", "2026-09-01", "310000", "returned_on", "2026-10-20")
                .filing("f2", "op", "2026-10-26", "310000");

        Episode overdue = only(scene.judge(reached, "2026-12-01"), RULE);

        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.status()).isEqualTo(Status.RESOLVED);
        assertThat(overdue.explanationZh()).contains("退回后于2026-10-26重新提交").doesNotContain("逾期");
        assertThat(overdue.explanationEn()).contains("again on 2026-10-26").doesNotContain("late");
    }

    @Test
    void returnedAndResubmittedInTimeIsMet() {
        scene.law
                .filing("f1", "op", "2026-09-01", "310000", "returned_on", "2026-09-20")
                .filing("f2", "op", "2026-10-08", "310000");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(none(judged, RULE)).isTrue();
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.MET);
    }

    @Test
    void aWithdrawnFilingIsNone() {
        scene.law.filing("f1", "op", "2026-09-01", "310000", "withdrawn_on", "2026-09-02");

        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aStockThatFellBelowBeforeTheLastDayIsSuspected() {
        OperatorCounts fell = counts("op")
                .add(at("2026-08-21"), 100)
                .remove(at("2026-10-08"), 1)
                .build();
        OperatorCounts fellOnTheLastDay = counts("op")
                .add(at("2026-08-21"), 100)
                .remove(at("2026-10-09"), 1)
                .build();

        assertThat(only(scene.judge(fell, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(only(scene.judge(fell, "2026-12-01"), RULE).explanationEn()).contains("fell below");
        assertThat(only(scene.judge(fellOnTheLastDay, "2026-12-01"), RULE).verdict())
                .isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void whenOnlyTheEarliestTriggerIsOverdueItIsSuspectedAndLaterDatedFromTheLatest() {
        OperatorCounts bounds =
                counts("op").addBetween(at("2025-03-03"), at("2026-08-21"), 120).build();

        Judged possibly = scene.judge(bounds, "2026-10-09");
        Episode overdue = only(possibly, RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2025, 7, 14));
        assertThat(overdue.openedAt()).isEqualTo(LegalDay.of(2025, 7, 15).start());
        assertThat(clock(possibly).state()).isEqualTo(ClockStanding.POSSIBLY_OVERDUE);
        assertThat(clock(possibly).dueOn()).isEqualTo(LegalDay.of(2025, 7, 14));
        assertThat(possibly.wakeAt()).isEqualTo(LegalDay.of(2026, 10, 10).start());

        Judged certainly = scene.judge(bounds, "2026-10-10");
        overdue = only(certainly, RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(overdue.openedAt()).isEqualTo(LegalDay.of(2026, 10, 10).start());
        assertThat(clock(certainly).state()).isEqualTo(ClockStanding.OVERDUE);
        assertThat(clock(certainly).dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
    }

    @Test
    void theLegacyDateIsTheAuthoritysOwn() {
        OperatorCounts old = counts("op").add(at("2024-05-06"), 100).build();

        assertThat(none(scene.judge(old, "2025-07-14"), RULE)).isTrue();
        Episode overdue = only(scene.judge(old, "2025-07-15"), RULE);
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2025, 7, 14));
        assertThat(overdue.explanationZh())
                .contains("至2025-06-01已达到", "公告》第二条第(二)项,最迟应于2025-07-14")
                .doesNotContain("起算");
    }

    @Test
    void aDeadlinePastTheCalendarIsProvisional() {
        OperatorCounts late = counts("op").add(at("2026-11-20"), 100).build();

        Judged judged = scene.judge(late, "2026-11-22");

        assertThat(clock(judged).provisional()).isTrue();
        assertThat(clock(judged).dueOn()).isEqualTo(LegalDay.of(2027, 1, 4));
        assertThat(only(judged, "storage-reached").provisional()).isTrue();
        assertThat(only(judged, "storage-reached").explanationZh()).contains("2027-01-04(暂定");
        assertThat(only(judged, "storage-reached").explanationEn()).contains("2027-01-04 (provisional");
    }

    @Test
    void absenceOfAFilingIsSaidNoFurtherThanTheRegistryIsKnown() {
        Instant source = Instant.parse(at("2026-12-01"));

        Judged judged = OperatorJudgements.judge(
                "op",
                reached,
                scene.law.registry(),
                Map.of("sys", OperatorScene.source(source)),
                Instant.parse(at("2026-10-09")));

        assertThat(none(judged, RULE)).isTrue();
    }

    @Test
    void anEarlierSubmissionLearntLaterLeavesNoEpisode() {
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isFalse();

        scene.law.filing("f1", "op", "2026-09-01", "310000");

        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
    }

    private static ClockState clock(Judged judged) {
        assertThat(judged.clocks()).hasSize(1);
        return judged.clocks().get(0);
    }
}
