package org.faceaudit.oracle;

import java.time.Instant;

/**
 * A stretch of time during which one record of one person is stored, half-open, each end with its bounds.
 *
 * @param group tokens of one group compare; empty for a record that knows no person
 * @param person the person within the group
 * @param endEarliest {@code null} while stored
 * @param endLatest {@code null} while stored
 */
record Presence(
        String group,
        String person,
        Instant startEarliest,
        Instant startLatest,
        Instant endEarliest,
        Instant endLatest) {

    boolean onWidest(Instant instant) {
        return !startEarliest.isAfter(instant) && (endLatest == null || endLatest.isAfter(instant));
    }

    boolean onNarrowest(Instant instant) {
        return !startLatest.isAfter(instant) && (endEarliest == null || endEarliest.isAfter(instant));
    }
}
