package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.clock;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

/**
 * The cases that a careful lawyer would raise of Art. 15 ¶1, 3 and 4, deadlines that were missed, one test each. Which case is judged where, and which is left to people,
 * stands in {@code regulation-cases.csv}; {@link RegulationCasesTableTest} holds it true.
 */
class MissedDeadlinesCasesTest {

    private final OperatorScene scene = new OperatorScene();
    /** Reached on 2026-08-21: due 2026-10-09, cautiously 2026-10-08. */
    private final OperatorCounts reached =
            counts("op").add(at("2026-08-21"), 100).build();

    private Verdict verdict(OperatorCounts counts, String rule) {
        return only(scene.judge(counts, "2026-12-01"), rule).verdict();
    }

    private void onFile() {
        scene.law.filing("f1", "op", "2026-08-24", "310000", "accepted_on", "2026-08-26");
    }

    @Test
    void submittedInTimeAndAcceptedLaterIsOnTime() {
        scene.law.filing("f1", "op", "2026-10-09", "310000", "accepted_on", "2026-11-20");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(none(judged, "filing-overdue")).isTrue();
        assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
        assertThat(clock(judged, "FILING").filedOn()).isEqualTo(LegalDay.of(2026, 10, 9));
    }

    @Test
    void returnedIsSuspectedUntilResubmittedAndThenOnTime() {
        scene.law.filing("f1", "op", "2026-10-09", "310000", "returned_on", "2026-10-20");
        assertThat(verdict(reached, "filing-overdue")).isEqualTo(Verdict.SUSPECTED);

        scene.law.filing("f2", "op", "2026-11-02", "310000");
        Judged judged = scene.judge(reached, "2026-12-01");
        assertThat(only(judged, "filing-overdue").status()).isEqualTo(Status.RESOLVED);
        assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
    }

    @Test
    void filedOnTheLegalDayButAfterTheStrictOneIsCompliant() {
        scene.law.filing("f1", "op", "2026-10-09", "310000");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(clock(judged, "FILING").dueOnStrict()).isEqualTo(LegalDay.of(2026, 10, 8));
        assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
    }

    @Test
    void filingByAParentCoversTheListedEntitiesOnly() {
        scene.law.filing("g1", "parent", "2026-09-01", "310000", "covers", "[\"sister\"]");
        assertThat(verdict(reached, "filing-overdue")).isEqualTo(Verdict.VIOLATION);

        scene.law.filing("g1", "parent", "2026-09-01", "310000", "covers", "[\"sister\",\"op\"]");
        assertThat(none(scene.judge(reached, "2026-12-01"), "filing-overdue")).isTrue();
    }

