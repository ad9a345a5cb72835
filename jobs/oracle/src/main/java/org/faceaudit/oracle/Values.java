package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads the spellings of Debezium's ISO text: dates and local times carry a {@code Z} that means nothing. */
final class Values {

    /** China has kept UTC+8 without daylight saving for all days the Measures know. */
    static final ZoneOffset SHANGHAI = ZoneOffset.ofHours(8);

    private Values() {}

    static boolean isNull(JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode();
    }

    static String text(JsonNode row, String column) {
        JsonNode node = row.get(column);
        return isNull(node) ? null : node.asText();
    }

    static boolean flag(JsonNode row, String column) {
        JsonNode node = row.get(column);
        return !isNull(node) && node.asBoolean();
    }

    /** A {@code date} column: {@code 2026-03-02Z}, {@code 2026-03-02} or days since the epoch. */
    static LocalDate date(JsonNode row, String column) {
        JsonNode node = row.get(column);
        if (isNull(node)) {
            return null;
        }
        return node.isNumber()
                ? LocalDate.ofEpochDay(node.asLong())
                : LocalDate.parse(node.asText().substring(0, 10));
    }

    /** A {@code timestamp with time zone} column. */
    static Instant zoned(JsonNode row, String column) {
        String text = text(row, column);
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
    }

    /** A {@code timestamp} column: local time in Shanghai, whatever the text ends with. */
    static Instant local(JsonNode row, String column) {
        String text = text(row, column);
        if (text == null) {
            return null;
        }
        String bare = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        return LocalDateTime.parse(bare).toInstant(SHANGHAI);
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, SHANGHAI);
    }

    static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(SHANGHAI);
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
