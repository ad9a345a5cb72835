package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.OperatorCountsFixture;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonUnion;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;

class CriticalDaysTest {

    private static final LegalDay FIRST = LegalDay.of(2026, 1, 5);
    private static final LegalDay BEFORE_IN_FORCE = LegalDay.of(2025, 5, 15);
    private static final int DAYS = 60;

    private final OperatorScene scene = new OperatorScene();

    @Test
    void farFromTheThresholdOnlyTheFirstDayMatters() {
        OperatorCountsFixture facts = counts("op").add(at("2026-01-05"), 20);
        for (int day = 6; day <= 28; day++) {
            facts.add(at("2026-01-%02d".formatted(day)), 5).remove(at("2026-01-%02d".formatted(day)), 4);
        }

        assertThat(critical(facts, "2026-01-28")).containsExactly(LegalDay.of(2026, 1, 5));
    }

    @Test
    void wayPastTheThresholdOnlyTheDayOfReachingMatters() {
        OperatorCountsFixture facts = counts("op").add(at("2026-01-05"), 20).add(at("2026-01-06"), 500);
        for (int day = 7; day <= 28; day++) {
            facts.add(at("2026-01-%02d".formatted(day)), 50).remove(at("2026-01-%02d".formatted(day)), 40);
        }

        assertThat(critical(facts, "2026-01-28")).containsExactly(LegalDay.of(2026, 1, 5), LegalDay.of(2026, 1, 6));
    }

    @Test
    void growingTowardTheThresholdTheLevelsAndTheNewestDayMatter() {
        OperatorCountsFixture facts = counts("op").add(at("2026-01-05"), 77);
        for (int day = 6; day <= 24; day++) {
            facts.add(at("2026-01-%02d".formatted(day)), 1);
        }

        assertThat(critical(facts, "2026-01-24"))
                .as("first, 78 ends a warning, 80, 90, 95, and 96 today")
                .containsExactly(
                        LegalDay.of(2026, 1, 5),
                        LegalDay.of(2026, 1, 6),
                        LegalDay.of(2026, 1, 8),
                        LegalDay.of(2026, 1, 18),
                        LegalDay.of(2026, 1, 23),
                        LegalDay.of(2026, 1, 24));
    }

    @Test
    void whatIsLeftAfterADeregistrationHasReachedNothingInTheNextCycle() {
        scene.law.deregistration("d1", "op", "2026-01-10");
        OperatorCountsFixture facts = counts("op")
                .add(at("2026-01-05"), 120)
                .remove(at("2026-01-11"), 1)
                .remove(at("2026-01-12"), 60)
                .add(at("2026-01-13"), 1)
                .add(at("2026-01-14"), 25);

        assertThat(critical(facts, "2026-01-20"))
                .as("the first of each cycle, the fall, and the level of the second cycle")
                .containsExactly(
                        LegalDay.of(2026, 1, 5),
                        LegalDay.of(2026, 1, 12),
                        LegalDay.of(2026, 1, 13),
                        LegalDay.of(2026, 1, 14));
    }

    @Test
    void nothingKnownIsNothingCritical() {
        OperatorCounts counts = counts("op").add(at("2026-01-05"), 20).build();

        assertThat(CriticalDays.of("op", counts, scene.law.registry(), Map.of()))
                .isEmpty();
    }

    @Test
    void asManySumsAreKeptAsThereAreDaysNotAsThereAreChanges() {
        OperatorCountsFixture facts = counts("op");
        Instant first = FIRST.start();
        for (int person = 0; person < 30_000; person++) {
            facts.add(first.plusSeconds(person * 864L).toString(), 1);
        }
        Map<String, Instant> known = Map.of("sys", FIRST.plusDays(400).start());

        OperatorCounts counts = facts.build(sums -> CriticalDays.of("op", sums, scene.law.registry(), known));

        assertThat(counts.size())
                .as("300 days, and the 100 instants of the first, on which all levels were passed")
                .isEqualTo(300 + 100);
    }

