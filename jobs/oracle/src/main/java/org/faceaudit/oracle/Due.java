package org.faceaudit.oracle;

import java.time.LocalDate;

/**
 * The last day of a duty.
 *
 * @param on the legal date: counted from the day after the trigger
 * @param strict the cautious date: the trigger's day counts if it is a working day
 * @param fixed whether a day was set rather than counted, so that no holiday moves it
 */
public record Due(LocalDate on, LocalDate strict, boolean fixed) {

    /** A last day that was counted. */
    public Due(LocalDate on, LocalDate strict) {
        this(on, strict, false);
    }

    /**
     * Counts working days from a trigger.
     *
     * @param days how many working days the law grants
     */
    public static Due after(LocalDate trigger, int days, OracleCalendar calendar) {
        int rest = calendar.isWorkingDay(trigger) ? days - 1 : days;
        return new Due(calendar.plusWorkingDays(trigger, days), calendar.plusWorkingDays(trigger, rest));
    }
}
