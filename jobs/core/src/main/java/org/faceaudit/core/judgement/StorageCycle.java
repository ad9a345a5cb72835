package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.StoredScan;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * One cycle of an operator's storage: from the first record to the end of the legal day on which it deregistered. What
 * was stored before the Measures came into force is taken as one state on their first instant.
 *
 * @param ordinal from 1
 * @param after the legal day of the deregistration before it, {@code null} for none
 * @param endedOn the legal day of deregistration, {@code null} while the cycle runs
 * @param stocks by instant, never empty
 */
record StorageCycle(int ordinal, LegalDay after, LegalDay endedOn, List<Stock> stocks) {

    StorageCycle {
        stocks = List.copyOf(stocks);
    }

    String trigger() {
        return Integer.toString(ordinal);
    }

    /** The instant from which the cycle is over, {@code null} while it runs. */
    Instant end() {
        return endedOn == null ? null : endedOn.plusDays(1).start();
    }

    /** Whether a legal day lies after the end of the cycle before and not after its own end. */
    boolean contains(LegalDay day) {
        return (after == null || day.isAfter(after)) && (endedOn == null || !day.isAfter(endedOn));
    }

    /** The cycle of a legal day, {@code null} for none. */
    static StorageCycle on(LegalDay day, List<StorageCycle> cycles) {
        StorageCycle last = null;
        for (StorageCycle cycle : cycles) {
            if (cycle.contains(day)) {
                last = cycle;
            }
        }
        return last;
    }

    Stock last() {
        return stocks.get(stocks.size() - 1);
    }

    /** The first stock that satisfies a condition, {@code null} if none does. */
    Stock first(Predicate<Stock> condition) {
        for (Stock stock : stocks) {
            if (condition.test(stock)) {
                return stock;
            }
        }
        return null;
    }

    /** The stock just before an instant, {@code null} if the cycle began later. */
    Stock before(Instant instant) {
        Stock before = null;
        for (Stock stock : stocks) {
            if (!stock.at().isBefore(instant)) {
                return before;
            }
            before = stock;
        }
        return before;
    }

    /**
     * All cycles of an operator, in order.
     *
     * @param today the legal day up to which the registry is known; only a day that is over ends a cycle
     * @param knownThrough how far each system of the operator is known; one that is not has no entry
     * @param known facts dated later than this are left for later
     */
    static List<StorageCycle> of(
            String operator,
            OperatorCounts counts,
            Registry registry,
            LegalDay today,
            Map<String, Instant> knownThrough,
            Instant known,
            Wake wake) {
        TreeSet<LegalDay> ends =
                new TreeSet<>(Deregistrations.of(operator, registry, today).headSet(today));
        TreeSet<Instant> lawChanges = new TreeSet<>();
        StorageThresholds.Line thresholds = new StorageThresholds.Line(operator, registry);
        thresholds.changes().forEach(day -> lawChanges.add(day.start()));
        Walk walk = new Walk(thresholds, ends);
        StoredScan scan = StoredScan.ofPersons(counts, knownThrough);
        Instant inForce = registry.inForce().start();
        if (!known.isBefore(inForce)) {
            scan.advanceThrough(inForce);
            if (scan.firstChange() != null) {
                walk.take(inForce, scan);
            }
        }
        for (Instant next = next(scan, lawChanges, inForce); next != null; next = next(scan, lawChanges, next)) {
            if (next.isAfter(known)) {
                wake.at(next);
                break;
            }
            scan.advanceThrough(next);
            walk.take(next, scan);
        }
        return walk.cycles();
    }

    private static Instant next(StoredScan scan, TreeSet<Instant> lawChanges, Instant after) {
        Instant fact = scan.next();
        Instant law = lawChanges.higher(after);
        if (fact == null || law == null) {
            return fact == null ? law : fact;
        }
        return fact.isBefore(law) ? fact : law;
    }

    /** Cuts the walk through the counts into cycles. */
    private static final class Walk {
        private final StorageThresholds.Line line;
        private final TreeSet<LegalDay> ends;
        private final List<StorageCycle> cycles = new ArrayList<>();
        private List<Stock> stocks;
        private LegalDay endsOn;
        private LegalDay after;
        private StorageThresholds thresholds;
        private LegalDay day;
        private Instant dayEnd;

        private Walk(StorageThresholds.Line line, TreeSet<LegalDay> ends) {
            this.line = line;
            this.ends = ends;
        }

        private void take(Instant at, StoredScan scan) {
            enter(at);
            if (stocks != null && endsOn != null && day.isAfter(endsOn)) {
                close();
            }
            boolean added = scan.personsAdded() > 0;
            scan.forgetTurnover();
            if (stocks == null) {
                if (!added) {
                    return;
                }
                stocks = new ArrayList<>();
                after = ends.lower(day);
                endsOn = ends.ceiling(day);
            }
            stocks.add(new Stock(
                    at,
                    scan.lowWidest(),
                    scan.lowWidest(at),
                    scan.lowNarrowest(),
                    scan.lowNarrowest(at),
                    scan.highWidest(),
                    thresholds,
                    scan.firstChange(),
                    scan.changes(),
                    scan.hash()));
        }

        /** Moves to the legal day of an instant; most instants lie in the day of the one before. */
        private void enter(Instant at) {
            if (dayEnd == null || !at.isBefore(dayEnd)) {
                day = LegalDay.of(at);
                dayEnd = day.plusDays(1).start();
                thresholds = line.on(day);
            }
        }

        private void close() {
            cycles.add(new StorageCycle(cycles.size() + 1, after, endsOn, stocks));
            stocks = null;
            endsOn = null;
        }

        private List<StorageCycle> cycles() {
            if (stocks != null) {
                close();
            }
            return cycles;
        }
    }
}