    /** What is judged of the sums by day and of the instants of critical days is what is judged of all instants. */
    @Test
    void theCriticalDaysDecideEverything() {
        int close = 0;
        int all = 0;
        for (int seed = 0; seed < 1_500; seed++) {
            Random random = new Random(seed);
            LegalDay first = seed % 3 == 0 ? BEFORE_IN_FORCE : FIRST;
            int threshold = 6 + random.nextInt(50);
            Registry registry = registry(random, first, threshold);
            List<CountDelta> facts = facts(random, first, threshold);
            Map<String, Instant> known = known(random, first);
            OperatorCounts whole = new OperatorCounts("op");
            facts.forEach(delta -> OperatorCountsFixture.add(whole, delta));
            OperatorCounts sparse = new OperatorCounts("op");
            facts.forEach(sparse::addToDay);
            Set<LegalDay> critical = CriticalDays.of("op", sparse, registry, known);
            critical.forEach(day -> sparse.look(day, true));
            facts.stream().filter(delta -> critical.contains(delta.day())).forEach(sparse::addToInstant);

            Judged judged = judge(sparse, registry, known);
            Judged judgedWhole = judge(whole, registry, known);

            assertThat(judged.derivations()).as("seed %d", seed).isEqualTo(judgedWhole.derivations());
            assertThat(judged.clocks()).as("seed %d", seed).isEqualTo(judgedWhole.clocks());
            close += critical.size();
            all += (int) facts.stream().map(CountDelta::day).distinct().count();
        }
        assertThat(close).as("of %d days", all).isLessThan(all / 2);
    }

    private Set<LegalDay> critical(OperatorCountsFixture facts, String today) {
        Map<String, Instant> known = Map.of("sys", OperatorScene.noon(today));
        return CriticalDays.of("op", facts.build(), scene.law.registry(), known);
    }

    private static Judged judge(OperatorCounts counts, Registry registry, Map<String, Instant> known) {
        Map<String, SourceProgress> sources = new HashMap<>();
        known.forEach((system, through) ->
                sources.put(system, new SourceProgress("op", system, true, through, 1, 1, 0, 0, through)));
        return OperatorJudgements.judge(
                "op", counts, registry, sources, FIRST.plusDays(DAYS + 60).start());
    }

    private static Registry registry(Random random, LegalDay first, int threshold) {
        RegistryFixture law =
                RegistryFixture.law().operator("op", "某公司", "310115").threshold(threshold);
        if (random.nextInt(4) == 0) {
            law.parameter(
                    "storage-reached.threshold",
                    "op",
                    Integer.toString(threshold - 4 + random.nextInt(10)),
                    "persons",
                    first.plusDays(random.nextInt(DAYS)).toString());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            law.deregistration(
                    "d" + i, "op", first.plusDays(random.nextInt(DAYS)).toString());
        }
        return law.registry();
    }

    private static Map<String, Instant> known(Random random, LegalDay first) {
        Map<String, Instant> known = new HashMap<>();
        known.put("a", first.plusDays(DAYS / 2).start().plusSeconds(random.nextInt(DAYS * 43_200)));
        if (random.nextInt(5) > 0) {
            known.put("b", first.start().plusSeconds(random.nextInt(DAYS * 86_400)));
        }
        return known;
    }

    /** Persons of two systems who come and go, some with bounds, some in a group of their own, some without a token. */
    private static List<CountDelta> facts(Random random, LegalDay first, int threshold) {
        int persons = threshold * 3 / 4 + random.nextInt(threshold);
        int longest = 1 + random.nextInt(40 * 86_400);
        List<CountDelta> facts = new ArrayList<>();
        for (int person = 0; person < persons; person++) {
            String group = random.nextInt(12) == 0 ? PersonHolding.TOKENLESS : random.nextInt(12) == 0 ? "h" : "g";
            List<PersonHolding> holdings = new ArrayList<>();
            for (int record = random.nextInt(3); record >= 0; record--) {
                String holder = (random.nextInt(3) == 0 ? "b" : "a") + "/face/" + person + '.' + record;
                List<Presence> presences = new ArrayList<>();
                Instant at = start(random, first);
                for (int i = random.nextInt(3); i >= 0; i--) {
                    Instant latest = random.nextInt(4) == 0 ? at.plusSeconds(random.nextInt(200_000)) : at;
                    Instant end = latest.plusSeconds(random.nextInt(longest));
                    boolean stored = i == 0 && random.nextInt(3) > 0;
                    presences.add(new Presence(
                            at,
                            latest,
                            stored ? null : end,
                            stored ? null : end.plusSeconds(random.nextInt(2) * 90_000L)));
                    at = end.plusSeconds(100_000 + random.nextInt(600_000));
                }
                holdings.add(new PersonHolding("op", group, "p" + person, holder, presences));
            }
            facts.addAll(PersonUnion.persons("op", group, List.of(), holdings));
        }
        return facts;
    }

    /** Before the Measures now and then, at the very start of a day sometimes. */
    private static Instant start(Random random, LegalDay first) {
        if (random.nextInt(20) == 0) {
            return Instant.parse("2025-05-30T12:00:00Z").plusSeconds(random.nextInt(200_000));
        }
        LegalDay day = first.plusDays(random.nextInt(DAYS));
        return random.nextInt(8) == 0 ? day.start() : day.start().plusSeconds(random.nextInt(86_400));
    }
}
