package org.faceaudit.core.alert;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.event.Position;

/**
 * The source positions an alert rests on: up to {@value #MAX_POSITIONS} of them one by one, else a range; a
 * range also tells how far an absence was looked for.
 *
 * @param positions sorted by commit time, log position and key hash; beside a range what it does not hold
 * @param rangeFrom first instant of the range; {@code null} without a range
 * @param rangeTo last instant of the range, or the end of an absence; {@code null} without a range
 * @param count how many changes the range holds; 0 without a range and for an absence
 * @param hash order-independent 64-bit hash of the range's changes, hexadecimal; {@code null} without a range
 */
public record Evidence(List<Position> positions, Instant rangeFrom, Instant rangeTo, long count, String hash) {

    public static final int MAX_POSITIONS = 1_000;

    public Evidence {
        positions = List.copyOf(positions);
    }

    public static Evidence of(List<Position> positions) {
        return new Evidence(positions, null, null, 0, null);
    }

    public static Evidence range(Instant from, Instant to, long count, String hash) {
        return new Evidence(List.of(), from, to, count, hash);
    }
}
