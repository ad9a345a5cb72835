package org.faceaudit.oracle;

import java.time.Duration;
import java.time.LocalTime;

/**
 * When a source's operator promises heartbeats.
 *
 * @param seconds at least one in so many seconds; 0 if the operator does not say
 * @param from first hour of the day in Shanghai at which they are promised
 * @param to the hour at which they end; 24 for the end of the day
 * @param workingDays on working days only
 */
public record Listening(long seconds, int from, int to, boolean workingDays) {

    /** At every hour, as often as the registry's parameter says. */
    public static final Listening UNSAID = new Listening(0, 0, 24, false);

    /** Whether a heartbeat is promised for the minute that begins at this time of the day. */
    boolean covers(LocalTime time) {
        return time.getHour() >= from && time.getHour() < to;
    }

    /** The shortest silence that can matter. */
    Duration least() {
        return Duration.ofSeconds(seconds == 0 ? 60 : seconds);
    }
}
