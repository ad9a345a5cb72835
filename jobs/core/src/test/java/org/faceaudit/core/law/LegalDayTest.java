package org.faceaudit.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LegalDayTest {

    /** China had daylight saving until 1991, and local times before 1901. */
    @Test
    void everyInstantLiesInTheDayOfTheCalendarInShanghai() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Instant at = Instant.ofEpochSecond((long) (random.nextGaussian() * 3e9), random.nextInt(1_000_000_000));
            LegalDay day = LegalDay.of(at);

            assertThat(day.date()).as("%s", at).isEqualTo(LocalDate.ofInstant(at, LegalDay.ZONE));
            assertThat(day.start())
                    .isEqualTo(day.date().atStartOfDay(LegalDay.ZONE).toInstant());
            assertThat(LegalDay.of(day.start())).isEqualTo(day);
        }
    }

    @Test
    void aDayBeginsAtSixteenHoursOfTheDayBeforeInGreenwich() {
        assertThat(LegalDay.parse("2026-03-02").start()).isEqualTo("2026-03-01T16:00:00Z");
        assertThat(LegalDay.of(Instant.parse("2026-03-01T15:59:59.999999Z"))).isEqualTo(LegalDay.parse("2026-03-01"));
    }
}
