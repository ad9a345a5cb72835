package org.faceaudit.intake.rows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.TimeType;

/** Makes instants, days and flags of the texts in which databases spell them. What cannot be meant is no answer. */
final class ValueTexts {

    private static final Set<String> TRUE = Set.of("true", "t", "1", "y", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "f", "0", "n", "no", "off", "");
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    /** Beyond it stand infinity and the 9999 of products that have no other word for never. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final String SECONDS = "dddd-dd-ddTdd:dd:dd";
    private static final long MILLION = 1_000_000L;
    private static final long THOUSAND = 1_000L;

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
                        case TIMESTAMP ->
                            LocalDateTime.parse(withoutOffset(text.replace(' ', 'T')))
                                    .atZone(zone)
                                    .toInstant();
                        case TIMESTAMPTZ ->
                            isPlain(text)
                                    ? plain(text)
                                    : OffsetDateTime.parse(text.replace(' ', 'T'))
                                            .toInstant();
                        case DATE -> LegalDay.parse(withoutOffset(text)).start();
                        case EPOCH_SECONDS -> Instant.ofEpochSecond(Long.parseLong(text));
                        case EPOCH_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
                        case EPOCH_MICROS -> micros(Long.parseLong(text));
                    });
        } catch (DateTimeException | NumberFormatException | ArithmeticException unreadable) {
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

    private static Instant micros(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MILLION), Math.floorMod(micros, MILLION) * THOUSAND);
    }

    private static String withoutOffset(String text) {
        return text.replaceFirst("(?<=[0-9])(?:Z|[+-]\\d{2}:\\d{2})$", "");
    }
}
