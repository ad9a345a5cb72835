package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayExpressionTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            day                             | 2026-11-22
            day-3d                          | 2026-11-19
            day-1wd                         | 2026-11-20
            day-25wd                        | 2026-10-19
            day+1wd                         | 2026-11-23
            2026-03-02                      | 2026-03-02
            2026-03-02-1d                   | 2026-03-01
            2026-08-21+30wd                 | 2026-10-09
            due(filing, 2026-08-21)         | 2026-10-09
            strict(filing, 2026-08-21)      | 2026-10-08
            due(filing, 2025-05-30)         | 2025-07-14
            strict(filing, 2025-06-01)      | 2025-07-14
            due(change, 2025-05-30)         | 2025-07-14
            due(filing, day-2d)             | 2027-01-04
            due(filing, 2026-08-21)+1d      | 2026-10-10
            strict(deregistration, day-40wd)-1wd | 2026-11-05
            """)
    void namesADay(String expression, LocalDate expected) {
        assertThat(DayExpression.parse(expression).on(DAY, OracleCalendarTest.calendar()))
                .isEqualTo(expected);
    }

    @Test
    void namesAnInstantByTheClockInShanghai() {
        assertThat(DayExpression.parse("day-3d 10:00").at(DAY, OracleCalendarTest.calendar()))
                .isEqualTo(Instant.parse("2026-11-19T02:00:00Z"));
        assertThat(DayExpression.parse("day").at(DAY, OracleCalendarTest.calendar()))
                .isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "today", "day-3", "day-3w", "due(tax, day)", "due(filing day)", "2026-02-30", "day 25:00 x"})
    void refusesWhatNamesNoDay(String expression) {
        assertThatThrownBy(() -> DayExpression.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }
}
