package org.faceaudit.intake.envelope;

import java.time.Duration;
import java.time.Instant;

/** When changes were committed, as far as a record can be believed. */
final class CommitTimes {

    private static final Instant EARLIEST_COMMIT = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST_COMMIT = Instant.parse("2200-01-01T00:00:00Z");
    private static final long CLOCK_TOLERANCE = Duration.ofDays(1).toMillis();
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000L;
    static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private CommitTimes() {}

    /** When a record that carries no row was made; if it does not say so plausibly, when it was appended. */
    static Instant ofRecord(Envelope envelope, long appendedAtMillis) {
        Instant appendedAt = Instant.ofEpochMilli(appendedAtMillis);
        if (envelope.recordMillis == Envelope.NONE) {
            return appendedAt;
        }
        Instant at = Instant.ofEpochMilli(envelope.recordMillis);
        return at.isBefore(EARLIEST_COMMIT) || at.isAfter(LATEST_COMMIT) ? appendedAt : at;
    }

    private static boolean isAhead(long second, int nano, long appendedAtMillis) {
        long latest = appendedAtMillis + CLOCK_TOLERANCE;
        long millis = second * MILLIS_PER_SECOND + nano / NANOS_PER_MILLI;
        return appendedAtMillis > 0 && (millis > latest || (millis == latest && nano % NANOS_PER_MILLI != 0));
    }

    /**
     * Against Kafka's clock: a database whose clock is a day ahead says nothing that can be used.
     *
     * @param second since the epoch
     * @param nano of the second
     */
    static boolean isPlausible(long second, int nano, long appendedAtMillis) {
        long latest = LATEST_COMMIT.getEpochSecond();
        return second >= EARLIEST_COMMIT.getEpochSecond()
                && (second < latest || (second == latest && nano == 0))
                && !isAhead(second, nano, appendedAtMillis);
    }

    /** The commit time, as finely as the record tells it. */
    static Instant of(Envelope envelope, long appendedAtMillis) throws RejectedException {
        Instant at;
        if (envelope.nanos != Envelope.NONE) {
            at = Instant.ofEpochSecond(0, envelope.nanos);
        } else if (envelope.micros != Envelope.NONE) {
            at = Instant.ofEpochSecond(
                    Math.floorDiv(envelope.micros, MICROS_PER_SECOND),
                    Math.floorMod(envelope.micros, MICROS_PER_SECOND) * (NANOS_PER_SECOND / MICROS_PER_SECOND));
        } else if (envelope.millis != Envelope.NONE) {
            at = Instant.ofEpochMilli(envelope.millis);
        } else {
            throw new RejectedException("missing-commit-time");
        }
        if (!isPlausible(at.getEpochSecond(), at.getNano(), appendedAtMillis)) {
            throw new RejectedException("implausible-commit-time");
        }
        return at;
    }
}
