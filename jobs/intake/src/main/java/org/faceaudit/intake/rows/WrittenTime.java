package org.faceaudit.intake.rows;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Days and times as people and programs write them into text columns, the year first: {@code 2026-3-1 8:05}, {@code 2026/03/01},
 * {@code 20260301080500}, {@code 2026年3月1日 08:05:00.5}, with {@code Z}, {@code +08}, {@code +0800} or {@code +08:00} behind where
 * they carry a zone. What begins with a day or a month can be meant in two ways, and is not read.
 */
final class WrittenTime {

    private static final String DAY = "(?:(?<y1>\\d{4})-(?<m1>\\d{1,2})-(?<d1>\\d{1,2})"
            + "|(?<y2>\\d{4})/(?<m2>\\d{1,2})/(?<d2>\\d{1,2})"
            + "|(?<y3>\\d{4})\\.(?<m3>\\d{1,2})\\.(?<d3>\\d{1,2})"
            + "|(?<y4>\\d{4})年(?<m4>\\d{1,2})月(?<d4>\\d{1,2})日"
            + "|(?<y5>\\d{4})(?<m5>\\d{2})(?<d5>\\d{2}))";
    private static final String TIME =
            "(?:[ T]{1,2}(?<h1>\\d{1,2}):(?<i1>\\d{2})(?::(?<s1>\\d{2})(?:[.,](?<n1>\\d{0,9}))?)?"
                    + "|[ T]?(?<h2>\\d{2})(?<i2>\\d{2})(?<s2>\\d{2})(?:\\.(?<n2>\\d{0,9}))?)";
    private static final String ZONE = " ?(?<zone>Z|[+-]\\d{2}(?::?\\d{2})?)";

    private static final Pattern ONLY_DAY = Pattern.compile(DAY);
    private static final Pattern WITHOUT_ZONE = Pattern.compile(DAY + TIME + "(?:" + ZONE + ")?");
    private static final Pattern WITH_ZONE = Pattern.compile(DAY + TIME + ZONE);

    private static final int DAYS = 5;
    private static final int TIMES = 2;

    private WrittenTime() {}

    /**
     * A day.
     *
     * @throws DateTimeException if it is none
     */
    static LocalDate day(String text) {
        return day(matched(ONLY_DAY, text));
    }

    /**
     * A day and a time by the clock on the wall, whatever zone stands behind it.
     *
     * @throws DateTimeException if it is none
     */
    static LocalDateTime local(String text) {
        Matcher written = matched(WITHOUT_ZONE, text);
        return LocalDateTime.of(day(written), time(written));
    }

    /**
     * An instant, told by a time with its zone.
     *
     * @throws DateTimeException if it is none
     */
    static OffsetDateTime instant(String text) {
        Matcher written = matched(WITH_ZONE, text);
        return OffsetDateTime.of(day(written), time(written), ZoneOffset.of(written.group("zone")));
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher written = pattern.matcher(text.strip());
        if (!written.matches()) {
            throw new DateTimeException("no time that can be read");
        }
        return written;
    }

    private static LocalDate day(Matcher written) {
        return LocalDate.of(number(written, "y", DAYS), number(written, "m", DAYS), number(written, "d", DAYS));
    }

    private static LocalTime time(Matcher written) {
        String fraction = first(written, "n", TIMES);
        String nanos = fraction == null ? "0" : (fraction + "000000000").substring(0, 9);
        return LocalTime.of(
                number(written, "h", TIMES),
                number(written, "i", TIMES),
                first(written, "s", TIMES) == null ? 0 : number(written, "s", TIMES),
                Integer.parseInt(nanos));
    }

    private static int number(Matcher written, String part, int ways) {
        return Integer.parseInt(first(written, part, ways));
    }

    private static String first(Matcher written, String part, int ways) {
        return Stream.iterate(1, way -> way + 1)
                .limit(ways)
                .map(way -> written.group(part + way))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
