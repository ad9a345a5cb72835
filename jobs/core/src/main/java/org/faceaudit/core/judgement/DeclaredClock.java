package org.faceaudit.core.judgement;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;

/**
 * A duty that counts from a legal day that the registry or the operator states: a change (Art. 15 ¶3) or a termination (¶4).
 *
 * @param id of the change or termination
 * @param deadline counted from its day
 * @param submissions that bear on it
 * @param today the legal day up to which the registry is known
 * @param stated the change that brought the day
 */
record DeclaredClock(
        Duty duty,
        String operator,
        String id,
        Deadline deadline,
        Submissions submissions,
        LegalDay today,
        Position stated) {

    static DeclaredClock of(
            Duty duty,
            String operator,
            String id,
            LegalDay day,
            Submissions submissions,
            Registry registry,
            LegalDay today,
            Position stated) {
        return new DeclaredClock(
                duty, operator, id, StatutoryDeadlines.due(duty, day, registry), submissions, today, stated);
    }

    ClockState state(Gravity gravity) {
        LegalDay filedOn = submissions.filedOn(deadline.trigger());
        ClockStanding standing;
        if (filedOn != null) {
            standing = filedOn.isAfter(deadline.dueOn()) ? ClockStanding.MET_LATE : ClockStanding.MET;
        } else if (!today.isAfter(deadline.dueOn())) {
            standing = ClockStanding.RUNNING;
        } else {
            standing = gravity.owed() ? ClockStanding.OVERDUE : ClockStanding.POSSIBLY_OVERDUE;
        }
        return new ClockState(
                operator,
                duty.name(),
                id,
                deadline.trigger(),
                deadline.trigger(),
                "declared",
                deadline.dueOn(),
                deadline.dueOnStrict(),
                standing,
                standing == ClockStanding.MET_LATE
                        ? filedOn.epochDay() - deadline.dueOn().epochDay()
                        : null,
                deadline.calendarVersion(),
                deadline.provisional(),
                filedOn);
    }

    /**
     * The alert of a duty that was not met in time, one episode for each time in which it was not. A violation is suspected
     * only where something had been submitted, or the operator's own records say so.
     *
     * @param gravity but for what was submitted
     * @param zh what happened, in Chinese, without stop
     * @param en the same in English
     */
    Derivation overdue(String ruleId, Gravity gravity, String zh, String en, Registry registry) {
        LegalDay late = deadline.dueOn().plusDays(1);
        List<Episode> episodes = new ArrayList<>();
        for (Submissions.Gap gap : submissions.gaps(late)) {
            Doubt doubt = submissions.doubt(deadline.dueOn(), deadline.dueOn(), gap);
            boolean again = doubt == Doubt.RETURNED;
            boolean accused = gravity.verdict() == Verdict.VIOLATION;
            Filing declared = accused && doubt == null ? submissions.declaredInTime(deadline.dueOn()) : null;
            doubt = declared == null ? doubt : Doubt.DECLARED;
            Gravity here = accused && doubt != null ? Gravity.suspected(Reason.of(doubt, declared)) : gravity;
            String chinese = zh + "," + Wording.toDoZh(duty, deadline) + ","
                    + Wording.submittedZh(gap, deadline, again)
                    + (here.zh().isEmpty() ? "" : ";" + here.zh())
                    + Wording.successorZh(operator, registry) + "。";
            String english = en + "; " + Wording.toDoEn(duty, deadline) + "; "
                    + Wording.submittedEn(gap, deadline, again)
                    + (here.en().isEmpty() ? "" : "; " + here.en())
                    + Wording.successorEn(operator, registry) + ".";
            List<Position> positions = new ArrayList<>(submissions.positions());
            positions.add(stated);
            if (declared != null) {
                positions.add(declared.position());
            }
            episodes.add(EpisodeDraft.in(registry)
                    .ordinal(episodes.size() + 1)
                    .verdict(here.verdict())
                    .occurredOn(gap.from())
                    .openedAt(gap.from().start())
                    .resolvedAt(gap.to() == null ? null : gap.to().start())
                    .severity(ruleId, operator)
                    .due(deadline)
                    .explained(chinese, english)
                    .evidence(new Evidence(
                            Positions.sorted(positions),
                            deadline.trigger().start(),
                            gap.from().start(),
                            0,
                            null))
                    .build());
        }
        return new Derivation(new AlertKey(ruleId, operator, "operator", operator, id), episodes);
    }

    /** When this clock moves by itself. */
    void wake(Wake wake) {
        submissions.wake(wake);
        if (!submissions.standing()) {
            wake.at(deadline.dueOn().plusDays(1).start());
        }
    }
}
