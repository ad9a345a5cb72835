package org.faceaudit.runtime.types;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Points in time as connectors write them most: {@code 2026-03-01T01:02:03.123456Z}, from 1970 to 2199. */
final class PointsInTime {

    private static final String FORM = "dddd-dd-ddTdd:dd:dd.ddddddZ";
    /** Characters of each. */
    static final int LENGTH = FORM.length();

    private static final long DAY = 86_400_000_000L;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private PointsInTime() {}

    static boolean isCanonical(String text) {
        if (text.length() != LENGTH || text.charAt(LENGTH - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == 'd' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        return year >= 1970
                && year < 2200
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= DAYS[month - 1] || (month == 2 && day == 29 && isLeap(year)))
                && number(text, 11, 13) < 24
                && number(text, 14, 16) < 60
                && number(text, 17, 19) < 60;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Microseconds since the epoch of a canonical text. */
    static long micros(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long second = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60 + number(text, 17, 19);
        return day * DAY + second * 1_000_000 + number(text, 20, 26);
    }

    static String text(long micros) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, DAY));
        long ofDay = Math.floorMod(micros, DAY);
        byte[] text = FORM.getBytes(StandardCharsets.US_ASCII);
        write(date.getYear(), text, 0, 4);
        write(date.getMonthValue(), text, 5, 7);
        write(date.getDayOfMonth(), text, 8, 10);
        write((int) (ofDay / 3_600_000_000L), text, 11, 13);
        write((int) (ofDay / 60_000_000L % 60), text, 14, 16);
        write((int) (ofDay / 1_000_000L % 60), text, 17, 19);
        write((int) (ofDay % 1_000_000L), text, 20, 26);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static void write(int number, byte[] text, int from, int to) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
