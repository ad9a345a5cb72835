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

    /** So many legal days, as a power of two, come one after the other: whoever keeps them keeps so many on a page. */
    private static final int DAYS_SHIFT = 4;

    private static final int DAYS = 1 << DAYS_SHIFT;

    private final Map<String, Map<String, Map<Integer, CountDelta[]>>> gathered = new HashMap<>();
    private final Consumer<CountDelta> out;
    private final DayFinder days = new DayFinder();
    private int size;

    /** @param out takes every sum that changes something */
    DayBuffer(Consumer<CountDelta> out) {
        this.out = out;
    }

    /** Adds a delta; when too many days have gathered, hands them over early, which changes no sum. */
    void add(CountDelta delta) {
        int day = days.of(delta.at()).epochDay();
        CountDelta[] sums = gathered.computeIfAbsent(delta.operator(), operator -> new HashMap<>())
                .computeIfAbsent(delta.series(), series -> new HashMap<>())
                .computeIfAbsent(day >> DAYS_SHIFT, stretch -> new CountDelta[DAYS]);
        int place = day & DAYS - 1;
        if (sums[place] != null) {
            sums[place] = sums[place].plus(delta);
            return;
        }
        sums[place] = delta;
        size++;
        if (size >= CAPACITY) {
            flush();
        }
    }

    /** Hands over every sum and starts anew. */
    void flush() {
        gathered.values()
                .forEach(series ->
                        series.values().forEach(stretches -> stretches.values().forEach(this::tell)));
        gathered.clear();
        size = 0;
    }

    private void tell(CountDelta[] sums) {
        for (CountDelta sum : sums) {
            if (sum != null && !sum.isNothing()) {
                out.accept(sum.ofDay());
            }
        }
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
