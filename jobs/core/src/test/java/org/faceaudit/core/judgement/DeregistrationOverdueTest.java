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
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeregistrationOverdueTest {

    private static final String RULE = "deregistration-overdue";

    private final OperatorScene scene = new OperatorScene();
    private final OperatorCounts reached =
            counts("op").add(at("2026-01-05"), 100).build();
    private final OperatorCounts few = counts("op").add(at("2026-01-05"), 50).build();

    /** On file since February; the last use ended on 2026-08-21: deregistration is due 2026-10-09. */
    @BeforeEach
    void fileAndTerminate() {
        scene.law
                .filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10")
                .use("gate", "op", "2026-01-01", "2026-03-31")
                .use("till", "op", "2026-01-01", "2026-08-21");
    }

    @Test
    void theDayAfterTheLastIsAViolationAndTheLastIsNot() {
        Judged before = scene.judge(reached, LegalDay.of(2026, 10, 10).start().minusNanos(1));
        assertThat(none(before, RULE)).isTrue();
        assertThat(clock(before, "DEREGISTRATION").state()).isEqualTo(ClockStanding.RUNNING);
        assertThat(before.wakeAt()).isEqualTo(LegalDay.of(2026, 10, 10).start());

        Judged judged = scene.judge(reached, LegalDay.of(2026, 10, 10).start());
        Episode overdue = only(judged, RULE);
        assertThat(episodes(judged, RULE, "till")).hasSize(1);
        assertThat(overdue.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(overdue.severity()).isEqualTo(4);
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(overdue.occurredOn()).isEqualTo(LegalDay.of(2026, 10, 10));
        assertThat(overdue.explanationZh()).contains("2026-08-21", "第十五条第四款", "注销");
        assertThat(clock(judged, "DEREGISTRATION").state()).isEqualTo(ClockStanding.OVERDUE);
    }

    @Test
    void submissionOnTheLastDayMeetsItAndALaterOneIsLate() {
        scene.law.deregistration("d1", "op", "2026-10-09");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
        assertThat(clock(scene.judge(reached, "2026-12-01"), "DEREGISTRATION").state())
                .isEqualTo(ClockStanding.MET);

        scene.law.deregistration("d1", "op", "2026-10-12");
        Judged late = scene.judge(reached, "2026-12-01");
        assertThat(only(late, RULE).resolvedAt())
                .isEqualTo(LegalDay.of(2026, 10, 12).start());
        assertThat(clock(late, "DEREGISTRATION").daysLate()).isEqualTo(3);
    }

    @Test
    void aDeregistrationBeforeTheEndOfTheUseMeetsItToo() {
        scene.law.deregistration("d1", "op", "2026-08-01");

        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void oneReturnedOrMisaddressedIsSuspectedAndOneWithdrawnIsNone() {
        scene.law.deregistration("d1", "op", "2026-09-01", "returned_on", "2026-09-10");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);

        scene.law.deregistration("d1", "op", "2026-09-01", "authority", "310115");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);

        scene.law.deregistration("d1", "op", "2026-09-01", "withdrawn_on", "2026-09-10");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void whoReachedTheThresholdAndNeverFiledIsSuspected() {
        scene.law.without("filing", "f1");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(only(judged, RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(only(judged, RULE).explanationEn()).contains("never filed");
        assertThat(clock(judged, "DEREGISTRATION").state()).isEqualTo(ClockStanding.POSSIBLY_OVERDUE);
        assertThat(only(judged, "filing-overdue").verdict())
                .as("the filing duty arose all the same")
                .isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void whoNeverReachedItIsWarnedWhenOnFileAndLeftAloneOtherwise() {
        Judged judged = scene.judge(few, "2026-12-01");
        assertThat(only(judged, RULE).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(only(judged, RULE).severity()).isEqualTo(2);

        scene.law.without("filing", "f1");
        assertThat(none(scene.judge(few, "2026-12-01"), RULE)).isTrue();
        assertThat(scene.judge(few, "2026-12-01").clocks()).isEmpty();
    }

    @Test
    void aFilingAfterTheLastDayMakesNoDutyInHindsightAndOneBeforeItDoes() {
        scene.law.filing("f1", "op", "2026-10-12", "310000");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);

        scene.law.filing("f1", "op", "2026-10-09", "310000");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);

        scene.law.filing("f1", "op", "2026-02-02", "310000", "returned_on", "2026-02-10");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(none(scene.judge(few, "2026-12-01"), RULE))
                .as("voluntary and returned: nothing is on file")
                .isTrue();
    }

    @Test
    void aFilingWithdrawnAfterTheLastDayUndoesNoDutyInHindsight() {
        scene.law.filing("f1", "op", "2026-02-02", "310000", "withdrawn_on", "2026-10-10");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.VIOLATION);

        scene.law.filing("f1", "op", "2026-02-02", "310000", "withdrawn_on", "2026-10-09");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void aUseThatGoesOnOrEndsInTheFutureIsNoTermination() {
        scene.law.use("door", "op", "2026-01-01", null);
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();

        scene.law.use("door", "op", "2026-01-01", "2026-12-24");
        Judged before = scene.judge(reached, "2026-12-23");
        assertThat(none(before, RULE)).isTrue();
        assertThat(before.wakeAt()).isEqualTo(LegalDay.of(2026, 12, 24).start());
        assertThat(clock(scene.judge(reached, "2026-12-24"), "DEREGISTRATION").triggerId())
                .isEqualTo("door");
    }

    @Test
    void ofUsesThatEndedOnOneDayTheGreatestIdNamesIt() {
        scene.law.use("a", "op", "2026-01-01", "2026-08-21").use("z", "op", "2026-01-01", "2026-08-21");

        assertThat(clock(scene.judge(reached, "2026-12-01"), "DEREGISTRATION").triggerId())
                .isEqualTo("z");
    }

    @Test
    void anEndBeforeTheMeasuresAsksForNothing() {
        scene.law.use("till", "op", "2024-01-01", "2025-05-31").use("gate", "op", "2024-01-01", "2025-05-31");

        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void aSuccessorMayGoOnUsingItSoItIsSuspectedUntilTheSuccessorFiles() {
        scene.law
                .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                .operator("heir", "承继公司", "330100");
        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(Verdict.SUSPECTED);

        scene.law.changeFiling("h1", "heir", "2026-09-09", "authority", "330000");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();

        scene.law.changeFiling("h1", "heir", "2026-09-09", "authority", "330000", "covers", "[\"op\"]");
        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void absenceOfADeregistrationIsSaidNoFurtherThanTheRegistryIsKnown() {
        Judged judged = scene.judge(reached, Instant.parse(at("2026-12-01")), Instant.parse(at("2026-10-09")));

        assertThat(none(judged, RULE)).isTrue();
    }
}
