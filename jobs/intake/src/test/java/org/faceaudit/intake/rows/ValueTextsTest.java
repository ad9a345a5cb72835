package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.TimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextsTest {

    @Test
    void readsEveryFormOfAPointInTime() {
        Instant at = Instant.parse("2026-03-01T01:02:03.12Z");
        for (String text : new String[] {
            "2026-03-01T01:02:03.12Z",
            "2026-03-01T01:02:03.120000Z",
            "2026-03-01T01:02:03.120000000Z",
            "2026-03-01 01:02:03.12Z",
            "2026-03-01T09:02:03.12+08:00"
        }) {
            assertThat(instant(text)).as(text).contains(at);
        }
        assertThat(instant("2026-03-01T01:02:03Z")).contains(Instant.parse("2026-03-01T01:02:03Z"));
    }

    @Test
    void readsTheUsualFormAsTheParserOfAllFormsDoes() {
        Random random = new Random(5);
        int read = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder("2024-02-29T23:59:58.123456Z");
            if (random.nextInt(4) == 0) {
                text.replace(19, 26, "");
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                int place = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(place);
                    case 1 -> text.insert(place, (char) ('0' + random.nextInt(10)));
                    default -> text.setCharAt(place, "0123456789-:.TZ".charAt(random.nextInt(15)));
                }
            }
            Optional<Instant> expected = parsed(text.toString());
            assertThat(instant(text.toString())).as(text.toString()).isEqualTo(expected);
            read += expected.isPresent() ? 1 : 0;
        }
        assertThat(read).isBetween(40_000, 95_000);
    }

    private static Optional<Instant> parsed(String text) {
        try {
            Instant at = WrittenTime.instant(text).toInstant();
            boolean meant = !at.isBefore(Instant.parse("1990-01-01T00:00:00Z"))
                    && at.isBefore(Instant.parse("2200-01-01T00:00:00Z"));
            return meant ? Optional.of(at) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Test
    void readsWhatOthersReadAsTheyDo() {
        Random random = new Random(7);
        int read = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text =
                    new StringBuilder(random.nextBoolean() ? "2024-02-29T23:59:58.123456+08:00" : "2024-02-29T23:59Z");
            for (int i = random.nextInt(3); i > 0; i--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789-:.TZ+".charAt(random.nextInt(16)));
            }
            Optional<Instant> expected;
            try {
                expected = Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                continue;
            }
            assertThat(ValueTexts.anyInstant(TimeType.TIMESTAMPTZ, text.toString(), ZoneOffset.UTC))
                    .as(text.toString())
                    .isEqualTo(expected);
            read++;
        }
        assertThat(read).isGreaterThan(30_000);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01 09:02:03+08",
        "2026-03-01 09:02:03 +0800",
        "2026/3/1 9:02:03+08:00",
        "20260301090203+08",
        "2026年3月1日 09:02:03+08",
        "2026-02-28T19:02:03-06"
    })
    void readsTimesWithTheirZone(String text) {
        assertThat(ValueTexts.instant(TimeType.TIMESTAMPTZ, text, ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-01T01:02:03Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T09:02:03Z",
        "2026-03-01 09:02:03+08:00",
        "2026-03-01 09:02:03+08",
        "2026-3-1 9:02:03",
        "2026/03/01 09:02:03",
        "2026.3.1 09:02:03.000",
        "20260301090203",
        "20260301 090203",
        "2026年3月1日 09:02:03"
    })
    void aTimeWithoutAZoneIsByTheClockOfTheSource(String text) {
        assertThat(ValueTexts.instant(TimeType.TIMESTAMP, text, SHANGHAI))
                .contains(Instant.parse("2026-03-01T01:02:03Z"));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01", "2026-03-01Z", "2026-3-1", "2026/03/01", "2026.3.1", "20260301", "2026年3月1日"})
    void aDayIsALegalDay(String text) {
        assertThat(ValueTexts.day(TimeType.DATE, text, ZoneOffset.UTC)).contains(LegalDay.of(2026, 3, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "EPOCH_SECONDS, 1772326923",
        "EPOCH_SECONDS, 1772326923.0",
        "EPOCH_MILLIS, 1772326923000",
        "EPOCH_MICROS, 1772326923000000",
        "EPOCH_NANOS, 1772326923000000000"
    })
    void countsFromTheEpochInEveryUnit(TimeType type, String text) {
        assertThat(ValueTexts.instant(type, text, SHANGHAI)).contains(Instant.parse("2026-03-01T01:02:03Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP, 01/03/2026 09:02:03",
        "TIMESTAMP, 2026-02-30 09:02:03",
        "TIMESTAMP, 2026-03-01",
        "TIMESTAMP, 0001-01-01 00:00:00",
        "TIMESTAMP, 9999-12-31 23:59:59",
        "TIMESTAMPTZ, 2026-03-01 09:02:03",
        "TIMESTAMPTZ, infinity",
        "DATE, 03/01/2026",
        "DATE, 2026-03-01T00:00:00Z",
        "DATE, 202603",
        "EPOCH_SECONDS, 1e9",
        "EPOCH_SECONDS, 99999999999999999999",
        "EPOCH_SECONDS, -5",
        "EPOCH_MILLIS, 1772326923",
        "EPOCH_MICROS, 1772326923000",
        "EPOCH_NANOS, 1772326923"
    })
    void whatCanBeMeantInTwoWaysOrNotAtAllIsNotRead(TimeType type, String text) {
        assertThat(ValueTexts.instant(type, text, SHANGHAI).filter(at -> !ValueTexts.isUnset(type, text, SHANGHAI)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "EPOCH_SECONDS, 0",
        "EPOCH_MILLIS, 0.000",
        "TIMESTAMP, 0000-00-00 00:00:00",
        "TIMESTAMP, 1970-01-01T00:00:00Z",
        "TIMESTAMP, 1970-01-01 08:00:00",
        "TIMESTAMPTZ, 1970-01-01T00:00:00Z",
        "DATE, 0000-00-00",
        "DATE, 1970-01-01",
        "DATE, ' '",
        "TIMESTAMP, ''"
    })
    void noTimeIsWrittenInManyWays(TimeType type, String text) {
        assertThat(ValueTexts.isUnset(type, text, SHANGHAI)).isTrue();
    }

    @Test
    void everyOtherTimeIsOne() {
        assertThat(ValueTexts.isUnset(TimeType.EPOCH_SECONDS, "1772326923", SHANGHAI))
                .isFalse();
        assertThat(ValueTexts.isUnset(TimeType.DATE, "1970-01-02", SHANGHAI)).isFalse();
        assertThat(ValueTexts.isUnset(TimeType.DATE, "never", SHANGHAI)).isFalse();
    }

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static Optional<Instant> instant(String text) {
        return ValueTexts.instant(TimeType.TIMESTAMPTZ, text, ZoneOffset.UTC);
    }
}
