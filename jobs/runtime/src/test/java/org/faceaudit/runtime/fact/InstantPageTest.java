package org.faceaudit.runtime.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class InstantPageTest {

    private static final LegalDay DAY = LegalDay.parse("2026-03-02");
    private static final int STRETCH = InstantPage.stretch(DAY);

    @Test
    void whatIsWrittenIsTold() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<CountDelta> all = new ArrayList<>();
            InstantPage page = InstantPage.empty("op", STRETCH);
            for (int part = random.nextInt(6); part >= 0; part--) {
                List<CountDelta> more = new ArrayList<>();
                for (int i = random.nextInt(20); i > 0; i--) {
                    more.add(delta(random));
                }
                byte[] before = page.bytes().clone();
                InstantPage longer = random.nextBoolean()
                        ? page.with(more)
                        : page.with(InstantPage.empty("op", STRETCH).with(more));
                assertThat(page.bytes()).as("never changed in place").isEqualTo(before);
                page = longer;
                all.addAll(more);
            }

            List<CountDelta> told = new ArrayList<>();
            page.forEach(told::add);
            assertThat(told).isEqualTo(all);
            assertThat(page.entries()).isEqualTo(all.size());
            List<CountDelta> byDay = new ArrayList<>();
            for (LegalDay day : InstantPage.days(STRETCH)) {
                page.forEachOf(day, byDay::add);
            }
            assertThat(byDay).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void aPersonWhoBeginsTakesADozenBytes() {
        List<CountDelta> deltas = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            Instant at = DAY.start().plusNanos(i * 30_000_000_000L + random.nextInt(1_000_000) * 1_000L);
            deltas.add(new CountDelta("op", "persons:gym:g", at, 1, 0, 0, 1, 0, 0, random.nextLong()));
        }
        assertThat(InstantPage.empty("op", STRETCH).with(deltas).bytes()).hasSizeLessThanOrEqualTo(300 * 13 + 8);
    }

    @Test
    void stretchesHoldWholeLegalDays() {
        assertThat(InstantPage.days(STRETCH)).contains(DAY).hasSize(16).isSorted();
        assertThat(InstantPage.days(-1)).endsWith(new LegalDay(-1));
        assertThat(InstantPage.days(STRETCH)).allMatch(day -> InstantPage.stretch(day) == STRETCH);
    }

    private static CountDelta delta(Random random) {
        LegalDay day = InstantPage.days(STRETCH).get(random.nextInt(16));
        Instant at =
                day.start().plusNanos(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000) * 1_000L);
        String series = "persons:" + random.nextInt(random.nextInt(5) == 0 ? 60 : 3) + ":g";
        int[] counts = new int[6];
        switch (random.nextInt(4)) {
            case 0 -> {
                counts[0] = random.nextInt(3) - 1;
                counts[3] = random.nextInt(3) - 1;
            }
            case 1 -> {
                counts[1] = random.nextInt(3) - 1;
                counts[4] = random.nextInt(3) - 1;
            }
            case 2 -> {
                counts[0] = 1;
                counts[3] = 1;
            }
            default -> {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = random.nextInt();
                }
            }
        }
        return new CountDelta(
                "op",
                series,
                random.nextInt(10) == 0 ? at.plusNanos(1) : at,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                counts[5],
                random.nextInt(3) == 0 ? 0 : random.nextLong());
    }
}
