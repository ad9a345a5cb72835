package org.faceaudit.core.event;

import java.time.Instant;
import java.util.Objects;

/**
 * A source was read anew from its tables although its log had been followed before: the log was lost, or the source is
 * another incarnation. What happened in between is known by its outcome only.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param knownBefore how far the source was known before
 * @param takenAt the instant whose state the snapshot shows
 * @param done whether the snapshot has been read to its end
 * @param place where it begins in the topic, once it is done where it ends
 */
public record Resnapshot(
        String operator, String system, Instant knownBefore, Instant takenAt, boolean done, Position place) {

    public Resnapshot {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(knownBefore, "knownBefore");
        Objects.requireNonNull(takenAt, "takenAt");
        Objects.requireNonNull(place, "place");
    }
}
