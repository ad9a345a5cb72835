package org.faceaudit.core.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class ImageTallyTest {

    private static final int DAYS = 30;
    private static final LegalDay FIRST = LegalDay.of(2026, 5, 1);

    private static Instant day(int number) {
        return FIRST.plusDays(number).start();
    }

    private static ImageFinding finding(
            String record, String person, Verdict stage, int from, Integer to, boolean cleared, boolean exempt) {
        return new ImageFinding(
                "op",
                "sys",
                record,
                "period-ended",
                stage,
                person,
                FIRST,
                FIRST.plusDays(record.hashCode() % 7),
                FIRST.plusDays(from),
                day(from),
                to == null ? null : day(to),
                cleared,
                exempt ? "hold-1" : null,
                exempt,
                List.of());
    }

    /** One image's life in stages without a gap, or with one where it counts under another cause. */
    private static List<ImageFinding> life(Random random, String record, String person) {
        List<ImageFinding> life = new ArrayList<>();
        int at = random.nextInt(DAYS / 2);
        while (at < DAYS) {
            int until = at + 1 + random.nextInt(8);
            boolean last = random.nextInt(4) == 0;
            Integer to = last && random.nextBoolean() ? null : Integer.valueOf(until);
            life.add(finding(
                    record,
                    person,
                    random.nextBoolean() ? Verdict.WARNING : Verdict.VIOLATION,
                    at,
                    to,
                    last && to != null,
                    random.nextInt(4) == 0));
            if (last) {
                break;
            }
            at = until + (random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0);
        }
        return life;
    }

    private static int sum(List<ImageDelta> deltas, Instant at, Verdict stage, ToIntFunction<ImageDelta> what) {
        return deltas.stream()
                .filter(delta -> !delta.slot().at().isAfter(at))
                .filter(delta -> delta.slot().stage() == stage && !delta.slot().exempt())
                .mapToInt(what)
                .sum();
    }

    @Test
    void imagesPersonsAndDaysOfStorageAreThoseThatCountAtEveryInstant() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<ImageFinding> findings = new ArrayList<>();
            for (int record = 0; record < 6; record++) {
                findings.addAll(life(random, "r" + record, record == 5 ? null : "p" + random.nextInt(3)));
            }
            ImageTally tally = new ImageTally();
            tally.add(findings, "m1");
            List<ImageDelta> deltas = tally.take();
            for (int day = 0; day < DAYS; day++) {
                Instant at = day(day);
                for (Verdict stage : List.of(Verdict.WARNING, Verdict.VIOLATION)) {
                    List<ImageFinding> counting = findings.stream()
                            .filter(finding -> finding.stage() == stage && !finding.exempt())
                            .filter(finding ->
                                    !finding.from().isAfter(at) && (finding.to() == null || at.isBefore(finding.to())))
                            .toList();
                    assertThat(sum(deltas, at, stage, delta -> delta.begun() - delta.ended()))
                            .as("images, seed %d day %d %s", seed, day, stage)
                            .isEqualTo(counting.size());
                    assertThat(sum(deltas, at, stage, ImageDelta::persons))
                            .as("persons, seed %d day %d %s", seed, day, stage)
                            .isEqualTo((int) counting.stream()
                                    .map(ImageFinding::personToken)
                                    .filter(person -> person != null)
                                    .distinct()
                                    .count());
                    assertThat(sum(
                                    deltas,
                                    at,
                                    stage,
                                    delta -> delta.stored().stream()
                                            .filter(stored -> stored.day().equals(FIRST))
                                            .mapToInt(CountedDay::images)
                                            .sum()))
                            .as("stored on the first day, seed %d day %d %s", seed, day, stage)
                            .isEqualTo((int) counting.stream()
                                    .filter(finding -> finding.storedOnHigh().equals(FIRST))
                                    .count());
                }
            }
            tally.add(findings, "m1");
            tally.remove(findings, "m1");
            assertThat(tally.take()).isEmpty();
        }
    }

    @Test
    void aTurnToTheNextStageIsNoNewsAndADeletionIs() {
        ImageTally tally = new ImageTally();
        tally.add(
                List.of(
                        finding("r1", "p", Verdict.WARNING, 1, 5, false, false),
                        finding("r1", "p", Verdict.VIOLATION, 5, 9, true, false)),
                "m1");

        List<ImageDelta> deltas = tally.take();

        assertThat(deltas).extracting(ImageDelta::added).containsExactly(1, 0, 0, 0);
        assertThat(deltas).extracting(ImageDelta::cleared).containsExactly(0, 0, 0, 1);
        assertThat(deltas).extracting(delta -> delta.slot().at()).containsExactly(day(1), day(5), day(5), day(9));
    }
}
