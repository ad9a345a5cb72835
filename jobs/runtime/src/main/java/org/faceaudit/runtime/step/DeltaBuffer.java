package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.faceaudit.core.counting.CountDelta;

/**
 * Adds up count deltas between two cuts, so that an operator's step hears of sums rather than of every event. Empty at
 * every cut, hence no state.
 */
final class DeltaBuffer {

    private static final int CAPACITY = 50_000;

    private record Slot(String operator, String series, Instant at) {}

    private final Map<Slot, CountDelta> sums = new HashMap<>();

    /** Adds deltas; when too many instants have gathered, hands them over early, which changes no sum. */
    void add(Collection<CountDelta> deltas, Consumer<CountDelta> full) {
        for (CountDelta delta : deltas) {
            sums.merge(new Slot(delta.operator(), delta.series(), delta.at()), delta, CountDelta::plus);
        }
        if (sums.size() >= CAPACITY) {
            flush(full);
        }
    }

    /** Hands over every sum that changes something and starts anew. */
    void flush(Consumer<CountDelta> out) {
        for (CountDelta sum : sums.values()) {
            if (!sum.isNothing()) {
                out.accept(sum);
            }
        }
        sums.clear();
    }
}
