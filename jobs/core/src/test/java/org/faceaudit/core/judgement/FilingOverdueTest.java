package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        assertThat(episodes(scene.judge(reached, "2026-12-01"), RULE, "1"))
                .extracting(Episode::verdict, Episode::status, Episode::occurredOn)
                .containsExactly(
                        tuple(Verdict.VIOLATION, Status.RESOLVED, LegalDay.of(2026, 10, 10)),
                        tuple(Verdict.SUSPECTED, Status.OPEN, LegalDay.of(2026, 10, 21)));
    }

    @Test
    void aResubmissionKeepsTheDayOfTheFirstSubmissionAndEveryReturnIsAnEpisode() {
        scene.law
                .filing("f1", "op", "2026-09-01", "310000", "returned_on", "2026-10-20")
                .filing("f2", "op", "2026-10-26", "310000", "returned_on", "2026-11-05");

        Judged returned = scene.judge(reached, "2026-11-06");
        assertThat(episodes(returned, RULE, "1"))
                .extracting(Episode::verdict, Episode::openedAt, Episode::resolvedAt)
                .containsExactly(
                        tuple(Verdict.SUSPECTED, start(2026, 10, 21), start(2026, 10, 26)),
                        tuple(Verdict.SUSPECTED, start(2026, 11, 6), null));
        assertThat(clock(returned).state()).isEqualTo(ClockStanding.OVERDUE);

        scene.law.filing("f3", "op", "2026-11-10", "310000");
        Judged resubmitted = scene.judge(reached, "2026-12-01");
        assertThat(episodes(resubmitted, RULE, "1"))
                .extracting(Episode::resolvedAt)
                .containsExactly(start(2026, 10, 26), start(2026, 11, 10));
        assertThat(clock(resubmitted).state()).isEqualTo(ClockStanding.MET);
        assertThat(clock(resubmitted).filedOn()).isEqualTo(LegalDay.of(2026, 9, 1));
    }

    @Test
    void whatWasReturnedBeforeTheDutyAroseDoesNotMakeALateFilingOneInTime() {
        scene.law
                .filing("f1", "op", "2026-02-02", "310000", "returned_on", "2026-02-10")
                .filing("f2", "op", "2026-10-19", "310000");

        assertThat(clock(scene.judge(reached, "2026-12-01")).state()).isEqualTo(ClockStanding.MET_LATE);
        assertThat(clock(scene.judge(reached, "2026-12-01")).daysLate()).isEqualTo(10);
    }

    @Test
    void aReturnAndAWithdrawalCountFromTheirDaysOn() {
        scene.law.filing("f1", "op", "2026-09-01", "310000", "returned_on", "2026-12-10");
        Judged before = scene.judge(reached, "2026-12-09");
        assertThat(none(before, RULE)).isTrue();
        assertThat(clock(before).state()).isEqualTo(ClockStanding.MET);
        assertThat(before.wakeAt()).isEqualTo(start(2026, 12, 10));
        assertThat(scene.judge(reached, "2026-12-10").wakeAt()).isEqualTo(start(2026, 12, 11));
        assertThat(only(scene.judge(reached, "2026-12-11"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);

        scene.law.filing("f1", "op", "2026-09-01", "310000", "withdrawn_on", "2026-12-10");
        assertThat(none(scene.judge(reached, "2026-12-10"), RULE)).isTrue();
        Episode overdue = only(scene.judge(reached, "2026-12-11"), RULE);
        assertThat(overdue.verdict())
                .as("it had been submitted by the last day")
                .isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.occurredOn()).isEqualTo(LegalDay.of(2026, 12, 11));
    }

    @Test
    void whatStoodAtTheEndOfNoDayEndsNothing() {
        scene.law.filing("f1", "op", "2026-10-19", "310000", "returned_on", "2026-10-19");

        Episode overdue = only(scene.judge(reached, "2026-12-01"), RULE);

        assertThat(overdue.status()).isEqualTo(Status.OPEN);
        assertThat(overdue.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # returned     | accepted   | withdrawn  | from       | to
            2026-09-10     | 2026-09-20 |            |            |
            2026-09-10     | 2026-10-09 |            |            |
            2026-09-10     | 2026-10-20 |            | 2026-10-10 | 2026-10-20
            2026-10-20     | 2026-10-20 |            |            |
            2026-10-20     | 2026-11-02 |            | 2026-10-21 | 2026-11-02
            2026-10-20     | 2026-09-05 |            | 2026-10-21 |
            2026-10-20     | 2026-12-02 |            | 2026-10-21 |
            2026-10-20     | 2026-11-02 | 2026-11-02 | 2026-10-21 |
            """)
    void anAcceptanceAfterTheReturnEndsTheTimeDuringWhichItLayReturned(
            String returned, String accepted, String withdrawn, String from, String to) {
        List<String> days = new ArrayList<>(List.of("returned_on", returned, "accepted_on", accepted));
        if (withdrawn != null) {
            days.addAll(List.of("withdrawn_on", withdrawn));
        }
        scene.law.filing("f1", "op", "2026-09-01", "310000", days.toArray(String[]::new));

        Judged judged = scene.judge(reached, "2026-12-01");
        assertThat(episodes(judged, RULE, "1"))
                .extracting(Episode::verdict, Episode::openedAt, Episode::resolvedAt)
                .isEqualTo(
                        from == null
                                ? List.of()
                                : List.of(tuple(
                                        Verdict.SUSPECTED,
                                        LegalDay.parse(from).start(),
                                        to == null ? null : LegalDay.parse(to).start())));
        LegalDay filedOn = from != null && to == null ? null : LegalDay.of(2026, 9, 1);
        assertThat(clock(judged).filedOn()).as("on time by submission").isEqualTo(filedOn);
    }

    @Test
    void whatWasReturnedBeforeTheDutyAroseIsFiledWhenItIsAccepted() {
        scene.law.filing("f1", "op", "2026-02-02", "310000", "returned_on", "2026-02-10", "accepted_on", "2026-10-19");

        Judged judged = scene.judge(reached, "2026-12-01");
        assertThat(only(judged, RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(only(judged, RULE).resolvedAt()).isEqualTo(start(2026, 10, 19));
        assertThat(clock(judged).daysLate()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "heir,   2026-08-21, 310000, MET",
        "heir,   2026-10-09, 330000, MET",
        "heir,   2026-10-19, 330000, MET_LATE",
        "heir,   2026-10-09, 320000, OVERDUE",
        "heir,   2026-08-20, 310000, OVERDUE",
        "sister, 2026-09-01, 310000, OVERDUE"
    })
    void whatASuccessorChangesMeetsTheDutyAlsoWhereItNamesTheOperator(
            String filer, String submitted, String authority, ClockStanding standing) {
        scene.law
                .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                .operator("heir", "承继公司", "330100")
                .operator("sister", "兄弟公司", "310115")
                .changeFiling("h1", filer, submitted, "authority", authority, "covers", "[\"op\"]");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(clock(judged).state()).isEqualTo(standing);
        assertThat(none(judged, RULE)).isEqualTo(standing == ClockStanding.MET);
    }

    @Test
    void severalSubmissionsAndDoubledRowsCountOnce() {
        scene.law
                .filing("f1", "op", "2026-10-19", "310000")
                .filing("f1-again", "op", "2026-10-19", "310000")
                .filing("f2", "op", "2026-11-19", "310000");

        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).resolvedAt()).isEqualTo(start(2026, 10, 19));
        assertThat(clock(scene.judge(reached, "2026-12-01")).daysLate()).isEqualTo(10);
    }

    @Test
    void whatASuccessorFilesFromTheTriggerOnMeetsTheDutyWhereItBegan() {
        scene.law
                .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                .row("operator", "heir", "id", "heir", "name", "承继公司", "region", "330100", "successor_id", "op");
        Episode overdue = only(scene.judge(reached, "2026-12-01"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(overdue.explanationZh()).contains("承继公司(heir)");
        assertThat(overdue.explanationEn()).contains("(heir, PIPL 22)");

        scene.law.filing("h1", "heir", "2026-02-02", "330000");
        overdue = only(scene.judge(reached, "2026-12-01"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.explanationEn()).contains("a successor is on file since before");

        scene.law.row(
                "filing",
                "h2",
                "id",
                "h2",
                "operator_id",
                "heir",
                "kind",
                "CHANGE",
                "submitted_on",
                "2026-10-19",
                "authority",
                "330000");
        Judged judged = scene.judge(reached, "2026-12-01");
        assertThat(only(judged, RULE).resolvedAt()).isEqualTo(start(2026, 10, 19));
        assertThat(clock(judged).triggerId()).isEqualTo("1");
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.MET_LATE);
    }

    @Test
    void aSuccessorsChangeFilingThatNamesThePredecessorMeetsTheDutyToo() {
        scene.law
                .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                .row("operator", "heir", "id", "heir", "name", "承继公司", "region", "330100")
                .row(
                        "filing",
                        "h1",
                        "id",
                        "h1",
                        "operator_id",
                        "heir",
                        "kind",
                        "CHANGE",
                        "submitted_on",
                        "2026-09-21",
                        "authority",
                        "330000",
                        "covers",
                        "[\"op\"]");
        Judged judged = scene.judge(reached, "2026-12-01");
        assertThat(none(judged, RULE)).isTrue();
        assertThat(clock(judged).state()).isEqualTo(ClockStanding.MET);
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
        assertThat(overdue.explanationZh()).contains("后于2026-10-26重新提交").doesNotContain("逾期");
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
    void betweenBoundsASuspicionNamesItsOwnReason() {
        OperatorCounts fell = counts("op")
                .addBetween(at("2026-01-05"), at("2026-08-21"), 100)
                .remove(at("2026-10-08"), 1)
                .build();

        Episode overdue = only(scene.judge(fell, "2026-12-01"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2026, 2, 14));
        assertThat(overdue.explanationEn())
                .contains("no valid submission in time", "fell below")
                .doesNotContain("returned");

        scene.law.filing("f1", "op", "2026-02-02", "310115");
        OperatorCounts bounds =
                counts("op").addBetween(at("2026-01-05"), at("2026-08-21"), 100).build();
        overdue = only(scene.judge(bounds, "2026-12-01"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.explanationEn()).contains("wrong authority").doesNotContain("returned");
    }

    @ParameterizedTest
    @CsvSource({
        "330000,            , SUSPECTED",
        "330100,            , VIOLATION",
        "330000, 2026-03-02 , VIOLATION",
        "330000, 2026-08-21 , SUSPECTED"
    })
    void onlyASuccessorThatIsOnFileLeavesADoubt(String authority, String deregisteredOn, Verdict verdict) {
        scene.law
                .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                .operator("heir", "承继公司", "330100")
                .filing("h1", "heir", "2026-02-02", authority);
        if (deregisteredOn != null) {
            scene.law.deregistration("h2", "heir", deregisteredOn, "authority", "330000");
        }

        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(verdict);
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

    private static Instant start(int year, int month, int day) {
        return LegalDay.of(year, month, day).start();
    }

    private static ClockState clock(Judged judged) {
        assertThat(judged.clocks()).hasSize(1);
        return judged.clocks().get(0);
    }
}
