package org.faceaudit.core.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.event.RegistryChange;
import org.junit.jupiter.api.Test;

class WorkingCalendarTest {

    private final WorkingCalendar calendar = RegistryFixture.law().registry().calendar();

    @Test
    void eachOfficialYearHas248WorkingDays() {
        assertThat(calendar.workingDaysBetween(LegalDay.of(2024, 12, 31), LegalDay.of(2025, 12, 31)))
                .isEqualTo(248);
        assertThat(calendar.workingDaysBetween(LegalDay.of(2025, 12, 31), LegalDay.of(2026, 12, 31)))
                .isEqualTo(248);
    }

    @Test
    void aMakeUpSaturdayIsAWorkingDayAndAHolidayMondayIsNot() {
        assertThat(calendar.isWorkingDay(LegalDay.of(2026, 2, 14))).isTrue();
        assertThat(calendar.isWorkingDay(LegalDay.of(2026, 2, 16))).isFalse();
        assertThat(calendar.isWorkingDay(LegalDay.of(2025, 9, 3))).isTrue();
    }

    @Test
    void pastTheLastNoticeOnlyTheDaysCertainByLawAreOff() {
        assertThat(calendar.covered(LegalDay.of(2026, 12, 31))).isTrue();
        assertThat(calendar.covered(LegalDay.of(2027, 1, 1))).isFalse();
        assertThat(calendar.isWorkingDay(LegalDay.of(2027, 1, 1))).isFalse();
        assertThat(calendar.isWorkingDay(LegalDay.of(2027, 2, 9))).isTrue();
    }

    @Test
    void theVersionNamesTheActiveNoticesInOrder() {
        assertThat(calendar.version()).isEqualTo("gov-2025+gov-2026");
    }

    /** The spring of 2020: the calendar changed five times while one deadline ran. */
    @Test
    void everyChangeOfTheCalendarOf2020MovesTheDeadlineThatRuns() {
        RegistryFixture law = RegistryFixture.law();
        assertThat(due2020(law)).isEqualTo("2020-02-17 true");

        law.notice("gov-2020", "2019-11-21", "2020-01-01", "2020-12-31", true)
                .days("gov-2020", 2020, "HOLIDAY", "01-01 01-24..01-30")
                .days("gov-2020", 2020, "WORKDAY", "01-19 02-01");
        assertThat(due2020(law)).isEqualTo("2020-02-20 false");

        law.notice("gov-2020-b", "2020-01-27", null, null, true).days("gov-2020-b", 2020, "HOLIDAY", "01-31");
        assertThat(due2020(law)).isEqualTo("2020-02-21 false");

        law.notice("gov-2020-b", "2020-01-27", null, null, false);
        assertThat(due2020(law)).isEqualTo("2020-02-20 false");

        law.notice("gov-2020-b", "2020-01-27", null, null, true);
        assertThat(due2020(law)).isEqualTo("2020-02-21 false");

        law.days("gov-2020-b", 2020, "HOLIDAY", "01-31..02-02");
        assertThat(due2020(law)).isEqualTo("2020-02-24 false");
    }

    private static String due2020(RegistryFixture law) {
        Deadline due = law.registry().calendar().workingDaysAfter(LegalDay.of(2020, 1, 6), 30);
        return due.dueOn() + " " + due.provisional();
    }

    /** 2025 and 2027 are announced, the year between them is not. */
    @Test
    void aMissingYearBetweenTwoKnownOnesIsProvisionalAndTakesNothingFromThem() {
        RegistryFixture law = RegistryFixture.law()
                .notice("gov-2026", "2025-11-04", "2026-01-01", "2026-12-31", false)
                .notice("gov-2027", "2026-11-04", "2027-01-01", "2027-12-31", true)
                .days("gov-2027", 2027, "HOLIDAY", "01-01 01-04")
                .days(CalendarNotice.STATUTORY_DAYS, 2026, "HOLIDAY", "01-01");
        WorkingCalendar calendar = law.registry().calendar();

        assertThat(calendar.version()).isEqualTo("gov-2025+gov-2027");
        assertThat(calendar.covered(LegalDay.of(2026, 6, 1))).isFalse();
        assertThat(calendar.isWorkingDay(LegalDay.of(2026, 1, 1)))
                .as("certain by law")
                .isFalse();
        assertThat(calendar.workingDaysAfter(LegalDay.of(2026, 12, 1), 30).provisional())
                .as("begins in the year that is missing")
                .isTrue();
        assertThat(calendar.workingDaysAfter(LegalDay.of(2026, 12, 31), 1).provisional())
                .isFalse();
        assertThat(calendar.workingDaysAfter(LegalDay.of(2026, 12, 31), 1).dueOn())
                .isEqualTo(LegalDay.of(2027, 1, 5));
    }

