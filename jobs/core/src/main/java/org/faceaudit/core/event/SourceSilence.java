package org.faceaudit.core.event;

import java.time.Instant;
import java.util.Objects;

/**
 * A span of time in which a source gave no sign of life: no heartbeat, no change, no row of a snapshot.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param from when the last sign was given: its commit time, capped at its Kafka append time
 * @param last where that sign stands
 * @param to when the next one was given; {@code null} if none was read yet
 * @param next where that sign stands; {@code null} if none was read yet
 * @param settled whether the topic has been read to its end, so that no sign waits there unread; always for a span that is over
 */
public record SourceSilence(
        String operator, String system, Instant from, Position last, Instant to, Position next, boolean settled) {

    public SourceSilence {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(last, "last");
        if ((to == null) != (next == null)) {
            throw new IllegalArgumentException("the next sign has a time and a place, or neither");
        }
    }

    /** Whether a later sign was read. */
    public boolean isOver() {
        return to != null;
    }
}
