package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What happens to the holiday notices while the clocks run. Days that are not in the seed rows are make-believe. A notice is
 * always taken out of force before its days change, as the registry demands, and no world ends with a year left out.
 */
final class CalendarTale {

    private static final String NOTICE = "registry.calendar_notice";
    private static final String DAY = "registry.calendar_day";

    private final Random random;
    private final Instant now;
    private final List<Story.RegistryAct> acts = new ArrayList<>();

    CalendarTale(Random random, Instant now) {
        this.random = random;
        this.now = now;
    }

    List<Story.RegistryAct> tell() {
        boolean nextYearKnown = random.nextInt(100) < 75;
        Instant at = now.minusSeconds(86_400L * random.nextInt(60));
        act(at, transaction -> transaction.update(NOTICE, "gov-2026", row("active", nextYearKnown)));
        switch (random.nextInt(5)) {
            case 0 -> corrected("gov-2025", LocalDate.of(2025, 10, 8), LocalDate.of(2025, 10, 9));
            case 1 ->
                // Its range holds holidays of the notice that it amends, and does not name them.
                amended(
                        "extra-2025",
                        LocalDate.of(2025, 9, 30),
                        LocalDate.of(2025, 9, 28),
                        LocalDate.of(2025, 10, 12),
                        List.of(LocalDate.of(2025, 10, 9), LocalDate.of(2025, 10, 10), LocalDate.of(2025, 10, 11)));
            case 2 -> {
                if (nextYearKnown) {
                    corrected("gov-2026", LocalDate.of(2026, 5, 5), LocalDate.of(2026, 5, 6));
                }
            }
            case 3 -> {
                if (nextYearKnown) {
                    amended(
                            "extra-2026",
                            LocalDate.of(2026, 2, 20),
                            List.of(LocalDate.of(2026, 2, 24), LocalDate.of(2026, 2, 28)));
                }
            }
            default -> {
                // The notices stay as they are.
            }
        }
        if (nextYearKnown && random.nextInt(100) < 40) {
            amended(
                    "sample-2027",
                    LocalDate.of(2026, 11, 10),
                    LocalDate.of(2027, 1, 1),
                    LocalDate.of(2027, 12, 31),
                    List.of(
                            LocalDate.of(2027, 1, 1),
                            LocalDate.of(2027, 1, 4),
                            // The statute's holiday on the fifth of February is an ordinary Friday to this notice.
                            LocalDate.of(2027, 2, 8)));
        }
        published();
        return acts;
    }

    private void act(Instant at, Consumer<SampleSource.Transaction> work) {
        acts.add(new Story.RegistryAct(at, work));
    }

    /** Notices that come late, in parts, or dated after today. */
    private void published() {
        LocalDate published = LocalDate.of(2025, 11, 1).plusDays(random.nextInt(60));
        if (random.nextInt(100) < 60) {
            act(
                    now.minusSeconds(86_400L * random.nextInt(60)),
                    transaction -> transaction.update(
                            NOTICE, "gov-2026", row("published_on", RegistrySource.date(published))));
        }
        if (random.nextInt(100) < 40) {
            LocalDate to = LocalDate.of(2027, 12, random.nextBoolean() ? 31 : 30);
            act(
                    now.minusSeconds(86_400L * random.nextInt(10)),
                    transaction -> transaction.insert(
                            NOTICE,
                            row(
                                    "id",
                                    "gov-2027",
                                    "published_on",
                                    RegistrySource.date(published.plusYears(1)),
                                    "covers_from",
                                    RegistrySource.date(LocalDate.of(2027, 1, 1)),
                                    "covers_to",
                                    RegistrySource.date(to),
                                    "source",
                                    "sample",
                                    "active",
                                    true)));
        }
    }

    /** One of its holidays turns out to be another day. */
    private void corrected(String notice, LocalDate wrong, LocalDate right) {
        Instant at = now.minusSeconds(3_600L + 60L * random.nextInt(50 * 1_440));
        act(at, transaction -> transaction.update(NOTICE, notice, row("active", false)));
        act(at.plusSeconds(600), transaction -> {
            transaction.delete(DAY, notice + '/' + RegistrySource.date(wrong));
            transaction.insert(DAY, RegistrySource.holiday(notice, right));
        });
        act(now.minusSeconds(1_200), transaction -> transaction.update(NOTICE, notice, row("active", true)));
    }

    /** A notice of its own for a few days only. */
    private void amended(String notice, LocalDate published, List<LocalDate> holidays) {
        amended(notice, published, holidays.get(0), holidays.get(holidays.size() - 1), holidays);
    }

    private void amended(String notice, LocalDate published, LocalDate from, LocalDate to, List<LocalDate> holidays) {
        Instant at = now.minusSeconds(3_600L + 60L * random.nextInt(50 * 1_440));
        act(at, transaction -> transaction.insert(NOTICE, RegistrySource.notice(notice, published, from, to)));
        act(
                at.plusSeconds(300),
                transaction -> holidays.forEach(day -> transaction.insert(DAY, RegistrySource.holiday(notice, day))));
        act(
                at.plusSeconds(600L + random.nextInt(2_000)),
                transaction -> transaction.update(NOTICE, notice, row("active", true)));
    }
}