    @Test
    void theWrongAuthorityIsSuspected() {
        scene.law.filing("f1", "op", "2026-09-01", "310115");

        assertThat(verdict(reached, "filing-overdue")).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void aChangeOutsideTheListIsAWarning() {
        onFile();
        scene.law.change("c1", "op", "purpose", "2026-09-01").change("c2", "op", "telephone", "2026-09-01");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(episodes(judged, "change-filing-overdue", "c1"))
                .extracting(Episode::verdict)
                .containsExactly(Verdict.VIOLATION);
        assertThat(episodes(judged, "change-filing-overdue", "c2"))
                .extracting(Episode::verdict)
                .containsExactly(Verdict.WARNING);
    }

    @Test
    void oneChangeFilingClosesAllChangesUpToItsDay() {
        onFile();
        scene.law
                .change("c1", "op", "purpose", "2026-09-01")
                .change("c2", "op", "scene", "2026-09-15")
                .changeFiling("f2", "op", "2026-09-15");

        assertThat(none(scene.judge(reached, "2026-12-01"), "change-filing-overdue"))
                .isTrue();
    }

    @Test
    void aChangeWhileTheFirstFilingIsPendingIsSuspected() {
        scene.law.filing("f1", "op", "2026-08-24", "310000").change("c1", "op", "purpose", "2026-09-01");

        assertThat(verdict(reached, "change-filing-overdue")).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void oneSceneOfSeveralIsAChangeAndAllOfThemATermination() {
        onFile();
        scene.law.use("gate", "op", "2026-01-01", "2026-09-01").use("till", "op", "2026-01-01", null);
        Judged one = scene.judge(reached, "2026-12-01");
        assertThat(one.clocks()).extracting(ClockState::kind).containsExactly("FILING", "CHANGE");

        scene.law.use("till", "op", "2026-01-01", "2026-09-15");
        Judged all = scene.judge(reached, "2026-12-01");
        assertThat(all.clocks()).extracting(ClockState::kind).containsExactly("FILING", "CHANGE", "DEREGISTRATION");
        assertThat(only(all, "deregistration-overdue").verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void deregisteredButFacesRemainIsAViolation() {
        onFile();
        scene.law.use("gate", "op", "2026-01-01", "2026-09-01").deregistration("d1", "op", "2026-09-15");

        assertThat(verdict(reached, "faces-after-termination")).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void deregisteredAndReachedAgainIsANewClock() {
        onFile();
        scene.law.deregistration("d1", "op", "2026-09-15");
        OperatorCounts again = counts("op")
                .add(at("2026-08-21"), 100)
                .remove(at("2026-09-15"), 100)
                .add(at("2026-10-12"), 100)
                .build();

        Judged judged = scene.judge(again, "2026-12-01");

        assertThat(judged.clocks()).extracting(ClockState::triggerId).containsExactly("1", "2");
        assertThat(judged.clocks())
                .extracting(ClockState::state)
                .containsExactly(ClockStanding.MET, ClockStanding.OVERDUE);
    }

    @Test
    void terminatedBeforeEverFilingAfterReachingIsSuspected() {
        scene.law.use("gate", "op", "2026-01-01", "2026-09-01");

        assertThat(verdict(reached, "deregistration-overdue")).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void theSuccessorOfAMergedHandlerTakesOverItsClock() {
        scene.law
                .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                .operator("heir", "承继公司", "310000")
                .filing("h1", "heir", "2026-10-09", "310000");

        Judged judged = scene.judge(reached, "2026-12-01");

        assertThat(none(judged, "filing-overdue")).isTrue();
        assertThat(clock(judged, "FILING").operator()).isEqualTo("op");
        assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
    }

    @Test
    void whoNeverReachedAndFiledVoluntarilyIsWarnedOnly() {
        onFile();
        scene.law.change("c1", "op", "purpose", "2026-09-01").use("gate", "op", "2026-01-01", "2026-09-15");
        OperatorCounts few = counts("op").add(at("2026-08-21"), 50).build();

        assertThat(verdict(few, "change-filing-overdue")).isEqualTo(Verdict.WARNING);
        assertThat(verdict(few, "deregistration-overdue")).isEqualTo(Verdict.WARNING);
        assertThat(none(scene.judge(few, "2026-12-01"), "filing-overdue")).isTrue();
    }

    @Test
    void aDeadlineAfterTheCalendarIsProvisionalAndRecomputed() {
        OperatorCounts late = counts("op").add(at("2026-11-20"), 100).build();
        ClockState before = clock(scene.judge(late, "2026-12-01"), "FILING");
        assertThat(before.provisional()).isTrue();
        assertThat(before.dueOn()).isEqualTo(LegalDay.of(2027, 1, 4));

        scene.law
                .notice("gov-2027", "2026-11-25", "2027-01-01", "2027-12-31", true)
                .days("gov-2027", 2027, "HOLIDAY", "01-01..01-04");
        ClockState after = clock(scene.judge(late, "2026-12-01"), "FILING");
        assertThat(after.provisional()).isFalse();
        assertThat(after.dueOn()).isEqualTo(LegalDay.of(2027, 1, 5));
        assertThat(after.calendarVersion()).endsWith("+gov-2027");
    }
}
