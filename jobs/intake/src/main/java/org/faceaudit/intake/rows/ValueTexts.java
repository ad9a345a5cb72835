package org.faceaudit.intake.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.TimeType;

/** Makes instants, days and flags of the texts in which databases spell them. What cannot be meant is no answer. */
final class ValueTexts {

    private static final Set<String> TRUE = Set.of("true", "t", "1", "y", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "f", "0", "n", "no", "off", "");
    /** Before it stand numbers that count in another unit than their mapping says, and no face was stored. */
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    /** Beyond it stand infinity and the 9999 of products that have no other word for never. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final String SECONDS = "dddd-dd-ddTdd:dd:dd";
    private static final int NANOS = 9;
    private static final long BILLION = 1_000_000_000L;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,25}(?:\\.\\d{1,25})?");
    private static final String ZERO_DATE = "0000-00-00";

    private ValueTexts() {}

    /** The instant; a day begins at 00:00 of the legal day. */
    static Optional<Instant> instant(TimeType type, String text, ZoneId zone) {
        return anyInstant(type, text, zone).filter(instant -> !instant.isBefore(EARLIEST) && instant.isBefore(LATEST));
    }

    /** The same, however long ago or far ahead. */
    static Optional<Instant> anyInstant(TimeType type, String text, ZoneId zone) {
        try {
            return Optional.of(
                    switch (type) {
                        // As connectors write it; the zone that stands behind is none.
                        case TIMESTAMP ->
                            (isPlain(text)
                                            ? plain(text)
                                                    .atOffset(ZoneOffset.UTC)
                                                    .toLocalDateTime()
                                            : WrittenTime.local(text))
                                    .atZone(zone)
                                    .toInstant();
                        case TIMESTAMPTZ ->
                            isPlain(text)
                                    ? plain(text)
                                    : WrittenTime.instant(text).toInstant();
                        case DATE ->
                            LegalDay.of(WrittenTime.day(withoutOffset(text))).start();
                        case EPOCH_SECONDS -> sinceEpoch(text, 0);
                        case EPOCH_MILLIS -> sinceEpoch(text, 3);
                        case EPOCH_MICROS -> sinceEpoch(text, 6);
                        case EPOCH_NANOS -> sinceEpoch(text, NANOS);
                    });
        } catch (DateTimeException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Whether a text is of the form {@code 2026-03-01T01:02:03.123456Z}, with up to nine digits behind the point or none: so
     * connectors write, a million times over, and the parser of all forms takes its time.
     */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length < SECONDS.length() + 1 || length > SECONDS.length() + 11 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char form = i < SECONDS.length() ? SECONDS.charAt(i) : i == SECONDS.length() ? '.' : 'd';
            char c = text.charAt(i);
            if (form == 'd' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return length != SECONDS.length() + 2
                && number(text, 11, 13) < 24
                && number(text, 14, 16) < 60
                && number(text, 17, 19) < 60;
    }

    private static Instant plain(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long second = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60 + number(text, 17, 19);
        int nano = 0;
        for (int i = SECONDS.length() + 1; i < SECONDS.length() + 10; i++) {
            nano = nano * 10 + (i < text.length() - 1 ? text.charAt(i) - '0' : 0);
        }
        return Instant.ofEpochSecond(day * 86_400 + second, nano);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    static Optional<LegalDay> day(TimeType type, String text, ZoneId zone) {
        return instant(type, text, zone).map(LegalDay::of);
    }

    static Optional<Boolean> flag(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return Optional.of(true);
        }
        return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
    }

    /** A number of seconds, or of their 10^{@code digits}th parts, with a fraction or without. */
    private static Instant sinceEpoch(String text, int digits) {
        if (!NUMBER.matcher(text).matches()) {
            throw new DateTimeException("no number");
        }
        BigInteger nanos = new BigDecimal(text)
                .movePointRight(NANOS - digits)
                .setScale(0, RoundingMode.FLOOR)
                .toBigIntegerExact();
        BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(BILLION));
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /**
     * Whether a text is how databases and programs write that there is no time: nothing, a zero date, zero as a number, or the day
     * on which their clocks began, which a column that may hold no NULL has instead. Nobody gave a consent then, or stored a face.
     */
    static boolean isUnset(TimeType type, String text, ZoneId zone) {
        return text.isBlank()
                || text.startsWith(ZERO_DATE)
                || (mayBeEpoch(type, text)
                        && anyInstant(type, text, zone)
                                .filter(ValueTexts::isEpoch)
                                .isPresent());
    }

    /** Asked of every time that is read, a million times over: nearly all of them begin otherwise, or are longer numbers. */
    private static boolean mayBeEpoch(TimeType type, String text) {
        int digits = 5;
        switch (type) {
            case EPOCH_SECONDS -> {
                // As it stands.
            }
            case EPOCH_MILLIS -> digits += 3;
            case EPOCH_MICROS -> digits += 6;
            case EPOCH_NANOS -> digits += NANOS;
            case TIMESTAMP, TIMESTAMPTZ, DATE -> {
                return text.startsWith("1970") || text.startsWith("1969");
            }
        }
        int point = text.indexOf('.');
        return (point < 0 ? text.length() : point) <= digits;
    }

    /** The day on which those clocks began, anywhere on earth. */
    private static boolean isEpoch(Instant instant) {
        return instant.isAfter(Instant.EPOCH.minus(Duration.ofHours(15)))
                && instant.isBefore(Instant.EPOCH.plus(Duration.ofHours(13)));
    }

    private static String withoutOffset(String text) {
        return text.replaceFirst("(?<=[0-9])(?:Z|[+-]\\d{2}:\\d{2})$", "");
    }
}
