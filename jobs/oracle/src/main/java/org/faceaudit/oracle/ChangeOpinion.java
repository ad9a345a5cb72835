package org.faceaudit.oracle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Rule change-filing-overdue (Measures, Art. 15 ¶3): was a substantive change of what is filed filed in time? */
final class ChangeOpinion {

    private static final String RULE = "change-filing-overdue";

    private final String operator;
    private final OracleRegistry registry;
    private final List<Cycle> cycles;

    ChangeOpinion(String operator, OracleRegistry registry, List<Cycle> cycles) {
        this.operator = operator;
        this.registry = registry;
        this.cycles = cycles;
    }

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        for (OracleRegistry.FiledChange change : registry.changes(operator)) {
            boolean beforeTheMeasures = Values.start(change.on()).isBefore(registry.inForce());
            if (!beforeTheMeasures && onFile(change.on())) {
                alerts.addAll(alerts(change));
            }
        }
        return alerts;
    }

    /** Whether there was something to change; a volunteer whose filing failed has nothing on file. */
    private boolean onFile(LocalDate changedOn) {
        FilingLife life = life(changedOn);
        return life.filed(changedOn) || (life.tried(changedOn) && Reached.by(changedOn, cycles) != Reached.NOT_YET);
    }

    /** What had been filed before the change: a first filing of the same day or later says how things are after it. */
    private FilingLife life(LocalDate changedOn) {
        return FilingLife.at(changedOn, operator, registry).before(changedOn);
    }

    private List<OracleAlert> alerts(OracleRegistry.FiledChange change) {
        LocalDate day = change.on();
        Due due = registry.due("change-filing", day, operator);
        // Whatever was filed on the day of the change or later says how things are after it.
        Submissions closing = registry.filings(
                        operator, OracleRegistry.CHANGE, OracleRegistry.INITIAL, OracleRegistry.DEREGISTRATION)
                .only(filing -> !filing.submitted().isBefore(day))
                .and(registry.successorFilings(operator, day, OracleRegistry.CHANGE, OracleRegistry.INITIAL));
        return new MissedDuty(RULE, operator, change.id(), day, due)
                .alerts(closing.gaps(due.on(), registry.asOf()), gap -> verdict(change, closing, due, gap), registry);
    }

    private String verdict(OracleRegistry.FiledChange change, Submissions closing, Due due, Submissions.Gap gap) {
        LocalDate day = change.on();
        Reached reached = Reached.by(day, cycles);
        if (reached == Reached.NOT_YET || !registry.substantive(change.field(), operator, day)) {
            return "WARNING";
        }
        boolean violation = reached == Reached.CERTAINLY
                && life(day).accepted(day)
                && Submissions.missedLastDay(gap, due.on())
                && !closing.madeBy(due.on())
                && !registry.own()
                        .sayInTime(
                                operator,
                                closing,
                                filing -> !filing.submitted().isBefore(day),
                                due.on(),
                                registry.asOf());
        return violation ? "VIOLATION" : "SUSPECTED";
    }
}
