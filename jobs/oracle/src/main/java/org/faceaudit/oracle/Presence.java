package org.faceaudit.oracle;

import java.time.Instant;

/**
 * A stretch of time during which one record of one person is stored, half-open, each end with its bounds.
 *
 * @param group tokens of one group compare; empty for a record that knows no person
 * @param person the person within the group
 * @param endEarliest {@code null} while stored
 * @param endLatest {@code null} while stored
 * @param knownThrough how far the source that told of it is known: that something is still there may be said so far only
 */
record Presence(
        String group,
        String person,
        Instant startEarliest,
        Instant startLatest,
        Instant endEarliest,
        Instant endLatest,
        Instant knownThrough) {

    boolean onWidest(Instant instant) {
        return !startEarliest.isAfter(instant) && (endLatest == null || endLatest.isAfter(instant));
    }

    boolean onNarrowest(Instant instant) {
        return !startLatest.isAfter(instant) && (endEarliest == null || endEarliest.isAfter(instant));
    }

    boolean isKnownAt(Instant instant) {
        return !knownThrough.isBefore(instant);
    }
}
