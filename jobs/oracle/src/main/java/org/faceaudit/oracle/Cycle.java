package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * One reckoning of an operator with the threshold: from the first person stored to the end of the day of deregistration.
 *
 * @param ordinal from 1
 * @param after legal day of the deregistration before it, {@code null} if there was none
 * @param endsOn legal day of its own deregistration, {@code null} while it runs; one that was sent back, taken back, made
 *     with the wrong authority or dated in the future ends nothing
 * @param line how many persons were stored in it; an instant at which a number of the law changes is in it too
 */
record Cycle(int ordinal, LocalDate after, LocalDate endsOn, TreeMap<Instant, Stock> line) {

    /**
     * How many persons were stored from an instant on, and what the law makes of so many.
     *
     * @param count the numbers
     * @param threshold how many persons oblige to file on that day
     */
    record Stock(PersonLine.Count count, long threshold) {}

    /**
     * The cycles of one operator.
     *
     * @param known how far the operator's sources are known; numbers of later instants are left for later
     */
    static List<Cycle> of(String operator, PersonLine line, OracleRegistry registry, Instant known) {
        TreeSet<LocalDate> ends = registry.deregistrations(operator);
        ends.removeIf(end -> Values.start(end.plusDays(1)).isAfter(registry.knownThrough()));
        TreeMap<Instant, PersonLine.Count> counts = counts(line, registry, operator, known);
        List<Cycle> cycles = new ArrayList<>();
        Cycle open = null;
        for (Map.Entry<Instant, PersonLine.Count> entry : counts.entrySet()) {
            LocalDate day = Values.day(entry.getKey());
            if (open != null && open.endsOn() != null && day.isAfter(open.endsOn())) {
                open = null;
            }
            if (open == null && entry.getValue().added()) {
                open = new Cycle(cycles.size() + 1, ends.lower(day), ends.ceiling(day), new TreeMap<>());
                cycles.add(open);
            }
            if (open != null) {
                long threshold = registry.number("storage-reached.threshold", operator, day)
                        .longValueExact();
                open.line().put(entry.getKey(), new Stock(entry.getValue(), threshold));
            }
        }
        return cycles;
    }

    /** The numbers from the Measures' first instant on; whoever was ever stored before counts as added then. */
    private static TreeMap<Instant, PersonLine.Count> counts(
            PersonLine line, OracleRegistry registry, String operator, Instant known) {
        TreeMap<Instant, PersonLine.Count> counts = new TreeMap<>();
        Instant inForce = registry.inForce();
        line.counts().forEach((at, count) -> {
            boolean before = !at.isAfter(inForce);
            Instant counted = before ? inForce : at;
            if (!counted.isAfter(known)) {
                counts.put(counted, before ? line.look(inForce).added(true) : count);
            }
        });
        for (LocalDate day : registry.daysOfChange(operator)) {
            Instant at = Values.start(day);
            if (at.isAfter(inForce) && !at.isAfter(known) && counts.floorEntry(at) != null && !counts.containsKey(at)) {
                counts.put(at, line.look(at));
            }
        }
        return counts;
    }

    /** The first instant after the cycle, {@code null} while it runs. */
    Instant to() {
        return endsOn == null ? null : Values.start(endsOn.plusDays(1));
    }

    /** The first instant at which a number reaches the threshold, {@code null} if it never does. */
    private Instant firstReached(ToLongFunction<PersonLine.Count> number) {
        for (Map.Entry<Instant, Stock> entry : line.entrySet()) {
            if (number.applyAsLong(entry.getValue().count()) >= entry.getValue().threshold()) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** The earliest possible trigger of the filing duty, {@code null} if there is none. */
    Instant earliestTrigger() {
        Instant low = firstReached(PersonLine.Count::lowWidest);
        return low != null ? low : firstReached(PersonLine.Count::highWidest);
    }

    /** The latest possible trigger, {@code null} if the threshold was perhaps never reached: also for want of knowledge. */
    Instant latestTrigger() {
        return firstReached(PersonLine.Count::knownLowNarrowest);
    }

    /** Whether a submission on that day belongs to the cycle. */
    boolean contains(LocalDate day) {
        return (after == null || day.isAfter(after)) && (endsOn == null || !day.isAfter(endsOn));
    }

    String trigger() {
        return Integer.toString(ordinal);
    }
}
