package org.faceaudit.core.judgement;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;

/**
 * The filing duty of one cycle (Art. 15 ¶1): its deadlines and the submissions that bear on it. Submission to the right
 * authority meets it, acceptance is not asked for; a submission that was returned meets it while it was not, and again
 * once it was resubmitted.
 */
final class FilingClock {

    private final String operator;
    private final StorageCycle cycle;
    private final Trigger trigger;
    private final Registry registry;
    private final LegalDay today;
    private final Deadline earliest;
    private final Deadline latest;
    private final List<Filing> right = new ArrayList<>();
    private final List<Filing> wrong = new ArrayList<>();
    /** Earliest day of a submission dated after {@link #today}, {@code null} for none: it is announced, not made. */
    private LegalDay announced;

    /** @param today the legal day up to which the registry is known */
    FilingClock(String operator, StorageCycle cycle, Trigger trigger, Registry registry, LegalDay today) {
        this.operator = operator;
        this.cycle = cycle;
        this.trigger = trigger;
        this.registry = registry;
        this.today = today;
        this.earliest = StatutoryDeadlines.due(Duty.FILING, trigger.earliestDay(), registry);
        this.latest = trigger.certain() ? StatutoryDeadlines.due(Duty.FILING, trigger.latestDay(), registry) : null;
        Operator filer = registry.operator(operator)
                .orElseGet(() -> new Operator(operator, operator, null, null, null, null, null));
        for (Filing filing : registry.filings(operator)) {
            if (filing.kind() != FilingKind.INITIAL || filing.withdrawn() || !inCycle(filing)) {
                continue;
            }
            if (!filing.submittedOn().isAfter(today)) {
                (registry.rightAuthority(filing, filer) ? right : wrong).add(filing);
            } else if (announced == null || filing.submittedOn().isBefore(announced)) {
                announced = filing.submittedOn();
            }
        }
    }

    private boolean inCycle(Filing filing) {
        return (cycle.after() == null || filing.submittedOn().isAfter(cycle.after()))
                && (cycle.endedOn() == null || !filing.submittedOn().isAfter(cycle.endedOn()));
    }

    StorageCycle cycle() {
        return cycle;
    }

    Trigger trigger() {
        return trigger;
    }

    LegalDay today() {
        return today;
    }

    /** The deadline from the earliest possible trigger. */
    Deadline earliest() {
        return earliest;
    }

    /** The deadline that counts: from the latest possible trigger for a violation, else from the earliest. */
    Deadline counted() {
        return violation() ? latest : earliest;
    }

    /** The submission that stands, {@code null} while there is none. */
    Filing submission() {
        for (Filing filing : right) {
            if (!filing.returned()) {
                return filing;
            }
        }
        return null;
    }

    /** The first legal day on which the duty is late under a deadline, unless it is met before. */
    LegalDay lateFrom(Deadline deadline) {
        LegalDay last = deadline.dueOn();
        for (Filing filing : right) {
            if (filing.returned()
                    && !filing.submittedOn().isAfter(deadline.dueOn())
                    && filing.returnedOn().isAfter(last)) {
                last = filing.returnedOn();
            }
        }
        return last.plusDays(1);
    }

    /** Whether the duty is, or was when it was met, late under a deadline. */
    boolean late(Deadline deadline) {
        Filing submission = submission();
        LegalDay lateFrom = lateFrom(deadline);
        return submission == null
                ? !today.isBefore(lateFrom)
                : !submission.submittedOn().isBefore(lateFrom);
    }

    /** Whether the lateness is certain and nothing speaks for the operator. */
    boolean violation() {
        return latest != null && late(latest) && doubt() == null;
    }

    /** What leaves the lateness to a person's judgement, {@code null} for nothing. */
    Doubt doubt() {
        if (latest == null || !late(latest)) {
            return Doubt.TRIGGER;
        }
        if (right.stream().anyMatch(this::inTime)) {
            return Doubt.RETURNED;
        }
        if (wrong.stream().anyMatch(this::inTime)) {
            return Doubt.AUTHORITY;
        }
        if (cycle.endedOn() != null && !cycle.endedOn().isAfter(latest.dueOn())) {
            return Doubt.DEREGISTERED;
        }
        Stock stock = cycle.before(latest.dueOn().start());
        if (stock != null && stock.certain() < stock.thresholds().reached()) {
            return Doubt.STOCK;
        }
        return null;
    }

    /** Only who tried in time deserves a doubt; of a late duty, a submission in time to the right authority was returned. */
    private boolean inTime(Filing filing) {
        return !filing.submittedOn().isAfter(latest.dueOn());
    }

    /** The legal day of the submission by which the duty counts as met, {@code null} while it is not. */
    LegalDay filedOn() {
        Filing submission = submission();
        if (submission == null) {
            return null;
        }
        return late(counted()) ? submission.submittedOn() : right.get(0).submittedOn();
    }

    ClockState state() {
        Deadline counted = counted();
        LegalDay filedOn = filedOn();
        boolean late = late(counted);
        ClockStanding standing;
        if (filedOn != null) {
            standing = late ? ClockStanding.MET_LATE : ClockStanding.MET;
        } else if (latest != null && late(latest)) {
            standing = ClockStanding.OVERDUE;
        } else {
            standing = late ? ClockStanding.POSSIBLY_OVERDUE : ClockStanding.RUNNING;
        }
        return new ClockState(
                operator,
                Duty.FILING.name(),
                cycle.trigger(),
                trigger.earliestDay(),
                trigger.latestDay(),
                trigger.basis(registry.inForce().start()),
                counted.dueOn(),
                counted.dueOnStrict(),
                standing,
                standing == ClockStanding.MET_LATE
                        ? filedOn.epochDay() - counted.dueOn().epochDay()
                        : null,
                counted.calendarVersion(),
                counted.provisional(),
                filedOn);
    }

    /** The changes that brought the submissions, right and wrong. */
    List<Position> submissions() {
        List<Position> positions = new ArrayList<>();
        right.forEach(filing -> positions.add(filing.position()));
        wrong.forEach(filing -> positions.add(filing.position()));
        return positions;
    }

    /** When this clock moves by itself, from the day after {@link #today()} on. */
    void wake(Wake wake) {
        wake.at(announced == null ? null : announced.start());
        if (submission() == null) {
            wake.at(lateFrom(earliest).start());
            if (latest != null) {
                wake.at(lateFrom(latest).start());
            }
        }
    }

    /** Why a lateness is suspected only. */
    enum Doubt {
        TRIGGER("数量达到之日不能确定", "the day of reaching the threshold is not certain"),
        RETURNED("所提交的备案被退回", "the submission was returned"),
        AUTHORITY("备案未向有管辖权的网信部门提交", "a submission went to the wrong authority"),
        DEREGISTERED("期限届满前已申请注销", "deregistration came before the last day"),
        STOCK("存储数量在最后一日之前已低于法定数量", "the stock fell below the threshold before the last day");

        private final String zh;
        private final String en;

        Doubt(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }

        String zh() {
            return zh;
        }

        String en() {
            return en;
        }
    }
}
