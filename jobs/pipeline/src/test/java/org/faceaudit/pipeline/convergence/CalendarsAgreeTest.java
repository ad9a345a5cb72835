package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.CalendarDay;
import org.faceaudit.core.law.CalendarNotice;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.WorkingCalendar;
import org.faceaudit.oracle.Due;
import org.faceaudit.oracle.OracleCalendar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Job and oracle count days alike by whatever notices the registry lets in: ranges that overlap, leave gaps between them and
 * hold days that no row names, some of which an earlier notice or the law itself does name.
 */
class CalendarsAgreeTest {

    private static final int CALENDARS = 40;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 500;
    private static final Position NOWHERE =
            new Position("cdc.registry", 0, 1, "0/1", "1", "t", "k", Instant.EPOCH, false);

    private final List<Map<String, String>> notices = new ArrayList<>();
    private final List<Map<String, String>> days = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverTheNotices(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CALENDARS; i++) {
            notices.clear();
            days.clear();
            invent(random);
            WorkingCalendar job = job();
            OracleCalendar oracle = new OracleCalendar(notices, days);

            assertThat(job.version()).isEqualTo(oracle.version());
            for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(DAYS)); day = day.plusDays(1)) {
                assertThat(job.isWorkingDay(legal(day)))
                        .as("%s by %s %s", day, notices, days)
                        .isEqualTo(oracle.isWorkingDay(day));
            }
            for (int deadline = 0; deadline < 10; deadline++) {
                LocalDate trigger = FIRST.plusDays(random.nextInt(DAYS));
                Deadline due = job.workingDaysAfter(legal(trigger), 30);
                assertThat(new Due(due.dueOn().date(), due.dueOnStrict().date()))
                        .as("due after %s by %s %s", trigger, notices, days)
                        .isEqualTo(Due.after(trigger, 30, oracle));
                assertThat(due.provisional())
                        .as("provisional after %s by %s", trigger, notices)
                        .isEqualTo(oracle.isProvisional(trigger, due.dueOn().date()));
            }
        }
    }

    private static LegalDay legal(LocalDate day) {
        return LegalDay.of(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    /** Notices as the registry's checks let them in, each published on a day of its own, some not active. */
    private void invent(Random random) {
        notices.add(Map.of("id", "statutory-days", "active", "false"));
        for (int i = random.nextInt(12); i > 0; i--) {
            day("statutory-days", FIRST.plusDays(random.nextInt(DAYS)), "HOLIDAY");
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            String id = "n" + i;
            LocalDate from = FIRST.plusDays(random.nextInt(DAYS));
            LocalDate to = from.plusDays(random.nextInt(random.nextBoolean() ? 20 : 300));
            notices.add(Map.of(
                    "id",
                    id,
                    "published_on",
                    FIRST.plusDays(random.nextInt(50) * 10 + i).toString(),
                    "covers_from",
                    from.toString(),
                    "covers_to",
                    to.toString(),
                    "active",
                    Boolean.toString(random.nextInt(5) > 0)));
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
                if (random.nextInt(6) == 0) {
                    day(id, day, weekend && random.nextBoolean() ? "WORKDAY" : "HOLIDAY");
                }
            }
        }
    }

    private void day(String notice, LocalDate day, String kind) {
        days.add(Map.of("notice_id", notice, "day", day.toString(), "kind", kind));
    }

    private WorkingCalendar job() {
        return WorkingCalendar.of(
                notices.stream().map(CalendarsAgreeTest::notice).toList(),
                days.stream()
                        .map(row -> new CalendarDay(
                                row.get("notice_id"),
                                LegalDay.parse(row.get("day")),
                                row.get("kind").equals("WORKDAY"),
                                null))
                        .toList());
    }

    private static CalendarNotice notice(Map<String, String> row) {
        return new CalendarNotice(
                row.get("id"),
                day(row.get("published_on")),
                day(row.get("covers_from")),
                day(row.get("covers_to")),
                "made up",
                row.get("active").equals("true"),
                NOWHERE);
    }

    private static LegalDay day(String text) {
        return text == null ? null : LegalDay.parse(text);
    }
}
