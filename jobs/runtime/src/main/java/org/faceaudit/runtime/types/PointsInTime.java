package org.faceaudit.runtime.types;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.faceaudit.intake.envelope.PlainBytes;

/** Points in time as connectors write them most: {@code 2026-03-01T01:02:03.123456Z}, from 1970 to 2199. */
final class PointsInTime {

    private static final String FORM = "dddd-dd-ddTdd:dd:dd.ddddddZ";
    /** Characters of each. */
    static final int LENGTH = FORM.length();

    /** Where eight bytes each are looked at, which cover all. */
    private static final int[] PLACES = {0, 8, 16, LENGTH - 8};

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long[] SAME = new long[PLACES.length];
    private static final long[] BEYOND = new long[PLACES.length];

    static {
        for (int part = 0; part < PLACES.length; part++) {
            for (int i = 0; i < 8; i++) {
                char form = FORM.charAt(PLACES[part] + i);
                SAME[part] |= (long) (form == 'd' ? '0' : form) << 8 * i;
                BEYOND[part] |= (long) (form == 'd' ? 0x7f - 9 : 0x7f) << 8 * i;
            }
        }
    }

    private static final byte[] FORM_BYTES = FORM.getBytes(StandardCharsets.US_ASCII);

    private static final long DAY = 86_400_000_000L;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final int LEAPS_BEFORE_1970 = 1969 / 4 - 1969 / 100 + 1969 / 400;

    private PointsInTime() {}

    /** Whether as many bytes from a place on are one. */
    static boolean isCanonical(byte[] text, int from) {
        if (!hasForm(text, from, 0) || !hasForm(text, from, 1) || !hasForm(text, from, 2) || !hasForm(text, from, 3)) {
            return false;
        }
        int year = number(text, from, 0, 4);
        int month = number(text, from, 5, 7);
        int day = number(text, from, 8, 10);
        return year >= 1970
                && year < 2200
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= DAYS[month - 1] || (month == 2 && day == 29 && isLeap(year)))
                && number(text, from, 11, 13) < 24
                && number(text, from, 14, 16) < 60
                && number(text, from, 17, 19) < 60;
    }

    /** Whether eight bytes at a time are digits where digits belong, and what else belongs there. */
    private static boolean hasForm(byte[] text, int from, int part) {
        // What is no digit differs from 0 by more than nine; what is not the form's own differs from it at all.
        long difference = PlainBytes.eight(text, from + PLACES[part]) ^ SAME[part];
        return ((difference | (difference + BEYOND[part])) & HIGH_BITS) == 0;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Microseconds since the epoch of a canonical text. */
    static long micros(byte[] text, int from) {
        long day = epochDay(number(text, from, 0, 4), number(text, from, 5, 7), number(text, from, 8, 10));
        long second = (number(text, from, 11, 13) * 60L + number(text, from, 14, 16)) * 60 + number(text, from, 17, 19);
        return day * DAY + second * 1_000_000 + number(text, from, 20, 26);
    }

    /** Days since 1970-01-01, without the object that {@link LocalDate} would be; only of years from 1970 to 2199. */
    private static long epochDay(int year, int month, int day) {
        int before = year - 1;
        int leaps = before / 4 - before / 100 + before / 400 - LEAPS_BEFORE_1970;
        int ofYear = DAYS_BEFORE[month - 1] + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
        return (year - 1970) * 365L + leaps + ofYear;
    }

    static String text(long micros) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, DAY));
        long ofDay = Math.floorMod(micros, DAY);
        byte[] text = FORM_BYTES.clone();
        write(date.getYear(), text, 0, 4);
        write(date.getMonthValue(), text, 5, 7);
        write(date.getDayOfMonth(), text, 8, 10);
        write((int) (ofDay / 3_600_000_000L), text, 11, 13);
        write((int) (ofDay / 60_000_000L % 60), text, 14, 16);
        write((int) (ofDay / 1_000_000L % 60), text, 17, 19);
        write((int) (ofDay % 1_000_000L), text, 20, 26);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static int number(byte[] text, int at, int from, int to) {
        return (int) PlainBytes.number(text, at + from, at + to);
    }

    private static void write(int number, byte[] text, int from, int to) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
