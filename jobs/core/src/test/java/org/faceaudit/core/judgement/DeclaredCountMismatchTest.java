package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredCountMismatchTest {

    private static final String RULE = "declared-count-mismatch";

    private final OperatorScene scene = new OperatorScene();
    /** 200 at the least, 220 at the most; more come in the evening after the day of submission. */
    private final OperatorCounts stored = counts("op")
            .add(at("2026-01-05"), 200)
            .addTokenless(at("2026-02-01"), 20)
            .add(at("2026-03-03"), 500)
            .build();

    @ParameterizedTest
    @CsvSource({"189, 200", "190, ", "220, ", "231, ", "232, 220", "0, 200", "9223372036854775807, 220"})
    void beyondTheToleranceItIsSuspectedAgainstTheNearerBound(long declared, Long bound) {
        file("f1", "2026-03-02", declared);

        Judged judged = scene.judge(stored, "2026-12-01");

        assertThat(none(judged, RULE)).isEqualTo(bound == null);
        if (bound != null) {
            Episode mismatch = only(judged, RULE);
            assertThat(episodes(judged, RULE, "f1")).hasSize(1);
            assertThat(mismatch.verdict()).isEqualTo(Verdict.SUSPECTED);
            assertThat(mismatch.status()).isEqualTo(Status.OPEN);
            assertThat(mismatch.severity()).isEqualTo(3);
            assertThat(mismatch.occurredOn()).isEqualTo(LegalDay.of(2026, 3, 2));
            assertThat(mismatch.measured()).isEqualByComparingTo(Long.toString(declared));
            assertThat(mismatch.threshold()).isEqualByComparingTo(bound.toString());
            assertThat(mismatch.dueOn()).isNull();
            assertThat(mismatch.explanationZh()).contains("2026-03-02", "第十五条第二款");
        }
    }

    @Test
    void aNewerFilingInsideResolvesItAndOneOutsideDoesNot() {
        file("f1", "2026-03-02", 100);
        file("f2", "2026-03-05", 300);
        file("f3", "2026-04-01", 710);

        Judged judged = scene.judge(stored, "2026-12-01");

        assertThat(only1(judged, "f1").resolvedAt())
                .isEqualTo(LegalDay.of(2026, 4, 1).start());
        assertThat(only1(judged, "f2").resolvedAt())
                .isEqualTo(LegalDay.of(2026, 4, 1).start());
        assertThat(episodes(judged, RULE, "f3")).isEmpty();
    }

    @Test
    void withdrawalEndsItAndAWithdrawnFilingCorrectsNothing() {
        scene.law
                .filing("f1", "op", "2026-03-02", "310000", "declared_persons", "1", "withdrawn_on", "2026-03-09")
                .filing("f2", "op", "2026-03-02", "310000", "declared_persons", "1")
                .filing("f3", "op", "2026-03-03", "310000", "declared_persons", "710", "withdrawn_on", "2026-03-04");

        Judged judged = scene.judge(stored, "2026-12-01");

        assertThat(only1(judged, "f1").resolvedAt())
                .isEqualTo(LegalDay.of(2026, 3, 9).start());
        assertThat(only1(judged, "f2").status()).isEqualTo(Status.OPEN);
        assertThat(only1(scene.judge(stored, "2026-03-08"), "f1").status()).isEqualTo(Status.OPEN);
    }

    @Test
    void aFilingWithoutANumberDeclaresNothingAndADeregistrationNeither() {
        scene.law
                .filing("f1", "op", "2026-03-02", "310000", "declared_persons", "1", "withdrawn_on", "2026-03-02")
                .filing("f2", "op", "2026-03-02", "310000")
                .deregistration("d1", "op", "2026-11-30", "declared_persons", "1");

        assertThat(none(scene.judge(stored, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void aGroupFilingMayDeclareMoreThanItsFilerStoresButNotLess() {
        scene.law.filing("f1", "op", "2026-03-02", "310000", "declared_persons", "900", "covers", "[\"sister\"]");
        assertThat(none(scene.judge(stored, "2026-12-01"), RULE)).isTrue();

        scene.law.filing("f1", "op", "2026-03-02", "310000", "declared_persons", "100", "covers", "[\"sister\"]");
        assertThat(none(scene.judge(stored, "2026-12-01"), RULE)).isFalse();

        scene.law.filing("f1", "sister", "2026-03-02", "310000", "declared_persons", "100", "covers", "[\"op\"]");
        assertThat(none(scene.judge(stored, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void itIsSaidOnceEverySourceIsKnownThroughTheDayAndNotOfDaysBeforeTheFirstRecord() {
        file("f1", "2026-03-02", 100);
        Judged onTheDay = scene.judge(stored, "2026-03-02");
        assertThat(none(onTheDay, RULE)).isTrue();
        assertThat(onTheDay.wakeAt()).isEqualTo(LegalDay.of(2026, 3, 3).start());
        assertThat(none(scene.judge(stored, LegalDay.of(2026, 3, 3).start()), RULE))
                .isFalse();

        Instant known = Instant.parse(at("2026-12-01"));
        Judged oneSlow = OperatorJudgements.judge(
                "op",
                stored,
                scene.law.registry(),
                Map.of(
                        "sys",
                        OperatorScene.source(known),
                        "other",
                        OperatorScene.source(Instant.parse(at("2026-03-02")))),
                known);
        assertThat(none(oneSlow, RULE)).isTrue();

        file("f1", "2026-01-02", 100);
        assertThat(none(scene.judge(stored, "2026-12-01"), RULE)).isTrue();
        assertThat(none(scene.judge(counts("op").build(), "2026-12-01"), RULE)).isTrue();
    }

    private void file(String id, String submittedOn, long declared) {
        scene.law.filing(id, "op", submittedOn, "310000", "declared_persons", Long.toString(declared));
    }

    private static Episode only1(Judged judged, String filing) {
        assertThat(episodes(judged, RULE, filing)).hasSize(1);
        return episodes(judged, RULE, filing).get(0);
    }
}
