package org.faceaudit.core.judgement;

import java.util.List;
import java.util.function.Predicate;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.SubstantiveChange;

/**
 * A substantive change of what an operator has on file was not filed in time (Art. 15 ¶3 of the Measures): VIOLATION from
 * the legal day after the last one. SUSPECTED for a change that came while the first filing was not accepted, since it may
 * have gone into that; when only an upper bound or an uncertain day says that the threshold was reached; when a submission
 * in time was returned, went to the wrong authority or stands in the operator's own records alone. WARNING for an operator that had not reached the threshold and filed
 * all the same, and for a change that the list of substantive ones does not know. One filing, whatever its kind, covers all
 * changes up to its day.
 *
 * <p>Known gaps: only declared changes are seen; the renewed impact assessment of Art. 9 is not checked.
 */
final class ChangeFilingOverdue {

    static final String RULE_ID = "change-filing-overdue";

    private ChangeFilingOverdue() {}

    /** The clock of a change, {@code null} when the operator had nothing on file that it could change. */
    static DeclaredClock clock(
            String operator, SubstantiveChange change, List<StorageCycle> cycles, Registry registry, LegalDay today) {
        Registration registration = registration(operator, change, registry, today);
        boolean nothing = registration == Registration.NONE
                || (registration == Registration.TRIED && Reach.by(change.changedOn(), cycles) == Reach.NOT);
        if (nothing || change.changedOn().isBefore(registry.inForce())) {
            return null;
        }
        Submissions submissions = new Submissions(registry, today);
        Predicate<Filing> own = filing -> !filing.submittedOn().isBefore(change.changedOn());
        submissions.takeDeclared(operator, own);
        submissions.take(
                operator,
                own,
                filing -> filing.kind() != FilingKind.DEREGISTRATION
                        && !filing.submittedOn().isBefore(change.changedOn()));
        return DeclaredClock.of(
                Duty.CHANGE,
                operator,
                change.id(),
                change.changedOn(),
                submissions,
                registry,
                today,
                change.position());
    }

    /** What was submitted on the day of the change or later tells of it already. */
    private static Registration registration(
            String operator, SubstantiveChange change, Registry registry, LegalDay today) {
        LegalDay day = change.changedOn();
        LegalDay after = Deregistrations.of(operator, registry, today).lower(day);
        return Registration.of(operator, registry, after, day, day, today);
    }

    /** How grave it is, but for what was tried in time. */
    static Gravity gravity(
            String operator, SubstantiveChange change, List<StorageCycle> cycles, Registry registry, LegalDay today) {
        LegalDay day = change.changedOn();
        if (!registry.substantive(change.field(), operator, day)) {
            return Gravity.warning(
                    "该事项不在实质性变更事项清单内,是否须办理由人工判断",
                    "the list of substantive changes does not know this one, so a person must judge");
        }
        Reach reach = Reach.by(day, cycles);
        if (reach == Reach.NOT) {
            return Gravity.warning(
                    "未见其在变更之日已达到法定数量,属自愿备案,是否须办理有争议",
                    "it is not known to have reached the threshold by then and filed voluntarily, so the duty is arguable");
        }
        if (registration(operator, change, registry, today) != Registration.ACCEPTED) {
            return Gravity.suspected(
                    "变更发生时首次备案尚未被受理,可能已并入该次备案,须人工核实",
                    "to be checked by a person: the first filing was not accepted yet and may include the change");
        }
        if (reach == Reach.POSSIBLY) {
            return Gravity.suspected(
                    "不能确定变更之日已达到法定数量,须人工核实",
                    "to be checked by a person: it is not certain that the threshold was reached by then");
        }
        return Gravity.VIOLATION;
    }

    static Derivation derive(DeclaredClock clock, Gravity gravity, SubstantiveChange change, Registry registry) {
        String name = Wording.name(clock.operator(), registry);
        return clock.overdue(
                RULE_ID,
                gravity,
                name + "的备案信息于" + change.changedOn() + "发生变更(" + change.field() + ")",
                "What " + name + " has on file changed on " + change.changedOn() + " (" + change.field() + ")",
                registry);
    }
}
