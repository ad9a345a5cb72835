package org.faceaudit.oracle;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/**
 * When a source's operator promises heartbeats.
 *
 * @param seconds at least one in so many seconds; 0 if the operator does not say
 * @param from first hour of the day in Shanghai at which they are promised
 * @param to the hour at which they end, on the next day if it is before the first; 24 for the end of the day
 * @param workingDays on working days only
 */
public record Listening(long seconds, int from, int to, boolean workingDays) {

    /** At every hour, as often as the registry's parameter says. */
    public static final Listening UNSAID = new Listening(0, 0, 24, false);

    /** Whether a heartbeat is promised for the minute that begins at this time of the day. */
    boolean covers(LocalTime time) {
        boolean begun = time.getHour() >= from;
        boolean goesOn = time.getHour() < to;
        return from < to ? begun && goesOn : begun || goesOn;
    }

    /** Whose hours those are at some time of a day, if any: in the small hours, the day before. */
    LocalDate dayOf(ZonedDateTime at) {
        return from > to && at.getHour() < to ? at.toLocalDate().minusDays(1) : at.toLocalDate();
    }

    /** The shortest silence that can matter. */
    Duration least() {
        return Duration.ofSeconds(seconds == 0 ? 60 : seconds);
    }
}
