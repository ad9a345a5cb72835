package org.faceaudit.core.law;

import java.time.DayOfWeek;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which days are working days, by the active notices. Where two of them name one day, the one published later wins: an
 * amendment names the days that it changes, whatever range it covers. A day that a notice covers and none names is an
 * ordinary one, also if it is a holiday by law; where none speaks for a day, Monday to Friday without the holidays certain
 * by law are taken and the result is provisional.
 */
public final class WorkingCalendar {

    private final List<CalendarNotice> active;
    private final Map<LegalDay, CalendarDay> named;
    private final Set<LegalDay> statutory;
    private final String version;

    private WorkingCalendar(
            List<CalendarNotice> active, Map<LegalDay, CalendarDay> named, Set<LegalDay> statutory, String version) {
        this.active = active;
        this.named = named;
        this.statutory = statutory;
        this.version = version;
    }

    /** The order of the arguments' elements does not matter. */
    public static WorkingCalendar of(Collection<CalendarNotice> notices, Collection<CalendarDay> days) {
        List<CalendarNotice> active = notices.stream()
                .filter(CalendarNotice::active)
                .filter(notice -> !notice.id().equals(CalendarNotice.STATUTORY_DAYS))
                .sorted(Comparator.comparing(
                                CalendarNotice::publishedOn, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(CalendarNotice::id))
                .toList();
        Map<String, List<CalendarDay>> byNotice =
                days.stream().collect(Collectors.groupingBy(CalendarDay::noticeId, Collectors.toList()));
        Map<LegalDay, CalendarDay> named = new HashMap<>();
        for (CalendarNotice notice : active) {
            for (CalendarDay day : byNotice.getOrDefault(notice.id(), List.of())) {
                named.put(day.day(), day);
            }
        }
        Set<LegalDay> statutory = new HashSet<>();
        for (CalendarDay day : byNotice.getOrDefault(CalendarNotice.STATUTORY_DAYS, List.of())) {
            if (!day.workday()) {
                statutory.add(day.day());
            }
        }
        String version = active.stream().map(CalendarNotice::id).sorted().collect(Collectors.joining("+"));
        return new WorkingCalendar(active, Map.copyOf(named), Set.copyOf(statutory), version);
    }

    /** The active notices, by day of publication, then id. */
    public List<CalendarNotice> notices() {
        return active;
    }

    /** Whether an active notice speaks for the day. */
    public boolean covered(LegalDay day) {
        if (named.containsKey(day)) {
            return true;
        }
        for (CalendarNotice notice : active) {
            if (notice.covers(day)) {
                return true;
            }
        }
        return false;
    }

    public boolean isWorkingDay(LegalDay day) {
        CalendarDay byNotice = named.get(day);
        if (byNotice != null) {
            return byNotice.workday();
        }
        DayOfWeek dayOfWeek = day.date().getDayOfWeek();
        if (dayOfWeek == DayOfWeek.SATURDAY || dayOfWeek == DayOfWeek.SUNDAY) {
            return false;
        }
        return !statutory.contains(day) || covered(day);
    }

    /** Ids of the active notices, sorted, joined by {@code +}; empty when none is active. */
    public String version() {
        return version;
    }

    /** The active notices in the state in which they count. */
    public CalendarEdition edition() {
        return new CalendarEdition(
                active.stream().collect(Collectors.toMap(CalendarNotice::id, CalendarNotice::position)));
    }

    /**
     * The last of so many working days after a trigger.
     *
     * @param days how many, at least 1
     */
    public Deadline workingDaysAfter(LegalDay trigger, int days) {
        if (days < 1) {
            throw new IllegalArgumentException("a deadline has at least one working day, not " + days);
        }
        LegalDay day = trigger;
        LegalDay dayBefore = trigger;
        boolean provisional = false;
        for (int counted = 0; counted < days; ) {
            day = day.plusDays(1);
            provisional |= !covered(day);
            if (isWorkingDay(day)) {
                counted++;
                if (counted == days - 1) {
                    dayBefore = day;
                }
            }
        }
        LegalDay strict = isWorkingDay(trigger) ? dayBefore : day;
        return new Deadline(trigger, day, strict, provisional, version);
    }

    /** How many working days lie after {@code day} up to and including {@code last}; 0 when {@code last} is past. */
    public int workingDaysBetween(LegalDay day, LegalDay last) {
        int counted = 0;
        for (LegalDay next = day.plusDays(1); !next.isAfter(last); next = next.plusDays(1)) {
            if (isWorkingDay(next)) {
                counted++;
            }
        }
        return counted;
    }
}
