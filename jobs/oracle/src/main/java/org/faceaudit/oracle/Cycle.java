package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * From the first record to deregistration: one reckoning with the threshold.
 *
 * @param ordinal from 1
 * @param from first instant, the Measures' own at the earliest
 * @param to first instant after it, {@code null} for the cycle that runs
 * @param line how many persons were stored in it
 * @param threshold how many persons oblige to file
 */
record Cycle(int ordinal, Instant from, Instant to, TreeMap<Instant, PersonLine.Count> line, long threshold) {

    /** The cycles of one operator. */
    static List<Cycle> of(String operator, PersonLine line, OracleRegistry registry) {
        TreeSet<LocalDate> ends = new TreeSet<>();
        for (JsonNode filing : registry.filings(operator, "DEREGISTRATION")) {
            ends.add(Values.date(filing, "submitted_on"));
        }
        List<Cycle> cycles = new ArrayList<>();
        Instant from = registry.inForce();
        int ordinal = 1;
        for (LocalDate end : ends) {
            Instant to = Values.start(end.plusDays(1));
            if (to.isAfter(from)) {
                cycles.add(cycle(operator, ordinal, from, to, line, registry));
                from = to;
            }
            ordinal++;
        }
        cycles.add(cycle(operator, ordinal, from, null, line, registry));
        return cycles;
    }

    private static Cycle cycle(
            String operator, int ordinal, Instant from, Instant to, PersonLine line, OracleRegistry registry) {
        long threshold = registry.number("storage-reached.threshold", operator, Values.day(from))
                .longValueExact();
        return new Cycle(ordinal, from, to, line.between(from, to), threshold);
    }

    /** The first instant at which a number reaches the threshold, {@code null} if it never does. */
    Instant firstReached(ToLongFunction<PersonLine.Count> number) {
        for (Map.Entry<Instant, PersonLine.Count> entry : line.entrySet()) {
            if (number.applyAsLong(entry.getValue()) >= threshold) {
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

    /** The latest possible trigger, {@code null} if the threshold was perhaps never reached. */
    Instant latestTrigger() {
        return firstReached(PersonLine.Count::lowNarrowest);
    }

    /** Whether a legal day falls into the cycle. */
    boolean contains(LocalDate day, boolean first) {
        Instant start = Values.start(day);
        return (first || !start.isBefore(from)) && (to == null || start.isBefore(to));
    }

    String trigger() {
        return Integer.toString(ordinal);
    }
}
