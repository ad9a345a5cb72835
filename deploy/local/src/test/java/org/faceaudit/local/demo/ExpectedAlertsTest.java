package org.faceaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.OracleCalendar;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.RegistrySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedAlertsTest {
    private static final String HEADER =
            "rule,operator,subject_kind,subject,trigger,episode,verdict,status,due_on,why\n";
    private static final SampleDays DAYS = NoticesInForce.days(LegalDay.of(2026, 11, 22));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22",
                "2026-12-31",
                "2027-01-01",
                "2027-01-04",
                "2027-02-05",
                "2027-02-28",
                "2027-10-03",
                "2028-02-29"
            })
    void everyDateIsADayWheneverTheDemoRuns(String day) {
        SampleDays days = NoticesInForce.days(LegalDay.parse(day));
        List<AlertRow> rows = ExpectedAlerts.shipped(days);
        assertThat(rows)
                .filteredOn(row -> !row.ruleId().equals("calendar-notice-missing"))
                .hasSize(32);
        for (AlertRow row : rows) {
            assertThat(row.dueOn()).matches("(\\d{4}-\\d{2}-\\d{2})?");
        }
        for (String name : List.of("iron-gym", "silk-gym", "lake-university", "hill-college", "registry")) {
            assertThat(days.fill(SampleSource.resource("rows/" + name + ".sql"), Map.of("jpeg", "''")))
                    .doesNotContain("${")
                    .contains("'20");
        }
    }

    /** The seed's notices end some day; from then on the demo shows what is missing, whenever it runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-13", "2026-11-16", "2026-11-25", "2027-11-15", "2027-11-16", "2029-06-01", "2031-06-01"
            })
    void theYearsWithoutANoticeAreThoseThatTheOracleMisses(String day) {
        RegistrySource registry = new RegistrySource(LawRows.read(Path.of("../../sql/law")));
        registry.source().snapshot(Instant.parse("2026-03-01T00:00:00Z"));
        registry.beat(LegalDay.parse(day).start().plusSeconds(3_600));
        List<String> missed = new Oracle(registry.source().records())
                .alerts().stream()
                        .map(alert -> alert.ruleId()
                                + ' '
                                + alert.operator()
                                + ' '
                                + alert.alertId()
                                + ' '
                                + alert.episode()
                                + ' '
                                + alert.verdict()
                                + ' '
                                + alert.status())
                        .toList();

        assertThat(ExpectedAlerts.shipped(NoticesInForce.days(LegalDay.parse(day))))
                .filteredOn(row -> row.operator().equals("registry"))
                .extracting(row -> row.ruleId()
                        + ' '
                        + row.operator()
                        + ' '
                        + row.alertId()
                        + ' '
                        + row.episode()
                        + ' '
                        + row.verdict()
                        + ' '
                        + row.status())
                .containsExactlyInAnyOrderElementsOf(missed);
    }

    @Test
    void datesRelativeToTheDayAreTheDaysMeant() {
        List<AlertRow> rows = ExpectedAlerts.shipped(DAYS);
        assertThat(dueOn(rows, "raw-image-retained", "silk-gym", "gym/purpose-ended"))
                .isEqualTo("2026-12-02");
        assertThat(dueOn(rows, "raw-image-retained", "iron-gym", "gym/purpose-ended"))
                .isEqualTo("2026-10-28");
        assertThat(dueOn(rows, "raw-image-retained", "iron-gym", "gym/period-ended"))
                .isEqualTo("2026-11-02");
    }

    @Test
    void filingsAreDueThirtyWorkingDaysAfterTheSamplesReached() {
        List<AlertRow> rows = ExpectedAlerts.shipped(DAYS);
        String cloud = DAYS.day("due(filing, " + FaceTable.HUNDRED_THOUSANDTH.toLocalDate() + ")")
                .toString();
        String green = DAYS.day("due(filing, 2026-03-02)").toString();
        assertThat(cloud).isEqualTo("2026-08-19");
        assertThat(green).isEqualTo("2026-04-14");
        assertThat(dueOn(rows, "filing-overdue", "cloud-gate", "cloud-gate")).isEqualTo(cloud);
        assertThat(dueOn(rows, "storage-reached", "clear-gate", "clear-gate")).isEqualTo(cloud);
        assertThat(dueOn(rows, "filing-overdue", "green-court", "green-court")).isEqualTo(green);
    }

    /** Else a run that starts on one side of a boundary would be judged on the other side the next day. */
    @Test
    void noSampleLiesWithinTwoWorkingDaysOfABoundary() {
        OracleCalendar calendar = NoticesInForce.calendar();
        String samples = SampleSource.resource("rows/iron-gym.sql")
                + SampleSource.resource("rows/silk-gym.sql")
                + SampleSource.resource("rows/lake-university.sql")
                + SampleSource.resource("rows/hill-college.sql")
                + SampleSource.resource("rows/registry.sql")
                + SampleSource.resource(ExpectedAlerts.RESOURCE);
        Set<String> expressions = new HashSet<>();
        Matcher found = Pattern.compile("day[+-]\\d+d").matcher(samples);
        while (found.find()) {
            expressions.add(found.group());
        }
        // A configuration holds since then, and no rule looks at how long beyond an hour; people tried a door, and that
        // counts for a week at least.
        expressions.removeAll(Set.of("day-3d", "day-2d"));
        assertThat(expressions).hasSizeGreaterThan(15);
        // Months without a holiday of a week; in such a week five calendar days may hold no working day at all.
        for (LocalDate day = LocalDate.of(2026, 11, 22);
                day.isBefore(LocalDate.of(2027, 1, 31));
                day = day.plusDays(1)) {
            SampleDays days = NoticesInForce.days(LegalDay.of(day));
            for (String expression : expressions) {
                LocalDate date = days.day(expression).date();
                int between = date.isBefore(day)
                        ? calendar.workingDaysBetween(date, day)
                        : calendar.workingDaysBetween(day, date);
                assertThat(between).as(expression + " seen from " + day).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void everyAlertIdIsTheOneThatItsKeyMakes() {
        AlertRow row = ExpectedAlerts.shipped(DAYS).stream()
                .filter(candidate -> candidate.subject().equals("gym/gate-1"))
                .findFirst()
                .orElseThrow();
        assertThat(row.alertId())
                .isEqualTo(new AlertKey("sole-face-method", "iron-gym", "access-point", "gym/gate-1", "")
                        .id()
                        .toString());
    }

    @Test
    void aWrongLineIsNamed() {
        String good = "sole-face-method,iron-gym,access-point,gym/gate-1,,1,VIOLATION,OPEN,,\"because, so\"\n";
        assertThat(ExpectedAlerts.read("# comment\n\n" + HEADER + good, DAYS)).hasSize(1);
        assertThatThrownBy(() -> ExpectedAlerts.read(HEADER + good + good, DAYS))
                .hasMessageContaining("line 3")
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> ExpectedAlerts.read(HEADER + good.replace("VIOLATION", "BREACH"), DAYS))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> ExpectedAlerts.read(HEADER + good.replace("OPEN,,", "OPEN,soon,"), DAYS))
                .hasMessageContaining("line 2")
                .hasMessageContaining("soon");
        assertThatThrownBy(() -> ExpectedAlerts.read(HEADER + good.replace("\"because, so\"", ""), DAYS))
                .hasMessageContaining("why");
        assertThatThrownBy(() -> ExpectedAlerts.read(good, DAYS)).hasMessageContaining("columns");
        assertThat(ExpectedAlerts.read(HEADER + "@2026-11-23 " + good, DAYS)).isEmpty();
        assertThat(ExpectedAlerts.read(HEADER + "@2026-11-22 " + good, DAYS)).hasSize(1);
        assertThatThrownBy(() -> ExpectedAlerts.read(HEADER + "@soon " + good, DAYS))
                .hasMessageContaining("line 2")
                .hasMessageContaining("soon");
    }

    private static String dueOn(List<AlertRow> rows, String rule, String operator, String subject) {
        return rows.stream()
                .filter(row -> row.ruleId().equals(rule)
                        && row.operator().equals(operator)
                        && row.subject().equals(subject))
                .findFirst()
                .orElseThrow()
                .dueOn();
    }
}
