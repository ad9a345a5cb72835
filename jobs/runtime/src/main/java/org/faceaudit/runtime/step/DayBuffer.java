package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.law.LegalDay;

/**
 * Adds up count deltas by legal day between two cuts, so that whoever comes next hears of sums rather than of every event.
 * Empty at every cut, hence no state.
 */
final class DayBuffer {

    private static final int CAPACITY = 100_000;

    private record Slot(String operator, String series, int epochDay) {}

    private final Map<Slot, CountDelta> sums = new HashMap<>();
    private final Consumer<CountDelta> out;
    private final DayFinder days = new DayFinder();

    /** @param out takes every sum that changes something */
    DayBuffer(Consumer<CountDelta> out) {
        this.out = out;
    }

    /** Adds a delta; when too many days have gathered, hands them over early, which changes no sum. */
    void add(CountDelta delta) {
        Slot slot =
                new Slot(delta.operator(), delta.series(), days.of(delta.at()).epochDay());
        sums.merge(slot, delta, CountDelta::plus);
        if (sums.size() >= CAPACITY) {
            flush();
        }
    }

    /** Hands over every sum and starts anew. */
    void flush() {
        for (CountDelta sum : sums.values()) {
            if (!sum.isNothing()) {
                out.accept(sum.ofDay());
            }
        }
        sums.clear();
    }

    /** Finds the legal days of instants, most of which lie in the day of the one before. Not thread-safe. */
    static final class DayFinder {

        private LegalDay day;
        private Instant start = Instant.MAX;
        private Instant end = Instant.MIN;

        LegalDay of(Instant at) {
            if (at.isBefore(start) || !at.isBefore(end)) {
                day = LegalDay.of(at);
                start = day.start();
                end = day.plusDays(1).start();
            }
            return day;
        }
    }
}
