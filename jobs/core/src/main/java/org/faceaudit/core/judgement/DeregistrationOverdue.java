package org.faceaudit.core.judgement;

import java.util.List;
import java.util.function.Predicate;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;

/**
 * An operator ended its use of face recognition and was not deregistered in time (Art. 15 ¶4 of the Measures): VIOLATION
 * from the legal day after the last one. SUSPECTED for one that reached the threshold and never filed, or whose filing was
 * returned or misaddressed; for one that has a successor, which may go on; when it is not certain that the threshold was
 * reached; when the deregistration in time was returned or misaddressed, or stands in the operator's own records alone. WARNING for one that never reached it and had filed
 * all the same. Who neither reached it nor filed has nothing to deregister.
 *
 * <p>Known gaps: only a declared end counts; that nothing happens any more is none.
 */
final class DeregistrationOverdue {

    static final String RULE_ID = "deregistration-overdue";

    private DeregistrationOverdue() {}

    /** The clock of a termination, {@code null} when there is nothing to deregister. */
    static DeclaredClock clock(
            String operator, Termination termination, List<StorageCycle> cycles, Registry registry, LegalDay today) {
        Registration registration = registration(operator, termination, registry, today);
        boolean nothing =
                registration.compareTo(Registration.TRIED) <= 0 && Reach.by(termination.day(), cycles) == Reach.NOT;
        if (nothing || termination.day().isBefore(registry.inForce())) {
            return null;
        }
        LegalDay after = Deregistrations.of(operator, registry, today).lower(termination.day());
        Submissions submissions = new Submissions(registry, today);
        Predicate<Filing> own = filing -> filing.kind() == FilingKind.DEREGISTRATION
                && (after == null || filing.submittedOn().isAfter(after));
        submissions.takeDeclared(operator, own);
        submissions.take(operator, own, filing -> !filing.submittedOn().isBefore(termination.day()));
        return DeclaredClock.of(
                Duty.DEREGISTRATION,
                operator,
                termination.id(),
                termination.day(),
                submissions,
                registry,
                today,
                termination.stated());
    }

    /** How far the operator had come when it had to be deregistered: a filing after that does not make a duty in hindsight. */
    private static Registration registration(
            String operator, Termination termination, Registry registry, LegalDay today) {
        LegalDay lastDay = StatutoryDeadlines.due(Duty.DEREGISTRATION, termination.day(), registry)
                .dueOn();
        LegalDay on = today.isBefore(lastDay) ? today : lastDay;
        LegalDay after = Deregistrations.of(operator, registry, today).lower(termination.day());
        return Registration.of(operator, registry, after, on.plusDays(1), on, today);
    }

    /** How grave it is, but for what was tried in time. */
    static Gravity gravity(
            String operator, Termination termination, List<StorageCycle> cycles, Registry registry, LegalDay today) {
        Reach reach = Reach.by(termination.day(), cycles);
        if (reach == Reach.NOT) {
            return Gravity.warning(
                    "未见其曾达到法定数量,属自愿备案,是否须注销有争议",
                    "it is not known to have reached the threshold and filed voluntarily, so the duty is arguable");
        }
        Registration registration = registration(operator, termination, registry, today);
        if (registration == Registration.NONE) {
            return Gravity.suspected(
                    "达到法定数量后从未备案,无从注销,须人工核实",
                    "to be checked by a person: it reached the threshold and never filed, so there is nothing to deregister");
        }
        if (registration == Registration.TRIED) {
            return Gravity.suspected(
                    "其备案被退回或者未向有权机关提交,须人工核实",
                    "to be checked by a person: its filing was returned or went to the wrong authority");
        }
        if (!registry.successors(operator).isEmpty()) {
            return Gravity.suspected(
                    "已有承继者,技术应用可能由其继续,须人工核实",
                    "to be checked by a person: it has a successor, which may go on using the technology");
        }
        if (reach == Reach.POSSIBLY) {
            return Gravity.suspected(
                    "不能确定曾达到法定数量,须人工核实", "to be checked by a person: it is not certain that the threshold was reached");
        }
        return Gravity.VIOLATION;
    }

    static Derivation derive(DeclaredClock clock, Gravity gravity, Registry registry) {
        String name = Wording.name(clock.operator(), registry);
        LegalDay day = clock.deadline().trigger();
        return clock.overdue(
                RULE_ID,
                gravity,
                name + "于" + day + "终止应用人脸识别技术",
                name + " ended its use of face recognition on " + day,
                registry);
    }
}
