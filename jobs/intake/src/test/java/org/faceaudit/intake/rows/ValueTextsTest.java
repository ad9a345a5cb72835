package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.faceaudit.intake.mapping.TimeType;
import org.junit.jupiter.api.Test;

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
            Instant at = OffsetDateTime.parse(text).toInstant();
            boolean meant = !at.isBefore(Instant.EPOCH) && at.isBefore(Instant.parse("2200-01-01T00:00:00Z"));
            return meant ? Optional.of(at) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        return ValueTexts.instant(TimeType.TIMESTAMPTZ, text, ZoneOffset.UTC);
    }
}
