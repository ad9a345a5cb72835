package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.WorkingCalendar;

/**
 * Few working days are left to file (Art. 15 ¶1): WARNING by policy levels (10, 5, 1), counted to the cautious date and
 * from the earliest possible trigger. Ends with the submission, or when the duty becomes overdue.
 */
final class FilingDueSoon {

    static final String RULE_ID = "filing-due-soon";

    private static final int FIRST_LEVEL = 2;
    private static final int LAST_LEVEL = 4;

    private FilingDueSoon() {}

    static AlertKey key(String operator, StorageCycle cycle) {
        return new AlertKey(RULE_ID, operator, "operator", operator, cycle.trigger());
    }

    static Derivation derive(String operator, FilingClock clock, Registry registry, Wake wake) {
        AlertKey key = key(operator, clock.cycle());
        Deadline deadline = clock.earliest();
        LegalDay filedOn = clock.filedOn();
        LegalDay opensOn = levelDay(FIRST_LEVEL, operator, deadline, registry);
        LegalDay overdueOn = deadline.dueOn().plusDays(1);
        if (filedOn != null && !filedOn.isAfter(opensOn)) {
            return new Derivation(key, List.of());
        }
        if (filedOn == null) {
            for (int level = FIRST_LEVEL; level <= LAST_LEVEL; level++) {
                wake.at(levelDay(level, operator, deadline, registry).start());
            }
            wake.at(overdueOn.start());
        }
        if (clock.today().isBefore(opensOn)) {
            return new Derivation(key, List.of());
        }
        LegalDay endsOn = filedOn != null && filedOn.isBefore(overdueOn) ? filedOn : overdueOn;
        boolean ended = filedOn != null || !clock.today().isBefore(overdueOn);
        LegalDay last = ended ? endsOn.plusDays(-1) : clock.today();
        int reached = FIRST_LEVEL;
        for (int level = FIRST_LEVEL; level <= LAST_LEVEL; level++) {
            if (!levelDay(level, operator, deadline, registry).isAfter(last)) {
                reached = level;
            }
        }
        int daysOfLevel = days(reached, operator, deadline, registry);
        Instant resolvedAt = ended ? endsOn.start() : null;
        String name = Wording.name(operator, registry);
        LegalDay levelFrom = levelDay(reached, operator, deadline, registry);
        String zh = name + clock.trigger().reachedZh("法定存储数量", registry) + ","
                + Wording.toFileZh(deadline, registry) + "(计入当日为" + deadline.dueOnStrict() + "),自" + levelFrom
                + "起剩余不超过" + daysOfLevel + "个工作日"
                + (ended ? (endsOn.equals(filedOn) ? ";已于" + filedOn + "提交" : ";至期限届满未见提交") : "") + "。";
        String en = name + " " + clock.trigger().reachedEn("the threshold", registry) + "; "
                + Wording.toFileEn(deadline, registry) + " (cautiously by " + deadline.dueOnStrict() + "); at most "
                + daysOfLevel + " working days were left from " + levelFrom
                + (ended ? (endsOn.equals(filedOn) ? "; submitted on " + filedOn : "; not submitted in time") : "")
                + ".";
        Evidence counted = clock.trigger().earliest().evidence();
        return new Derivation(
                key,
                List.of(EpisodeDraft.in(registry)
                        .verdict(Verdict.WARNING)
                        .occurredOn(opensOn)
                        .openedAt(opensOn.start())
                        .resolvedAt(resolvedAt)
                        .severity(reached)
                        .due(deadline)
                        .measured(daysOfLevel, null, "working-days")
                        .explained(zh, en)
                        .evidence(new Evidence(
                                Positions.sorted(clock.submissions()),
                                counted.rangeFrom(),
                                counted.rangeTo(),
                                counted.count(),
                                counted.hash()))
                        .build()));
    }

    private static int days(int level, String operator, Deadline deadline, Registry registry) {
        return registry.integer(RULE_ID + ".level-" + level, operator, deadline.trigger());
    }

    /** The first legal day, not before the trigger, after which at most the level's working days are left. */
    private static LegalDay levelDay(int level, String operator, Deadline deadline, Registry registry) {
        WorkingCalendar calendar = registry.calendar();
        int days = days(level, operator, deadline, registry);
        LegalDay day = deadline.dueOnStrict();
        for (int left = 0; day.isAfter(deadline.trigger()); day = day.plusDays(-1)) {
            left += calendar.isWorkingDay(day) ? 1 : 0;
            if (left > days) {
                return day;
            }
        }
        return deadline.trigger();
    }
}
