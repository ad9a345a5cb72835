package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleCalendarTest {

    private static final Path LAW = Path.of("../../sql/law");
    private static final String PROLONGED = "gov-2020-extra,2020-01-26,2020-01-31,2020-02-02,x,true\n";
    private static final String NOTICE_OF_2020 = "gov-2020,2019-11-21,2020-01-01,2020-12-31,x,true\n";

    static OracleCalendar calendar() {
        try {
            return OracleCalendar.fromCsv(
                    Files.readString(LAW.resolve("calendar_notice.csv")),
                    Files.readString(LAW.resolve("calendar_day.csv")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2025-06-01, 2025-07-14, 2025-07-14",
        "2025-06-03, 2025-07-15, 2025-07-14",
        "2025-06-30, 2025-08-11, 2025-08-08",
        "2025-08-20, 2025-09-30, 2025-09-29",
        "2025-09-12, 2025-10-30, 2025-10-29",
        "2025-09-28, 2025-11-14, 2025-11-13",
        "2025-10-01, 2025-11-18, 2025-11-18",
        "2025-12-20, 2026-02-02, 2026-02-02",
        "2026-01-05, 2026-02-14, 2026-02-13",
        "2026-01-16, 2026-03-05, 2026-03-04",
        "2026-02-14, 2026-04-03, 2026-04-02",
        "2026-02-16, 2026-04-03, 2026-04-03",
        "2026-03-20, 2026-05-07, 2026-05-06",
        "2026-04-10, 2026-05-26, 2026-05-25",
        "2026-05-09, 2026-06-22, 2026-06-18",
        "2026-08-21, 2026-10-09, 2026-10-08",
        "2026-09-18, 2026-11-05, 2026-11-04",
        "2026-11-19, 2026-12-31, 2026-12-30",
        "2026-11-20, 2027-01-04, 2026-12-31"
    })
    void countsThirtyWorkingDays(LocalDate trigger, LocalDate due, LocalDate strict) {
        assertThat(Due.after(trigger, 30, calendar())).isEqualTo(new Due(due, strict));
    }

    @Test
    void isProvisionalPastTheLastNotice() {
        assertThat(calendar().isProvisional(LocalDate.of(2026, 11, 19), LocalDate.of(2026, 12, 31)))
                .isFalse();
        assertThat(calendar().isProvisional(LocalDate.of(2026, 11, 20), LocalDate.of(2027, 1, 4)))
                .isTrue();
        assertThat(calendar().version()).isEqualTo("gov-2025+gov-2026");
    }

    @Test
    void aNoticeThatIsNotActiveCountsForNothing() {
        String notices = "id,published_on,covers_from,covers_to,source,active\n"
                + "gov-2025,2024-11-12,2025-01-01,2025-12-31,x,true\n"
                + "gov-2026,2025-11-04,2026-01-01,2026-12-31,\"x, y\",false\n";
        String days = "notice_id,day,kind,name\ngov-2026,2026-01-02,HOLIDAY,元旦\n";
        OracleCalendar calendar = OracleCalendar.fromCsv(notices, days);

        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 1, 2))).isTrue();
        assertThat(calendar.isProvisional(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 2)))
                .isTrue();
        assertThat(calendar.version()).isEqualTo("gov-2025");
    }

    private static OracleCalendar calendarOf2020(String notices) {
        StringBuilder days = new StringBuilder("notice_id,day,kind,name\n");
        for (int day = 24; day <= 30; day++) {
            days.append("gov-2020,2020-01-").append(day).append(",HOLIDAY,春节\n");
        }
        days.append("gov-2020,2020-01-19,WORKDAY,春节\ngov-2020,2020-02-01,WORKDAY,春节\n");
        for (String day : List.of("2020-01-31", "2020-02-01", "2020-02-02")) {
            days.append("gov-2020-extra,").append(day).append(",HOLIDAY,春节\n");
        }
        return OracleCalendar.fromCsv(
                "id,published_on,covers_from,covers_to,source,active\n" + notices, days.toString());
    }

    @Test
    void aDeadlineOf2020MovedWithTheNotices() {
        LocalDate trigger = LocalDate.of(2020, 1, 6);

        assertThat(Due.after(trigger, 30, calendarOf2020("")).on()).isEqualTo(LocalDate.of(2020, 2, 17));
        assertThat(Due.after(trigger, 30, calendarOf2020(NOTICE_OF_2020)).on()).isEqualTo(LocalDate.of(2020, 2, 20));
        // The later notice makes the working Saturday a holiday; which of the two is read first means nothing.
        for (String both : List.of(NOTICE_OF_2020 + PROLONGED, PROLONGED + NOTICE_OF_2020)) {
            assertThat(Due.after(trigger, 30, calendarOf2020(both)).on()).isEqualTo(LocalDate.of(2020, 2, 24));
        }
    }

    @Test
    void aYearThatNoNoticeCoversMakesEveryDeadlineThroughItProvisional() {
        OracleCalendar calendar = OracleCalendar.fromCsv(
                "id,published_on,covers_from,covers_to,source,active\n"
                        + "gov-2025,2024-11-12,2025-01-01,2025-12-31,x,true\n"
                        + "gov-2027,2026-11-05,2027-01-01,2027-12-31,x,true\n",
                "notice_id,day,kind,name\n");

        assertThat(calendar.isProvisional(LocalDate.of(2025, 12, 1), LocalDate.of(2025, 12, 31)))
                .isFalse();
        assertThat(calendar.isProvisional(LocalDate.of(2025, 12, 1), LocalDate.of(2026, 1, 1)))
                .isTrue();
        assertThat(calendar.isProvisional(LocalDate.of(2026, 12, 30), LocalDate.of(2027, 1, 5)))
                .isTrue();
        assertThat(calendar.isProvisional(LocalDate.of(2026, 12, 31), LocalDate.of(2027, 1, 5)))
                .isFalse();
    }
}
