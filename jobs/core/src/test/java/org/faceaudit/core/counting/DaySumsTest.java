package org.faceaudit.core.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class DaySumsTest {

    private static final String SERIES = "persons:gym:id-card";

    @Test
    void everySumIsKeptAndWhatIsNothingVanishes() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            DaySums sums = new DaySums("op", SERIES);
            TreeMap<LegalDay, CountDelta> expected = new TreeMap<>();
            for (int i = random.nextInt(200); i >= 0; i--) {
                CountDelta delta = random.nextInt(4) == 0 && !expected.isEmpty()
                        ? expected.firstEntry().getValue().negated()
                        : delta(random);
                byte[] before = sums.page(DaySums.page(delta.day()));
                byte[] copy = before == null ? null : before.clone();
                sums.add(delta);
                assertThat(before).as("never changed in place").isEqualTo(copy);
                if (expected.merge(delta.day(), delta.ofDay(), CountDelta::plus).isNothing()) {
                    expected.remove(delta.day());
                }
            }

            assertThat(listed(sums.all())).containsExactlyElementsOf(expected.values());
            assertThat(sums.size()).isEqualTo(expected.size());
            assertThat(sums.isEmpty()).isEqualTo(expected.isEmpty());
            if (!expected.isEmpty()) {
                assertThat(sums.first()).isEqualTo(expected.firstKey());
                LegalDay day = new LegalDay(expected.firstKey().epochDay() + random.nextInt(40));
                assertThat(listed(sums.from(day)))
                        .containsExactlyElementsOf(expected.tailMap(day, true).values());
            }
        }
    }

    @Test
    void aDayOnWhichPersonsBeganTakesTenBytes() {
        DaySums sums = new DaySums("op", SERIES);
        LegalDay day = LegalDay.of(2026, 3, 2);
        sums.add(new CountDelta("op", SERIES, day.start(), 5, 0, 0, 5, 0, 0, 77));

        assertThat(sums.page(DaySums.page(day))).hasSize(10);
    }

    @Test
    void countsComeBackFromTheirPages() {
        Random random = new Random(3);
        OperatorCounts counts = new OperatorCounts("op");
        Map<String, byte[]> memory = new HashMap<>();
        List<CountDelta> deltas = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CountDelta delta = random.nextInt(5) == 0 && !deltas.isEmpty()
                    ? deltas.remove(random.nextInt(deltas.size())).negated()
                    : delta(random);
            if (delta.widestAdded() > 0) {
                deltas.add(delta);
            }
            counts.addToDay(delta);
            if (random.nextInt(10) == 0) {
                remember(counts, memory);
            }
        }
        remember(counts, memory);

        OperatorCounts restored = new OperatorCounts("op");
        memory.forEach(restored::setPage);
        assertThat(restored.size()).isEqualTo(counts.size()).isPositive();
        restored.days()
                .forEach((series, sums) -> assertThat(listed(sums.all()))
                        .isEqualTo(listed(counts.days().get(series).all())));
        counts.changedPages((name, page) -> assertThat(name).as("told once").isNull());
    }

    private static void remember(OperatorCounts counts, Map<String, byte[]> memory) {
        counts.changedPages((name, page) -> {
            if (page == null) {
                memory.remove(name);
            } else {
                memory.put(name, page);
            }
        });
    }

    private static List<CountDelta> listed(Iterator<CountDelta> sums) {
        List<CountDelta> listed = new ArrayList<>();
        sums.forEachRemaining(listed::add);
        return listed;
    }

    private static CountDelta delta(Random random) {
        LegalDay day = new LegalDay(20_500 + random.nextInt(60) - (random.nextInt(10) == 0 ? 30_000 : 0));
        int persons = 1 + random.nextInt(100_000);
        return switch (random.nextInt(3)) {
            case 0 -> new CountDelta("op", SERIES, day.start(), persons, 0, 0, persons, 0, 0, random.nextLong());
            case 1 -> new CountDelta("op", SERIES, day.start().plusSeconds(5), 1, persons, 1, 0, 2, 0, 1);
            default -> new CountDelta("op", SERIES, day.start(), 1, 0, 0, Integer.MAX_VALUE, 0, -3, -1);
        };
    }
}
