package org.faceaudit.runtime.attempt;

import java.time.Instant;

/** Instants as nanoseconds since the epoch, from 1970 to 2262. */
public final class Nanos {

    private static final long SECOND = 1_000_000_000L;

    private Nanos() {}

    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
