package org.faceaudit.core.event;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Objects;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.WorkingCalendar;

/**
 * How often a source promises a sign of life, and when. A system that is switched off at night promises nothing for the
 * night; of one that is on over midnight, a night belongs to the day on which it begins.
 *
 * @param within a sign comes at least this often while signs are promised; {@code null} if the operator's file does not say,
 *     then the parameter {@code source-silent.promise} does
 * @param from the time of the legal day (Asia/Shanghai) at which signs begin
 * @param until the time at which they end, not included: of the next day if it is earlier than the beginning; midnight is the end of
 *     the day
 * @param workingDaysOnly whether nothing is promised for days off
 */
public record HeartbeatPromise(Duration within, LocalTime from, LocalTime until, boolean workingDaysOnly)
        implements Serializable {

    /** Every hour of every day, as often as the parameter says. */
    public static final HeartbeatPromise UNSPOKEN =
            new HeartbeatPromise(null, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, false);

    /** Shorter spans without a sign are not remembered where the operator's file promises nothing. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public HeartbeatPromise {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        if (within != null && (within.isZero() || within.isNegative())) {
            throw new IllegalArgumentException("a promise within " + within + " cannot be kept");
        }
        if (!until.equals(LocalTime.MIDNIGHT) && from.equals(until)) {
            throw new IllegalArgumentException("signs that begin at " + from + " cannot end at " + until);
        }
    }

    /** Spans without a sign that are no longer than this break no promise, whatever the parameter says. */
    public Duration shortest() {
        return within == null ? SHORTEST : within;
    }

    /**
     * When the promise is broken if no sign comes after the one given: once signs have been promised for so long.
     *
     * @param sign the last sign
     * @param span how long
     * @param calendar which days are working days
     */
    public Instant brokenAt(Instant sign, Duration span, WorkingCalendar calendar) {
        if (isAlways()) {
            return sign.plus(span);
        }
        Duration left = span;
        // A night that began on the day before may not be over.
        for (LegalDay day = LegalDay.of(sign).plusDays(-1); ; day = day.plusDays(1)) {
            if (workingDaysOnly && !calendar.isWorkingDay(day)) {
                continue;
            }
            Instant begin = later(sign, at(day, from));
            Instant end = at(endsNextDay() ? day.plusDays(1) : day, until);
            Duration promised = Duration.between(begin, end);
            if (promised.compareTo(left) >= 0) {
                return begin.plus(left);
            }
            left = promised.isNegative() ? left : left.minus(promised);
        }
    }

    /** Whether the promised hours of a day end on the next one, be it at its very beginning. */
    private boolean endsNextDay() {
        return !from.isBefore(until);
    }

    /** Whether the promised hours go on into the next day. */
    public boolean isOverMidnight() {
        return endsNextDay() && !until.equals(LocalTime.MIDNIGHT);
    }

    /** Whether signs are promised at every hour of every day. */
    public boolean isAlways() {
        return !workingDaysOnly && from.equals(LocalTime.MIDNIGHT) && until.equals(LocalTime.MIDNIGHT);
    }

    private static Instant at(LegalDay day, LocalTime time) {
        return LocalDateTime.of(day.date(), time).atZone(LegalDay.ZONE).toInstant();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
