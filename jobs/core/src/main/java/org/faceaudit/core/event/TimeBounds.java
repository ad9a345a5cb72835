package org.faceaudit.core.event;

import java.time.Instant;
import java.util.Objects;

/**
 * The instants between which something happened; equal when the instant is known.
 *
 * @param earliest the earliest possible instant
 * @param latest the latest possible instant, not before {@code earliest}
 * @param declared whether the instant is the operator's own statement (a time column) rather than a commit time
 */
public record TimeBounds(Instant earliest, Instant latest, boolean declared) {

    public TimeBounds {
        Objects.requireNonNull(earliest, "earliest");
        Objects.requireNonNull(latest, "latest");
        if (latest.isBefore(earliest)) {
            throw new IllegalArgumentException("latest " + latest + " is before earliest " + earliest);
        }
    }

    /** A change seen in the log: it happened when it was committed. */
    public static TimeBounds committed(Instant at) {
        return new TimeBounds(at, at, false);
    }

    /** An instant that the operator's own column states. */
    public static TimeBounds declared(Instant at) {
        return new TimeBounds(at, at, true);
    }

    public static TimeBounds between(Instant earliest, Instant latest) {
        return new TimeBounds(earliest, latest, false);
    }

    public boolean exact() {
        return earliest.equals(latest);
    }
}
