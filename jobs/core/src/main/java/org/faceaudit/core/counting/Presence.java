package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.Objects;

/**
 * One stretch of time during which something is stored, with bounds where the log does not know better. Half-open:
 * stored from the start, no longer at the end.
 *
 * @param startEarliest earliest possible start
 * @param startLatest latest possible start
 * @param endEarliest earliest possible end; {@code null} while stored
 * @param endLatest latest possible end; {@code null} while stored
 */
public record Presence(Instant startEarliest, Instant startLatest, Instant endEarliest, Instant endLatest) {

    public Presence {
        Objects.requireNonNull(startEarliest, "startEarliest");
        Objects.requireNonNull(startLatest, "startLatest");
        if ((endEarliest == null) != (endLatest == null)) {
            throw new IllegalArgumentException("an end has both bounds or none");
        }
    }
}