    @Test
    void aDayThatANoticeCoversAndNobodyNamesGoesByTheWeekday() {
        WorkingCalendar calendar = RegistryFixture.law()
                .notice("gov-2027", "2026-11-04", "2027-01-01", "2027-12-31", true)
                .days("gov-2027", 2027, "HOLIDAY", "01-01")
                .registry()
                .calendar();

        assertThat(calendar.isWorkingDay(LegalDay.of(2027, 3, 8))).isTrue();
        assertThat(calendar.isWorkingDay(LegalDay.of(2027, 3, 7))).isFalse();
        assertThat(calendar.workingDaysAfter(LegalDay.of(2027, 3, 5), 1).provisional())
                .isFalse();
    }

    /** The database refuses it; a topic that holds it all the same gives one answer, whatever the order of rows. */
    @Test
    void noticesOfOneDayThatContradictEachOtherGiveOneAnswer() {
        List<RegistryChange> rows = new ArrayList<>(RegistryFixture.law()
                .notice("twin-a", "2025-03-01", "2025-05-01", "2025-05-31", true)
                .days("twin-a", 2025, "HOLIDAY", "05-07")
                .notice("twin-b", "2025-03-01", "2025-05-01", "2025-05-31", true)
                .days("twin-b", 2025, "WORKDAY", "05-07")
                .rows());
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(rows, new Random(seed));
            assertThat(Registry.of(rows).calendar().isWorkingDay(LegalDay.of(2025, 5, 7)))
                    .isTrue();
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        List<RegistryChange> rows = new ArrayList<>(RegistryFixture.law()
                .notice("amended", "2025-03-01", "2025-05-01", "2025-05-31", true)
                .days("amended", 2025, "WORKDAY", "05-05")
                .rows());
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(rows, new Random(seed));
            WorkingCalendar shuffled = Registry.of(rows).calendar();
            assertThat(shuffled.isWorkingDay(LegalDay.of(2025, 5, 5))).isTrue();
            assertThat(shuffled.version()).isEqualTo("amended+gov-2025+gov-2026");
        }
    }

    @Test
    void aParameterOfTheOperatorGoesBeforeEveryonesAndTheNewestInForceCounts() {
        Registry registry = RegistryFixture.law()
                .parameter("sole-face-method.grace", "*", "2", "hours", "2026-01-01")
                .parameter("sole-face-method.grace", "gym", "3", "hours", "2026-03-01")
                .registry();

        assertThat(registry.integer("sole-face-method.grace", "gym", LegalDay.of(2025, 12, 31)))
                .isEqualTo(1);
        assertThat(registry.integer("sole-face-method.grace", "gym", LegalDay.of(2026, 1, 1)))
                .isEqualTo(2);
        assertThat(registry.integer("sole-face-method.grace", "gym", LegalDay.of(2026, 3, 1)))
                .isEqualTo(3);
        assertThat(registry.integer("sole-face-method.grace", "hotel", LegalDay.of(2026, 3, 1)))
                .isEqualTo(2);
        assertThat(registry.integer("sole-face-method.grace", "gym", LegalDay.of(2020, 1, 1)))
                .as("before the first row")
                .isEqualTo(1);
    }

    @Test
    void aMissingParameterIsNamed() {
        Registry registry = RegistryFixture.law().registry();

        assertThatThrownBy(() -> registry.text("no-such.number", "gym", LegalDay.of(2026, 1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the registry has no parameter no-such.number");
    }

    @Test
    void theBookKeepsTheNewestStateOfARowAndForgetsDeletedOnes() {
        RegistryBook book = new RegistryBook();
        RegistryFixture.law().operator("gym", "健身", "310115").rows().forEach(book::apply);
        Registry first = book.read();
        assertThat(book.read()).isSameAs(first);
        assertThat(first.operator("gym").orElseThrow().province()).contains("310000");

        RegistryChange row = book.rows().stream()
                .filter(change -> change.table().equals("operator"))
                .findFirst()
                .orElseThrow();
        book.apply(new RegistryChange(row.table(), row.key(), false, row.values(), row.position()));

        assertThat(book.read().operatorIds()).isEmpty();
    }

    @Test
    void aJointFilingSpeaksForTheOperatorsItNames() {
        Registry registry = RegistryFixture.law()
                .filing("f1", "parent", "2026-01-05", "310000", "covers", "[\"gym-a\",\"gym-b\"]")
                .filing("f2", "parent", "2026-01-06", "310000", "covers", "{gym-a}")
                .registry();

        assertThat(registry.filings("gym-a")).extracting(Filing::id).containsExactly("f1", "f2");
        assertThat(registry.filings("gym-b")).extracting(Filing::id).containsExactly("f1");
        assertThat(registry.filings("gym")).isEmpty();
    }
}
