package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.faceaudit.core.counting.CountDelta;

/**
 * Adds up count deltas between two cuts, so that whoever comes next hears of sums rather than of every event. Empty at every
 * cut, hence no state.
 */
final class DeltaBuffer {

    private static final int CAPACITY = 50_000;

    private record Slot(String operator, String series, Instant at) {}

    private final Map<Slot, CountDelta> sums = new HashMap<>();
    private final Consumer<CountDelta> out;

    /** @param out takes every sum that changes something */
    DeltaBuffer(Consumer<CountDelta> out) {
        this.out = out;
    }

    /** Adds a delta; when too many instants have gathered, hands them over early, which changes no sum. */
    void add(CountDelta delta) {
        sums.merge(new Slot(delta.operator(), delta.series(), delta.at()), delta, CountDelta::plus);
        if (sums.size() >= CAPACITY) {
            flush();
        }
    }

    /** Hands over every sum and starts anew. */
    void flush() {
        for (CountDelta sum : sums.values()) {
            if (!sum.isNothing()) {
                out.accept(sum);
            }
        }
        sums.clear();
    }
}
