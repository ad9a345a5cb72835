package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.clock;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.time.Instant;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeFilingOverdueTest {

    private static final String RULE = "change-filing-overdue";

    private final OperatorScene scene = new OperatorScene();
    private final OperatorCounts reached =
            counts("op").add(at("2026-01-05"), 100).build();

    /** On file since February; the change of 2026-08-21 is due 2026-10-09. */
    @BeforeEach
    void fileAndChange() {
        scene.law
                .filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10")
                .change("c1", "op", "purpose", "2026-08-21");
    }

    @Test
    void untilTheEndOfTheLastDayTheClockRuns() {
        Judged judged = scene.judge(reached, LegalDay.of(2026, 10, 10).start().minusNanos(1));

        assertThat(none(judged, RULE)).isTrue();
        ClockState clock = clock(judged, "CHANGE");
        assertThat(clock.triggerId()).isEqualTo("c1");
        assertThat(clock.state()).isEqualTo(ClockStanding.RUNNING);
        assertThat(clock.basis()).isEqualTo("declared");
        assertThat(clock.triggerOnLow()).isEqualTo(clock.triggerOnHigh()).isEqualTo(LegalDay.of(2026, 8, 21));
        assertThat(clock.dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(clock.dueOnStrict()).isEqualTo(LegalDay.of(2026, 10, 8));
        assertThat(judged.wakeAt()).isEqualTo(LegalDay.of(2026, 10, 10).start());
    }

    @Test
    void theDayAfterItIsAViolation() {
        Judged judged = scene.judge(reached, LegalDay.of(2026, 10, 10).start());
        Episode overdue = only(judged, RULE);

        assertThat(episodes(judged, RULE, "c1")).hasSize(1);
        assertThat(overdue.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(overdue.severity()).isEqualTo(4);
        assertThat(overdue.occurredOn()).isEqualTo(LegalDay.of(2026, 10, 10));
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(overdue.evidence().positions()).isNotEmpty();
        assertThat(overdue.explanationZh()).contains("2026-08-21", "purpose", "第十五条第三款", "2026-10-09");
        assertThat(clock(judged, "CHANGE").state()).isEqualTo(ClockStanding.OVERDUE);
    }

    @Test
    void aChangeInTheFutureWaitsForItsDay() {
        scene.law.change("c1", "op", "purpose", "2026-12-24");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(judged.clocks()).extracting(ClockState::kind).containsExactly("FILING");
        assertThat(judged.wakeAt()).isEqualTo(LegalDay.of(2026, 12, 24).start());
        assertThat(clock(scene.judge(reached, "2026-12-24"), "CHANGE").provisional())
                .isTrue();
    }

    @Test
    void aSubmissionOnTheLastDayMeetsItAndALaterOneIsLate() {
        scene.law.changeFiling("f2", "op", "2026-10-09");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
        assertThat(clock(scene.judge(reached, "2026-12-01"), "CHANGE").state()).isEqualTo(ClockStanding.MET);

        scene.law.changeFiling("f2", "op", "2026-10-19");
        Judged late = scene.judge(reached, "2026-12-01");
        assertThat(only(late, RULE).status()).isEqualTo(Status.RESOLVED);
        assertThat(only(late, RULE).resolvedAt())
                .isEqualTo(LegalDay.of(2026, 10, 19).start());
        assertThat(clock(late, "CHANGE").state()).isEqualTo(ClockStanding.MET_LATE);
        assertThat(clock(late, "CHANGE").daysLate()).isEqualTo(10);
    }

    @Test
    void oneFilingClosesAllChangesUpToItsDayAndNoneAfter() {
        scene.law
                .change("c2", "op", "scene", "2026-09-01")
                .change("c3", "op", "scene", "2026-09-02")
                .change("c4", "op", "scene", "2026-09-03")
                .changeFiling("f2", "op", "2026-09-02");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(judged.clocks())
                .filteredOn(clock -> clock.kind().equals("CHANGE"))
                .extracting(ClockState::state)
                .containsExactly(ClockStanding.MET, ClockStanding.MET, ClockStanding.MET, ClockStanding.OVERDUE);
        assertThat(episodes(judged, RULE, "c4")).hasSize(1);
        assertThat(only(judged, RULE).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aFilingBeforeTheChangeClosesNothing() {
        scene.law.changeFiling("f2", "op", "2026-08-20");

        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).status()).isEqualTo(Status.OPEN);
    }

    @Test
    void whileTheFirstFilingIsPendingItIsSuspectedAndStaysSo() {
        scene.law.filing("f1", "op", "2026-02-02", "310000");
        Judged judged = scene.judge(reached, "2026-12-01");
        assertThat(only(judged, RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(only(judged, RULE).severity()).isEqualTo(3);
        assertThat(only(judged, RULE).explanationEn()).contains("first filing was not accepted yet");
        assertThat(clock(judged, "CHANGE").state()).isEqualTo(ClockStanding.POSSIBLY_OVERDUE);

        scene.law.filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-08-22");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);

        scene.law.filing("f1", "op", "2026-02-02", "310000", "returned_on", "2026-02-20");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);

        scene.law.filing("f2", "op", "2026-09-01", "310000");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE))
                .as("submitted again, with the change")
                .isTrue();
    }

    @Test
    void whoNeverReachedTheThresholdIsWarnedOnly() {
        OperatorCounts few = counts("op").add(at("2026-01-05"), 50).build();

        Judged judged = scene.judge(few, "2026-12-01");

        assertThat(only(judged, RULE).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(only(judged, RULE).severity()).isEqualTo(2);
        assertThat(only(judged, RULE).explanationZh()).contains("自愿备案");
        assertThat(clock(judged, "CHANGE").state()).isEqualTo(ClockStanding.POSSIBLY_OVERDUE);
    }

    @Test
    void whoReachedTheThresholdAfterTheChangeIsWarnedOnlyAndOnTheSameDayAccused() {
        OperatorCounts later = counts("op").add(at("2026-08-22"), 100).build();
        OperatorCounts sameDay = counts("op").add(at("2026-08-21"), 100).build();
        OperatorCounts perhaps =
                counts("op").addBetween(at("2026-08-01"), at("2026-09-01"), 100).build();

        assertThat(only(scene.judge(later, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(only(scene.judge(sameDay, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(only(scene.judge(perhaps, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void aFieldThatTheListDoesNotKnowIsAWarning() {
        scene.law.change("c1", "op", "telephone number", "2026-08-21");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.WARNING);

        scene.law.change("c1", "op", " Purpose", "2026-08-21");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);

        scene.law.parameter("change-filing-overdue.substantive.purpose", "*", "0", "count", "2026-08-01");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.WARNING);
    }

    @Test
    void aFieldThatIsListedForAnotherOperatorOrFromALaterDayOnIsNotOnTheList() {
        scene.law
                .change("c1", "op", "vendor", "2026-08-21")
                .parameter("change-filing-overdue.substantive.vendor", "other", "1", "count", "2026-01-01");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.WARNING);

        scene.law.parameter("change-filing-overdue.substantive.vendor", "*", "1", "count", "2026-08-22");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.WARNING);

        scene.law.parameter("change-filing-overdue.substantive.vendor", "op", "1", "count", "2026-08-21");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theWrongAuthorityAndAReturnAreSuspected() {
        scene.law.changeFiling("f2", "op", "2026-09-01", "authority", "310115");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(clock(scene.judge(reached, "2026-12-01"), "CHANGE").state()).isEqualTo(ClockStanding.OVERDUE);

        scene.law.changeFiling("f2", "op", "2026-09-01", "returned_on", "2026-11-02");
        assertThat(none(scene.judge(reached, "2026-11-02"), RULE)).isTrue();
        Episode overdue = only(scene.judge(reached, "2026-11-03"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.occurredOn()).isEqualTo(LegalDay.of(2026, 11, 3));
    }

    @Test
    void whoHasNothingOnFileHasNothingToChange() {
        scene.law.without("filing", "f1");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();

        scene.law.filing("f1", "op", "2026-08-21", "310000", "accepted_on", "2026-08-30");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE))
                .as("filed on the day of the change: it is included")
                .isTrue();

        scene.law.filing("f1", "op", "2026-02-02", "310000").deregistration("d1", "op", "2026-08-01");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE))
                .as("deregistered before the change")
                .isTrue();
    }

    @Test
    void aFirstFilingWithdrawnAfterTheChangeUndoesNothingAndOneWithdrawnByThenWasNotOnFile() {
        scene.law.filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10", "withdrawn_on", "2026-08-22");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);

        scene.law.filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10", "withdrawn_on", "2026-08-21");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void aDeregistrationEndsWhatCouldBeChanged() {
        scene.law.deregistration("d1", "op", "2026-09-10");

        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void oneSceneOfSeveralThatEndedIsAChangeAndTheLastOneIsNot() {
        scene.law
                .without("substantive_change", "c1")
                .use("gate", "op", "2026-01-01", "2026-08-21")
                .use("till", "op", "2026-01-01", null);
        Judged judged = scene.judge(reached, "2026-10-10");
        assertThat(episodes(judged, RULE, "gate")).extracting(Episode::verdict).containsExactly(Verdict.VIOLATION);

        scene.law.use("till", "op", "2026-01-01", "2026-09-30");
        judged = scene.judge(reached, "2026-10-10");
        assertThat(episodes(judged, RULE, "gate")).hasSize(1);
        assertThat(episodes(judged, RULE, "till")).isEmpty();
        assertThat(clock(judged, "DEREGISTRATION").triggerId()).isEqualTo("till");

        scene.law.use("till", "op", "2026-01-01", "2026-08-21");
        assertThat(none(scene.judge(reached, "2026-10-10"), RULE))
                .as("both ended on one day: the whole ended")
                .isTrue();
    }

    @Test
    void absenceOfAFilingIsSaidNoFurtherThanTheRegistryIsKnown() {
        Judged judged = scene.judge(reached, Instant.parse(at("2026-12-01")), Instant.parse(at("2026-10-09")));

        assertThat(none(judged, RULE)).isTrue();
        assertThat(clock(judged, "CHANGE").state()).isEqualTo(ClockStanding.RUNNING);
    }
}
