package org.faceaudit.core.judgement;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.WorkingCalendar;

/**
 * Few working days are left to file (Art. 15 ¶1): WARNING by policy levels (10, 5, 1), counted to the cautious date and
 * from the earliest possible trigger. Ends with the submission, or when the duty becomes overdue; a submission that is
 * returned or withdrawn before that begins the next episode.
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
        Deadline deadline = clock.earliest();
        LegalDay opensOn = levelDay(FIRST_LEVEL, operator, deadline, registry);
        LegalDay overdueOn = deadline.dueOn().plusDays(1);
        if (!clock.submissions().standing()) {
            for (int level = FIRST_LEVEL; level <= LAST_LEVEL; level++) {
                wake.at(levelDay(level, operator, deadline, registry).start());
            }
            wake.at(overdueOn.start());
        }
        List<Episode> episodes = new ArrayList<>();
        for (Submissions.Gap gap : clock.submissions().unfiled(opensOn)) {
            if (gap.from().isBefore(overdueOn)) {
                episodes.add(episode(episodes.size() + 1, operator, clock, gap, overdueOn, registry));
            }
        }
        return new Derivation(key(operator, clock.cycle()), episodes);
    }

    private static Episode episode(
            int ordinal,
            String operator,
            FilingClock clock,
            Submissions.Gap gap,
            LegalDay overdueOn,
            Registry registry) {
        Deadline deadline = clock.earliest();
        boolean filed = gap.to() != null && gap.to().isBefore(overdueOn);
        boolean ended = filed || !clock.today().isBefore(overdueOn);
        LegalDay endsOn = filed ? gap.to() : overdueOn;
        LegalDay last = ended ? endsOn.plusDays(-1) : clock.today();
        int reached = FIRST_LEVEL;
        for (int level = FIRST_LEVEL; level <= LAST_LEVEL; level++) {
            if (!levelDay(level, operator, deadline, registry).isAfter(last)) {
                reached = level;
            }
        }
        int daysOfLevel = days(reached, operator, deadline, registry);
        LegalDay levelDay = levelDay(reached, operator, deadline, registry);
        LegalDay levelFrom = levelDay.isBefore(gap.from()) ? gap.from() : levelDay;
        String name = Wording.name(operator, registry);
        String zh = name + clock.trigger().reachedZh("法定存储数量", registry) + ","
                + Wording.toFileZh(deadline, registry) + "(计入当日为" + deadline.dueOnStrict() + "),自" + levelFrom
                + "起剩余不超过" + daysOfLevel + "个工作日" + Wording.successorZh(operator, registry)
                + (ended ? (filed ? ";已于" + endsOn + "提交" : ";至期限届满未见提交") : "") + "。";
        String en = name + " " + clock.trigger().reachedEn("the threshold", registry) + "; "
                + Wording.toFileEn(deadline, registry) + " (cautiously by " + deadline.dueOnStrict() + "); at most "
                + Wording.count(daysOfLevel, "working day") + (daysOfLevel == 1 ? " was" : " were") + " left from "
                + levelFrom + Wording.successorEn(operator, registry)
                + (ended ? (filed ? "; submitted on " + endsOn : "; not submitted in time") : "") + ".";
        Evidence counted = clock.trigger().earliest().evidence();
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .verdict(Verdict.WARNING)
                .occurredOn(gap.from())
                .openedAt(gap.from().start())
                .resolvedAt(ended ? endsOn.start() : null)
                .severity(reached)
                .due(deadline)
                .measured(daysOfLevel, null, "working-days")
                .explained(zh, en)
                .evidence(new Evidence(
                        Positions.sorted(clock.positions()),
                        counted.rangeFrom(),
                        counted.rangeTo(),
                        counted.count(),
                        counted.hash()))
                .build();
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
