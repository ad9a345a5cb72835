package org.faceaudit.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatutoryDeadlinesTest {

    private final Registry registry = RegistryFixture.law().registry();

    @ParameterizedTest
    @CsvSource({
        "2025-05-30, 2025-07-14, 2025-07-14",
        "2025-06-01, 2025-07-14, 2025-07-14",
        "2025-06-02, 2025-07-14, 2025-07-14",
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
        "2026-11-19, 2026-12-31, 2026-12-30"
    })
    void theTableOfBothConventionsIsMet(String trigger, String dueOn, String dueOnStrict) {
        Deadline due = StatutoryDeadlines.due(Duty.FILING, LegalDay.parse(trigger), registry);

        assertThat(due)
                .isEqualTo(new Deadline(
                        LegalDay.parse(trigger),
                        LegalDay.parse(dueOn),
                        LegalDay.parse(dueOnStrict),
                        false,
                        "gov-2025+gov-2026"));
    }

    @Test
    void theFirstTriggerBeyondTheKnownCalendarIsProvisionalAndSkipsNewYearsDay() {
        Deadline due = StatutoryDeadlines.due(Duty.FILING, LegalDay.of(2026, 11, 20), registry);

        assertThat(due.dueOn()).isEqualTo(LegalDay.of(2027, 1, 4));
        assertThat(due.dueOnStrict()).isEqualTo(LegalDay.of(2026, 12, 31));
        assertThat(due.provisional()).isTrue();
    }

    @Test
    void aNoticeThatBecomesActiveMakesTheDeadlineOfficial() {
        RegistryFixture law = RegistryFixture.law()
                .notice("gov-2027", "2026-11-25", "2027-01-01", "2027-12-31", false)
                .days("gov-2027", 2027, "HOLIDAY", "01-01..01-04");
        LegalDay trigger = LegalDay.of(2026, 11, 20);
        assertThat(StatutoryDeadlines.due(Duty.FILING, trigger, law.registry()).provisional())
                .isTrue();

        law.notice("gov-2027", "2026-11-25", "2027-01-01", "2027-12-31", true);

        Deadline due = StatutoryDeadlines.due(Duty.FILING, trigger, law.registry());
        assertThat(due.dueOn()).isEqualTo(LegalDay.of(2027, 1, 5));
        assertThat(due.provisional()).isFalse();
        assertThat(due.calendarVersion()).isEqualTo("gov-2025+gov-2026+gov-2027");
    }

    @Test
    void theLegacyDateBelongsToFilingsAlone() {
        LegalDay trigger = LegalDay.of(2025, 5, 30);

        Deadline change = StatutoryDeadlines.due(Duty.CHANGE, trigger, registry);
        Deadline deregistration = StatutoryDeadlines.due(Duty.DEREGISTRATION, trigger, registry);

        assertThat(change.dueOn()).isEqualTo(LegalDay.of(2025, 7, 14));
        assertThat(change.dueOnStrict()).isEqualTo(LegalDay.of(2025, 7, 11));
        assertThat(deregistration).isEqualTo(change);
    }

    @Test
    void everyWorkedExampleOfTheFileIsMet() throws IOException {
        List<String> lines;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                StatutoryDeadlinesTest.class.getResourceAsStream("/deadline-examples.csv"), StandardCharsets.UTF_8))) {
            lines = reader.lines().skip(1).toList();
        }

        assertThat(lines).hasSize(14);
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            LegalDay trigger = LegalDay.parse(cells[0]);
            Deadline due = StatutoryDeadlines.due(Duty.FILING, trigger, registry);
            assertThat(registry.calendar().isWorkingDay(trigger)).as(line).isEqualTo(cells[1].equals("1"));
            assertThat(due.dueOn()).as(line).hasToString(cells[2]);
            assertThat(due.dueOnStrict()).as(line).hasToString(cells[3]);
        }
    }

    @Test
    void bothConventionsDifferByOneWorkingDayAndNeverEndOnADayOff() {
        WorkingCalendar calendar = registry.calendar();
        LegalDay last = LegalDay.of(2026, 10, 31);
        for (LegalDay trigger = LegalDay.of(2025, 6, 2); !trigger.isAfter(last); trigger = trigger.plusDays(1)) {
            Deadline due = StatutoryDeadlines.due(Duty.FILING, trigger, registry);
            assertThat(calendar.isWorkingDay(due.dueOn())).as("%s", due).isTrue();
            assertThat(calendar.isWorkingDay(due.dueOnStrict())).as("%s", due).isTrue();
            assertThat(calendar.workingDaysBetween(due.dueOnStrict(), due.dueOn()))
                    .as("%s", due)
                    .isEqualTo(calendar.isWorkingDay(trigger) ? 1 : 0);
            assertThat(due.dueOn().epochDay() - trigger.epochDay())
                    .as("%s", due)
                    .isBetween(39, 49);
        }
    }
}
