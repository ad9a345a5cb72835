package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.clock;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

/**
 * The cases that a careful lawyer would raise of Art. 15 ¶1, on a threshold of 100 persons, one test each. Which case is judged where, and which is left to people,
 * stands in {@code regulation-cases.csv}; {@link RegulationCasesTableTest} holds it true.
 */
class HundredThousandPersonsCasesTest {

    private final OperatorScene scene = new OperatorScene();
    /** Reached on 2026-08-21: due 2026-10-09, cautiously 2026-10-08. */
    private final OperatorCounts reached =
            counts("op").add(at("2026-08-21"), 100).build();

    private Verdict verdict(OperatorCounts counts, String rule) {
        return only(scene.judge(counts, "2026-12-01"), rule).verdict();
    }

    @Test
    void exactlyTheThresholdIsReached() {
        OperatorCounts one = counts("op").add(at("2026-08-21"), 99).build();

        assertThat(none(scene.judge(one, "2026-12-01"), "storage-reached")).isTrue();
        assertThat(verdict(reached, "storage-reached")).isEqualTo(Verdict.NOTICE);
    }

    @Test
    void noCommonKeyReachesByTheLowAndPossiblyByTheHigh() {
        OperatorCounts low = counts("op")
                .add(at("2026-08-21"), 100)
                .addLocal(at("2026-08-21"), 50)
                .build();
        OperatorCounts high = counts("op")
                .add(at("2026-08-21"), 60)
                .addLocal(at("2026-08-21"), 40)
                .build();

        assertThat(verdict(low, "storage-reached")).isEqualTo(Verdict.NOTICE);
        assertThat(verdict(high, "storage-reached")).isEqualTo(Verdict.SUSPECTED);
        assertThat(verdict(high, "filing-overdue")).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void strangerClustersWithoutANameAreInTheUpperBound() {
        OperatorCounts clusters = counts("op")
                .add(at("2026-08-21"), 99)
                .addTokenless(at("2026-08-21"), 1)
                .build();

        assertThat(verdict(clusters, "storage-reached")).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void resultOnlyIntegrationsStoreNobody() {
        Judged judged = scene.judge(counts("op").build(), "2026-12-01");

        assertThat(judged.derivations()).isEmpty();
        assertThat(judged.clocks()).isEmpty();
    }

    @Test
    void oscillationAroundTheThresholdLatchesTheFirstDate() {
        OperatorCounts oscillating = counts("op")
                .add(at("2026-08-21"), 100)
                .remove(at("2026-08-22"), 5)
                .add(at("2026-08-23"), 5)
                .build();

        Judged judged = scene.judge(oscillating, "2026-12-01");

        assertThat(only(judged, "storage-reached").occurredOn()).isEqualTo(LegalDay.of(2026, 8, 21));
        assertThat(clock(judged, "FILING").dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
    }

    @Test
    void fallsBelowBeforeTheDeadlineAndNotFiledIsSuspected() {
        OperatorCounts fell = counts("op")
                .add(at("2026-08-21"), 100)
                .remove(at("2026-09-21"), 1)
                .build();

        Judged judged = scene.judge(fell, "2026-12-01");

        assertThat(only(judged, "filing-overdue").verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(only(judged, "storage-reached").explanationEn()).contains("below the threshold since 2026-09-21");
    }

    @Test
    void importErrorsAndRollbacksRetractWhatTheyReached() {
        OperatorCounts corrected = counts("op").add(at("2026-08-21"), 40).build();

        assertThat(none(scene.judge(reached, "2026-12-01"), "storage-reached")).isFalse();
        assertThat(none(scene.judge(corrected, "2026-12-01"), "storage-reached"))
                .as("no episode: the ledger withdraws it, with its history")
                .isTrue();
        assertThat(scene.judge(corrected, "2026-12-01").clocks()).isEmpty();
    }

    @Test
    void aMergerAddsPersonsAtOnce() {
        OperatorCounts merged =
                counts("op").add(at("2026-01-05"), 60).add(at("2026-08-21"), 60).build();

        assertThat(only(scene.judge(merged, "2026-12-01"), "storage-reached").occurredOn())
                .isEqualTo(LegalDay.of(2026, 8, 21));
    }

    @Test
    void reachedBeforeTheMeasuresIsDueOnTheAuthoritysDate() {
        OperatorCounts old = counts("op").add(at("2024-08-21"), 100).build();

        assertThat(clock(scene.judge(old, "2025-06-02"), "FILING").dueOn()).isEqualTo(LegalDay.of(2025, 7, 14));
    }

    @Test
    void reachedLongAgoWithLateEvidenceCountsFromTheEvent() {
        assertThat(only(scene.judge(reached, "2026-12-01"), "filing-overdue").occurredOn())
                .as("whenever the evidence came")
                .isEqualTo(LegalDay.of(2026, 10, 10));
    }

    @Test
    void approachingIsAWarning() {
        OperatorCounts near = counts("op").add(at("2026-08-21"), 80).build();

        assertThat(verdict(near, "storage-approaching")).isEqualTo(Verdict.WARNING);
    }
}
