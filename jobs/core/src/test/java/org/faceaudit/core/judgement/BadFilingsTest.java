package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.clock;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a registry may hold by mistake moves no date: on file since February, every use ended and one purpose changed on
 * 2026-08-21, both due 2026-10-09; 100 persons since 2026-01-05. What no judgement could read is refused before
 * ({@link RegistryFixture} goes the way that the job's own rows go).
 */
class BadFilingsTest {

    private final OperatorScene scene = new OperatorScene();
    private final OperatorCounts reached =
            counts("op").add(at("2026-01-05"), 100).build();

    private Judged judged(String kind) {
        scene.law.filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10");
        if (kind.equals("CHANGE")) {
            scene.law.change("c1", "op", "purpose", "2026-08-21");
        } else {
            scene.law.use("gate", "op", "2026-01-01", "2026-08-21");
        }
        return scene.judge(reached, "2026-12-01");
    }

    private BadFilingsTest filing(String kind, String id, String operator, String submitted, String... more) {
        if (kind.equals("CHANGE")) {
            scene.law.changeFiling(id, operator, submitted, more);
        } else {
            scene.law.deregistration(id, operator, submitted, more);
        }
        return this;
    }

    private static String rule(String kind) {
        return kind.equals("CHANGE") ? "change-filing-overdue" : "deregistration-overdue";
    }

    @ParameterizedTest
    @CsvSource({"CHANGE", "DEREGISTRATION"})
    void aFilingOfAnOperatorThatNobodyKnowsMeetsNobodysDuty(String kind) {
        Judged judged = filing(kind, "x", "nobody", "2026-09-01").judged(kind);

        assertThat(only(judged, rule(kind)).verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(clock(judged, kind).filedOn()).isNull();
    }

    @Test
    void aFilingThatNamesAnOperatorThatNobodyKnowsStillSpeaksForThoseItNames() {
        Judged judged = filing("CHANGE", "x", "op", "2026-09-01", "covers", "[\"nobody\"]")
                .judged("CHANGE");

        assertThat(clock(judged, "CHANGE").filedOn()).isEqualTo(LegalDay.of(2026, 9, 1));
    }

    @Test
    void aChangeFiledBeforeTheChangeIsNoFilingOfIt() {
        Judged judged = filing("CHANGE", "x", "op", "2026-08-20").judged("CHANGE");

        assertThat(only(judged, rule("CHANGE")).verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(only(judged, rule("CHANGE")).dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
    }

    @ParameterizedTest
    @CsvSource({"CHANGE", "DEREGISTRATION"})
    void aFilingOfTomorrowMeetsNothingToday(String kind) {
        Judged judged = filing(kind, "x", "op", "2026-12-02").judged(kind);

        assertThat(only(judged, rule(kind)).resolvedAt()).isNull();
        assertThat(clock(judged, kind).state()).isEqualTo(ClockStanding.OVERDUE);
        assertThat(judged.wakeAt()).isEqualTo(LegalDay.of(2026, 12, 2).start());
    }

    @ParameterizedTest
    @CsvSource({"CHANGE", "DEREGISTRATION"})
    void aDoubledFilingCountsOnceByTheFirstOfItsDays(String kind) {
        Judged judged = filing(kind, "x", "op", "2026-10-12")
                .filing(kind, "x-again", "op", "2026-10-12")
                .filing(kind, "x-once-more", "op", "2026-10-19")
                .judged(kind);

        assertThat(only(judged, rule(kind)).resolvedAt())
                .isEqualTo(LegalDay.of(2026, 10, 12).start());
        assertThat(clock(judged, kind).daysLate()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"CHANGE", "DEREGISTRATION"})
    void aWithdrawnFilingIsNoneAndADoubledOneThatStandsIs(String kind) {
        filing(kind, "x", "op", "2026-09-01", "withdrawn_on", "2026-09-02");
        assertThat(only(judged(kind), rule(kind)).verdict()).isEqualTo(Verdict.VIOLATION);

        filing(kind, "x-again", "op", "2026-09-01");
        assertThat(none(judged(kind), rule(kind))).isTrue();
        assertThat(clock(judged(kind), kind).filedOn()).isEqualTo(LegalDay.of(2026, 9, 1));
    }

    @ParameterizedTest
    @CsvSource({"returned_on", "accepted_on", "withdrawn_on"})
    void whatCameOfAFilingBeforeItWasMadeIsRefused(String column) {
        scene.law.filing("f1", "op", "2026-02-02", "310000", column, "2026-02-01");

        assertThatThrownBy(() -> scene.law.registry()).hasMessageContaining("after it was submitted");
    }

    @Test
    void anExceptionThatEndsBeforeItStartsIsRefused() {
        scene.law.exception("e1", "sole-face-method", "op", "", "2026-03-02", "2026-03-01");

        assertThatThrownBy(() -> scene.law.registry()).hasMessageContaining("ends");
    }

    @ParameterizedTest
    @CsvSource({"li, li", "li, ' LI '"})
    void anApprovalByThePersonWhoEnteredItIsRefused(String entered, String approved) {
        scene.law.exception(
                "e1",
                "sole-face-method",
                "op",
                "",
                "2026-03-01",
                "2026-03-02",
                "entered_by",
                entered,
                "approved_by",
                approved);

        assertThatThrownBy(() -> scene.law.registry()).hasMessageContaining("another person");
    }
}
