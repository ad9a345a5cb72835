package org.faceaudit.core.judgement;

import java.util.List;
import java.util.function.Predicate;
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
 * authority meets it, acceptance is not asked for; one made before the threshold was reached meets it too, since the
 * operator is on file. A submission that was returned meets it while it was not, and again, with its own day, once it was
 * resubmitted.
 *
 * <p>Once the registry names a successor the duty is the successor's (PIPL 22): the clock stays under the operator and
 * cycle in which it began, and what the successor files, initially or as a change, from the trigger on meets it, whether
 * it names the operator or not. What it had filed before says nothing of the persons taken over.
 */
final class FilingClock {

    private final String operator;
    private final StorageCycle cycle;
    private final Trigger trigger;
    private final Registry registry;
    private final LegalDay today;
    private final Deadline earliest;
    private final Deadline latest;
    private final Submissions submissions;

    /** @param today the legal day up to which the registry is known */
    FilingClock(String operator, StorageCycle cycle, Trigger trigger, Registry registry, LegalDay today) {
        this.operator = operator;
        this.cycle = cycle;
        this.trigger = trigger;
        this.registry = registry;
        this.today = today;
        this.earliest = StatutoryDeadlines.due(Duty.FILING, trigger.earliestDay(), registry);
        this.latest = trigger.certain() ? StatutoryDeadlines.due(Duty.FILING, trigger.latestDay(), registry) : null;
        this.submissions = new Submissions(registry, today);
        Predicate<Filing> own = filing -> filing.kind() == FilingKind.INITIAL && cycle.contains(filing.submittedOn());
        submissions.takeDeclared(operator, own);
        submissions.take(
                operator,
                own,
                filing -> filing.kind() != FilingKind.DEREGISTRATION
                        && cycle.contains(filing.submittedOn())
                        && !filing.submittedOn().isBefore(trigger.earliestDay()));
    }

    /** Whether a successor was on file when the trigger came: with the right authority, and not deregistered before. */
    private boolean successorOnFile() {
        return registry.successors(operator).stream().anyMatch(this::onFile);
    }

    private boolean onFile(Operator successor) {
        LegalDay reached = trigger.earliestDay();
        LegalDay after = Deregistrations.of(successor.id(), registry, today).lower(reached);
        return registry.filings(successor.id()).stream()
                .filter(filing -> filing.kind() != FilingKind.DEREGISTRATION)
                .filter(filing -> filing.submittedOn().isBefore(reached) && filing.lastDay(today) == null)
                .filter(filing -> after == null || filing.submittedOn().isAfter(after))
                .anyMatch(filing -> registry.rightAuthority(filing, successor)
                        || (filing.coversOperator(operator)
                                && registry.rightAuthority(filing, Submissions.filer(operator, registry))));
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

    Submissions submissions() {
        return submissions;
    }

    /** The deadline from the earliest possible trigger. */
    Deadline earliest() {
        return earliest;
    }

    /** The deadline that counts: from the latest possible trigger for a violation, else from the earliest. */
    Deadline counted() {
        return violation() ? latest : earliest;
    }

    /** When the duty was late under a deadline. */
    List<Submissions.Gap> gaps(Deadline deadline) {
        return submissions.gaps(deadline.dueOn().plusDays(1));
    }

    private boolean late(Deadline deadline) {
        return !gaps(deadline).isEmpty();
    }

    /** Whether the lateness is certain and nothing speaks for the operator. */
    private boolean violation() {
        return latest != null && late(latest) && doubt(latest, gaps(latest).get(0)) == null;
    }

    /**
     * What leaves a lateness to a person's judgement, {@code null} for nothing.
     *
     * @param counted the deadline that the gap was found under
     */
    Doubt doubt(Deadline counted, Submissions.Gap gap) {
        boolean first = gap.from().equals(counted.dueOn().plusDays(1));
        boolean byLatest = latest != null && gap.to() != null && !gap.to().isAfter(latest.dueOn());
        if (latest == null || !late(latest) || (first && byLatest)) {
            return Doubt.TRIGGER;
        }
        Doubt tried = submissions.doubt(counted.dueOn(), latest.dueOn(), gap);
        if (tried != null) {
            return tried;
        }
        if (cycle.endedOn() != null && !cycle.endedOn().isAfter(latest.dueOn())) {
            return Doubt.DEREGISTERED;
        }
        Stock stock = cycle.before(latest.dueOn().start());
        if (stock != null && stock.certain() < stock.thresholds().reached()) {
            return Doubt.STOCK;
        }
        if (successorOnFile()) {
            return Doubt.SUCCESSOR;
        }
        return declared() == null ? null : Doubt.DECLARED;
    }

    /** What the operator's own records say it submitted in time where the registry knows nothing, {@code null} for nothing. */
    Filing declared() {
        return latest == null ? null : submissions.declaredInTime(latest.dueOn());
    }

    ClockState state() {
        Deadline counted = counted();
        LegalDay filedOn = submissions.filedOn(trigger.earliestDay());
        ClockStanding standing;
        if (filedOn != null) {
            standing = filedOn.isAfter(counted.dueOn()) ? ClockStanding.MET_LATE : ClockStanding.MET;
        } else if (latest != null && today.isAfter(latest.dueOn())) {
            standing = ClockStanding.OVERDUE;
        } else {
            standing = today.isAfter(counted.dueOn()) ? ClockStanding.POSSIBLY_OVERDUE : ClockStanding.RUNNING;
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
    List<Position> positions() {
        return submissions.positions();
    }

    /** When this clock moves by itself, from the day after {@link #today()} on. */
    void wake(Wake wake) {
        submissions.wake(wake);
        if (!submissions.standing()) {
            wake.at(earliest.dueOn().plusDays(1).start());
            if (latest != null) {
                wake.at(latest.dueOn().plusDays(1).start());
            }
        }
    }
}
