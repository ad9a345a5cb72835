package org.faceaudit.core.law;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A date as the law counts it: the calendar day in Asia/Shanghai.
 *
 * @param epochDay days since 1970-01-01
 */
public record LegalDay(int epochDay) implements Comparable<LegalDay> {

    /** The zone of the law: UTC+8, no daylight saving. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int SECONDS_PER_DAY = 86_400;

    /** Starts of the days from 1970 to 2107 as they are asked for: whoever walks through a history asks for each of its days. */
    private static final Instant[] STARTS = new Instant[50_000];

    public static LegalDay of(LocalDate date) {
        return new LegalDay(Math.toIntExact(date.toEpochDay()));
    }

    public static LegalDay of(int year, int month, int day) {
        return of(LocalDate.of(year, month, day));
    }

    /** The legal day in which an instant falls. */
    public static LegalDay of(Instant instant) {
        int offset = ZONE.getRules().getOffset(instant).getTotalSeconds();
        return new LegalDay(Math.toIntExact(Math.floorDiv(instant.getEpochSecond() + offset, SECONDS_PER_DAY)));
    }

    /**
     * Reads an ISO date such as {@code 2026-02-28}.
     *
     * @throws java.time.format.DateTimeParseException if the text is no date that exists
     */
    public static LegalDay parse(String text) {
        return of(LocalDate.parse(text));
    }

    public LocalDate date() {
        return LocalDate.ofEpochDay(epochDay);
    }

    /** The first instant of the day, 00:00 in Asia/Shanghai. */
    public Instant start() {
        if (epochDay < 0 || epochDay >= STARTS.length) {
            return date().atStartOfDay(ZONE).toInstant();
        }
        Instant start = STARTS[epochDay];
        if (start == null) {
            start = date().atStartOfDay(ZONE).toInstant();
            STARTS[epochDay] = start;
        }
        return start;
    }

    /** The last instant of the day that a database can tell from the next day's first: microseconds. */
    public Instant end() {
        return plusDays(1).start().minus(1, ChronoUnit.MICROS);
    }

    public LegalDay plusDays(int days) {
        return new LegalDay(Math.addExact(epochDay, days));
    }

    public boolean isAfter(LegalDay other) {
        return epochDay > other.epochDay;
    }

    public boolean isBefore(LegalDay other) {
        return epochDay < other.epochDay;
    }

    @Override
    public int compareTo(LegalDay other) {
        return Integer.compare(epochDay, other.epochDay);
    }

    @Override
    public String toString() {
        return date().toString();
    }
}
