package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.OperatorCountsFixture;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class StorageReachedTest {

    private final OperatorScene scene = new OperatorScene();

    @Test
    void exactlyTheThresholdIsReached() {
        OperatorCounts counts =
                counts("op").add(at("2026-07-01"), 60).add(at("2026-08-21"), 40).build();

        Episode reached = only(scene.judge(counts, "2026-08-22"), "storage-reached");

        assertThat(reached.verdict()).isEqualTo(Verdict.NOTICE);
        assertThat(reached.status()).isEqualTo(Status.OPEN);
        assertThat(reached.severity()).isEqualTo(3);
        assertThat(reached.occurredOn()).isEqualTo(LegalDay.of(2026, 8, 21));
        assertThat(reached.openedAt()).isEqualTo(Instant.parse(at("2026-08-21")));
        assertThat(reached.dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(reached.measured()).isEqualByComparingTo("100");
        assertThat(reached.threshold()).isEqualByComparingTo("100");
        assertThat(reached.unit()).isEqualTo("persons");
        assertThat(reached.calendarVersion()).isEqualTo("gov-2025+gov-2026");
        assertThat(reached.provisional()).isFalse();
        assertThat(reached.evidence().count()).isEqualTo(100);
        assertThat(reached.evidence().rangeFrom()).isEqualTo(at("2026-07-01"));
        assertThat(reached.evidence().rangeTo()).isEqualTo(at("2026-08-21"));
        assertThat(reached.explanationZh()).contains("某物业公司", "第十五条第一款", "2026-08-21", "100人", "2026-10-09");
        assertThat(reached.explanationEn()).contains("Art. 15 ¶1", "2026-08-21", "2026-10-09");
    }

    @Test
    void onePersonFewerIsNot() {
        Judged judged = scene.judge(counts("op").add(at("2026-08-21"), 99).build(), "2026-12-01");

        assertThat(none(judged, "storage-reached")).isTrue();
        assertThat(none(judged, "filing-overdue")).isTrue();
        assertThat(judged.clocks()).isEmpty();
    }

    @Test
    void changesOfOneInstantAreNettedBeforeComparing() {
        OperatorCounts counts = counts("op")
                .add(at("2026-08-01"), 99)
                .add(at("2026-08-21"), 5)
                .remove(at("2026-08-21"), 5)
                .build();

        assertThat(none(scene.judge(counts, "2026-08-22"), "storage-reached")).isTrue();
    }

    @Test
    void theLegalDayOfTheTriggerIsThatOfShanghai() {
        OperatorCounts counts = counts("op").add("2026-09-18T16:30:00Z", 100).build();

        assertThat(only(scene.judge(counts, "2026-09-20"), "storage-reached").occurredOn())
                .isEqualTo(LegalDay.of(2026, 9, 19));
    }

    @Test
    void reachedByStorageTimesWithBoundsIsDatedFromTheEarliest() {
        OperatorCounts counts =
                counts("op").addBetween(at("2026-03-02"), at("2026-08-21"), 100).build();

        Judged judged = scene.judge(counts, "2026-08-22");
        Episode reached = only(judged, "storage-reached");

        assertThat(reached.verdict()).isEqualTo(Verdict.NOTICE);
        assertThat(reached.occurredOn()).isEqualTo(LegalDay.of(2026, 3, 2));
        assertThat(judged.clocks().get(0).triggerOnLow()).isEqualTo(LegalDay.of(2026, 3, 2));
        assertThat(judged.clocks().get(0).triggerOnHigh()).isEqualTo(LegalDay.of(2026, 8, 21));
        assertThat(judged.clocks().get(0).basis()).isEqualTo("bounds");
        assertThat(reached.explanationZh()).contains("最迟于2026-08-21、最早可能于2026-03-02达到100人");
        assertThat(reached.explanationEn()).contains("on 2026-08-21 at the latest, possibly as early as 2026-03-02");
    }

    @Test
    void onlyTheUpperBoundIsSuspected() {
        OperatorCounts counts = counts("op")
                .add(at("2026-07-01"), 60)
                .addLocal(at("2026-08-03"), 39)
                .addTokenless(at("2026-08-21"), 1)
                .build();

        Judged judged = scene.judge(counts, "2026-08-22");
        Episode reached = only(judged, "storage-reached");

        assertThat(reached.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(reached.measured()).isEqualByComparingTo("100");
        assertThat(reached.occurredOn()).isEqualTo(LegalDay.of(2026, 8, 21));
        assertThat(judged.clocks().get(0).basis()).isEqualTo("possible");
        assertThat(judged.clocks().get(0).triggerOnHigh()).isNull();
    }

    @Test
    void oscillationKeepsTheFirstDateAndFallingBelowIsNoted() {
        OperatorCounts counts = counts("op")
                .add(at("2026-08-03"), 100)
                .remove(at("2026-08-04"), 10)
                .add(at("2026-08-05"), 10)
                .remove(at("2026-08-06"), 1)
                .build();

        Episode reached = only(scene.judge(counts, "2026-08-22"), "storage-reached");

        assertThat(reached.status()).isEqualTo(Status.OPEN);
        assertThat(reached.occurredOn()).isEqualTo(LegalDay.of(2026, 8, 3));
        assertThat(reached.explanationZh()).contains("自2026-08-06起低于该数量");
        assertThat(reached.explanationEn()).contains("below the threshold since 2026-08-06");
    }

    @Test
    void aStockOlderThanTheMeasuresIsTakenOnTheirFirstDayWithTheLegacyDate() {
        OperatorCounts counts = counts("op").add(at("2020-03-02"), 120).build();

        Judged judged = scene.judge(counts, "2025-06-02");
        Episode reached = only(judged, "storage-reached");

        assertThat(reached.openedAt()).isEqualTo(LegalDay.of(2025, 6, 1).start());
        assertThat(reached.dueOn()).isEqualTo(LegalDay.of(2025, 7, 14));
        assertThat(judged.clocks().get(0).basis()).isEqualTo("in-force");
        assertThat(judged.clocks().get(0).dueOnStrict()).isEqualTo(LegalDay.of(2025, 7, 14));
    }

    @Test
    void aStockThatWasGoneBeforeTheMeasuresIsNothing() {
        OperatorCounts counts = counts("op")
                .add(at("2020-03-02"), 120)
                .remove(at("2025-05-31"), 60)
                .build();

        assertThat(none(scene.judge(counts, "2026-06-02"), "storage-reached")).isTrue();
    }

    @Test
    void afterDeregistrationTheNextCycleBeginsWithTheNextRecord() {
        scene.law.filing("f1", "op", "2026-02-02", "310000").deregistration("d1", "op", "2026-05-06");
        OperatorCountsFixture facts = counts("op").add(at("2026-01-05"), 100).remove(at("2026-05-06"), 100);

        assertThat(episodes(scene.judge(facts.build(), "2026-06-01"), "storage-reached", "2"))
                .isEmpty();

        facts.add(at("2026-06-01"), 100);
        Judged judged = scene.judge(facts.build(), "2026-06-02");
        assertThat(episodes(judged, "storage-reached", "1")).hasSize(1);
        assertThat(episodes(judged, "storage-reached", "2"))
                .extracting(Episode::occurredOn)
                .containsExactly(LegalDay.of(2026, 6, 1));
        assertThat(judged.clocks()).extracting(ClockState::triggerId).containsExactly("1", "2");
        assertThat(judged.clocks().get(1).state()).isEqualTo(ClockStanding.RUNNING);
    }

    @Test
    void aDeregistrationEndsNothingThatIsWithdrawnReturnedMisaddressedOrYetToCome() {
        OperatorCounts counts =
                counts("op").add(at("2026-01-05"), 60).add(at("2026-06-01"), 40).build();
        List<String[]> none = List.of(
                new String[] {"submitted_on", "2026-05-06", "withdrawn_on", "2026-05-07"},
                new String[] {"submitted_on", "2026-05-06", "returned_on", "2026-05-07"},
                new String[] {"submitted_on", "2026-05-06", "authority", "310115"},
                new String[] {"submitted_on", "2026-06-02"});
        for (String[] columns : none) {
            scene.law.deregistration("d1", "op", "2026-05-06", columns);
            assertThat(episodes(scene.judge(counts, "2026-06-02"), "storage-reached", "1"))
                    .as(String.join(" ", columns))
                    .hasSize(1);
        }
        scene.law.deregistration("d1", "op", "2026-05-06", "returned_on", "2026-06-03");
        Judged before = scene.judge(counts, "2026-06-02");
        assertThat(episodes(before, "storage-reached", "1")).isEmpty();
        assertThat(before.wakeAt()).isEqualTo(LegalDay.of(2026, 6, 3).start());
    }

    @Test
    void whatWasFiledBeforeAnEarlierDeregistrationBelongsToNoLaterCycle() {
        scene.law.filing("f1", "op", "2026-01-05", "310000").deregistration("d1", "op", "2026-02-02");
        OperatorCounts later = counts("op").add(at("2026-03-02"), 100).build();

        assertThat(scene.judge(later, "2026-12-01").clocks())
                .extracting(ClockState::triggerId, ClockState::state)
                .containsExactly(tuple("1", ClockStanding.OVERDUE));
    }

    @Test
    void aThresholdThatChangesIsAppliedFromItsDayOnAndNotBefore() {
        scene.law.parameter("storage-reached.threshold", "*", "50", "persons", "2026-09-01");
        OperatorCounts counts = counts("op").add(at("2026-07-01"), 60).build();

        Judged before = scene.judge(counts, "2026-08-31");
        assertThat(none(before, "storage-reached")).isTrue();
        assertThat(before.wakeAt()).isEqualTo(LegalDay.of(2026, 9, 1).start());

        Episode reached = only(scene.judge(counts, "2026-09-02"), "storage-reached");
        assertThat(reached.occurredOn()).isEqualTo(LegalDay.of(2026, 9, 1));
        assertThat(reached.threshold()).isEqualByComparingTo("50");
    }

    @Test
    void aReachingThatLeansOnASilentSourceIsSuspectedUntilTheSourceSpeaksAgain() {
        OperatorCounts counts = counts("op")
                .in("silent")
                .add(at("2026-07-01"), 40)
                .in("alive")
                .add(at("2026-08-03"), 60)
                .build();

        Judged leaning = scene.judge(counts, "2026-08-22", Map.of("silent", "2026-08-02", "alive", "2026-08-22"));
        Judged heard = scene.judge(counts, "2026-08-22", Map.of("silent", "2026-08-03", "alive", "2026-08-22"));

        Episode reached = only(leaning, "storage-reached");
        assertThat(reached.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(reached.occurredOn()).isEqualTo(LegalDay.of(2026, 8, 3));
        assertThat(reached.explanationZh()).contains("可能", "数据源此前已中断");
        assertThat(reached.explanationEn()).contains("may have reached", "fallen silent");
        assertThat(leaning.clocks().get(0).basis()).isEqualTo("possible");
        assertThat(only(heard, "storage-reached").verdict()).isEqualTo(Verdict.NOTICE);
        assertThat(only(heard, "storage-reached").explanationEn()).doesNotContain("silent");
    }

    @Test
    void aSilentSourceNeitherDelaysNorDarkensWhatAnotherReachesAlone() {
        OperatorCounts counts = counts("op")
                .in("silent")
                .add(at("2026-07-01"), 1)
                .in("alive")
                .add(at("2026-08-03"), 100)
                .build();

        Judged judged = scene.judge(counts, "2026-12-01", Map.of("silent", "2026-07-02", "alive", "2026-12-01"));

        assertThat(only(judged, "storage-reached").verdict()).isEqualTo(Verdict.NOTICE);
        assertThat(only(judged, "filing-overdue").verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aSourceThatFallsSilentAfterTheReachingTakesNothingBack() {
        OperatorCounts counts = counts("op")
                .in("silent")
                .add(at("2026-07-01"), 40)
                .in("alive")
                .add(at("2026-08-03"), 60)
                .build();

        Judged judged = scene.judge(counts, "2026-12-01", Map.of("silent", "2026-08-04", "alive", "2026-12-01"));

        assertThat(only(judged, "storage-reached").verdict()).isEqualTo(Verdict.NOTICE);
        assertThat(only(judged, "filing-overdue").verdict())
                .as("that the stock fell would have to be told")
                .isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void nothingIsSaidBeforeASourceOrTheRegistryIsKnown() {
        OperatorCounts counts = counts("op").add(at("2026-07-01"), 100).build();
        Instant known = Instant.parse(at("2026-08-01"));

        assertThat(scene.judge(counts, (Instant) null)).isEqualTo(Judged.NOTHING);
        assertThat(OperatorJudgements.judge(
                        "op", counts, scene.law.registry(), Map.of("sys", OperatorScene.source(known)), null))
                .isEqualTo(Judged.NOTHING);
        assertThat(OperatorJudgements.judge("op", counts, scene.law.registry(), Map.of(), known))
                .isEqualTo(Judged.NOTHING);
    }

    @Test
    void theOrderInWhichFactsArriveDoesNotMatter() {
        scene.law.filing("f1", "op", "2026-11-02", "310000");
        OperatorCountsFixture facts = counts("op");
        Random facing = new Random(7);
        for (int i = 0; i < 40; i++) {
            String at = Instant.parse(at("2026-01-05"))
                    .plusSeconds(facing.nextInt(200 * 86_400))
                    .toString();
            facts.addBetween(
                    at, Instant.parse(at).plusSeconds(facing.nextInt(900_000)).toString(), 3 + facing.nextInt(3));
        }
        Judged plain = scene.judge(facts.build(), "2026-12-01");
        assertThat(none(plain, "storage-reached")).isFalse();
        assertThat(none(plain, "storage-approaching")).isFalse();
        for (int seed = 0; seed < 100; seed++) {
            assertThat(scene.judge(facts.build(new Random(seed)), "2026-12-01"))
                    .as("seed %d", seed)
                    .isEqualTo(plain);
        }
    }
}
