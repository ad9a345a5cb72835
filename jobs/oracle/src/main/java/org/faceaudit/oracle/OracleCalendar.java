package org.faceaudit.oracle;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which days are working days, by the active notices; where none covers a day, Monday to Friday without the days that are
 * holidays by law. Of two notices that name the same day the one published later counts; what a notice covers and none names
 * goes by the weekday.
 */
public final class OracleCalendar {

    private static final String STATUTORY = "statutory-days";

    private record Cover(LocalDate from, LocalDate to) {}

    private final Set<String> active = new TreeSet<>();
    private final List<Cover> covers = new ArrayList<>();
    /** Whether a day that a notice names is a holiday, else it is a make-up working day. */
    private final Map<LocalDate, Boolean> named = new HashMap<>();

    private final Set<LocalDate> statutory = new HashSet<>();

    /**
     * @param notices rows of {@code calendar_notice}, column to text
     * @param days rows of {@code calendar_day}, column to text
     */
    public OracleCalendar(List<Map<String, String>> notices, List<Map<String, String>> days) {
        List<Map<String, String>> inForce = new ArrayList<>(notices);
        inForce.removeIf(notice -> !isTrue(notice.get("active")));
        // Where two notices name a day, the one published later counts: it is read last.
        inForce.sort(Comparator.comparing((Map<String, String> notice) -> notice.getOrDefault("published_on", ""))
                .thenComparing(notice -> notice.get("id")));
        for (Map<String, String> notice : inForce) {
            active.add(notice.get("id"));
            covers.add(new Cover(day(notice.get("covers_from")), day(notice.get("covers_to"))));
            for (Map<String, String> row : days) {
                if (notice.get("id").equals(row.get("notice_id"))) {
                    named.put(day(row.get("day")), isHoliday(row));
                }
            }
        }
        for (Map<String, String> row : days) {
            if (STATUTORY.equals(row.get("notice_id")) && isHoliday(row)) {
                statutory.add(day(row.get("day")));
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

    private static boolean isHoliday(Map<String, String> row) {
        return "HOLIDAY".equals(row.get("kind"));
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text.substring(0, 10));
    }

    /** Whether offices work on that day. */
    public boolean isWorkingDay(LocalDate day) {
        if (named.containsKey(day)) {
            return !named.get(day);
        }
        if (!isCovered(day) && statutory.contains(day)) {
            return false;
        }
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    private boolean isCovered(LocalDate day) {
        return covers.stream().anyMatch(cover -> !day.isBefore(cover.from()) && !day.isAfter(cover.to()));
    }

    /** Whether a deadline counted from the day after {@code trigger} to {@code due} meets a day of no official notice. */
    public boolean isProvisional(LocalDate trigger, LocalDate due) {
        for (LocalDate day = trigger.plusDays(1); !day.isAfter(due); day = day.plusDays(1)) {
            if (!isCovered(day)) {
                return true;
            }
        }
        return false;
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
