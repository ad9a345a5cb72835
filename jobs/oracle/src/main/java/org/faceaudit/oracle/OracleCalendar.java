package org.faceaudit.oracle;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which days are working days, by the active notices; past their cover Monday to Friday without the days that are holidays
 * by law.
 */
public final class OracleCalendar {

    private static final String STATUTORY = "statutory-days";

    private final Set<String> active = new TreeSet<>();
    private final Set<LocalDate> holidays = new HashSet<>();
    private final Set<LocalDate> workdays = new HashSet<>();
    private final Set<LocalDate> statutory = new HashSet<>();
    private LocalDate coveredTo = LocalDate.MIN;

    /**
     * @param notices rows of {@code calendar_notice}, column to text
     * @param days rows of {@code calendar_day}, column to text
     */
    public OracleCalendar(List<Map<String, String>> notices, List<Map<String, String>> days) {
        for (Map<String, String> notice : notices) {
            if (isTrue(notice.get("active"))) {
                active.add(notice.get("id"));
                LocalDate to = LocalDate.parse(notice.get("covers_to").substring(0, 10));
                coveredTo = to.isAfter(coveredTo) ? to : coveredTo;
            }
        }
        for (Map<String, String> row : days) {
            LocalDate day = LocalDate.parse(row.get("day").substring(0, 10));
            boolean holiday = "HOLIDAY".equals(row.get("kind"));
            if (active.contains(row.get("notice_id"))) {
                (holiday ? holidays : workdays).add(day);
            } else if (STATUTORY.equals(row.get("notice_id")) && holiday) {
                statutory.add(day);
            }
        }
    }

    /**
     * Reads the seed files.
     *
     * @param noticeCsv content of {@code calendar_notice.csv}, with its header
     * @param dayCsv content of {@code calendar_day.csv}, with its header
     */
    public static OracleCalendar fromCsv(String noticeCsv, String dayCsv) {
        return new OracleCalendar(Csv.rows(noticeCsv), Csv.rows(dayCsv));
    }

    private static boolean isTrue(String text) {
        return "true".equals(text) || "t".equals(text);
    }

    /** Whether offices work on that day. */
    public boolean isWorkingDay(LocalDate day) {
        if (holidays.contains(day)) {
            return false;
        }
        if (workdays.contains(day)) {
            return true;
        }
        if (isProvisional(day) && statutory.contains(day)) {
            return false;
        }
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    /** Whether the day lies past the last official notice. */
    public boolean isProvisional(LocalDate day) {
        return day.isAfter(coveredTo);
    }

    /** Ids of the active notices, sorted, joined by {@code +}. */
    public String version() {
        return String.join("+", active);
    }

    /** The {@code count}-th working day after the day, before it when negative; the day itself for 0. */
    public LocalDate plusWorkingDays(LocalDate day, int count) {
        LocalDate found = day;
        int left = Math.abs(count);
        while (left > 0) {
            found = found.plusDays(Integer.signum(count));
            if (isWorkingDay(found)) {
                left--;
            }
        }
        return found;
    }

    /** How many working days lie after {@code from}, up to and including {@code to}. */
    public int workingDaysBetween(LocalDate from, LocalDate to) {
        int count = 0;
        for (LocalDate day = from.plusDays(1); !day.isAfter(to); day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                count++;
            }
        }
        return count;
    }
}
