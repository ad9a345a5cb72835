package org.faceaudit.runtime.fact;

import java.time.Instant;
import java.util.Objects;

/**
 * How often something could not be judged for one reason.
 *
 * @param occurrences so far; of what can be made good, how many there are now
 * @param lastAt commit of the newest of them, or of what made one good
 */
public record UnjudgedCount(long occurrences, Instant lastAt) {

    public UnjudgedCount {
        Objects.requireNonNull(lastAt, "lastAt");
    }

    /** Both together. */
    public UnjudgedCount and(UnjudgedCount other) {
        return new UnjudgedCount(
                occurrences + other.occurrences, lastAt.isBefore(other.lastAt) ? other.lastAt : lastAt);
    }
}
