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
            if (!beforeTheMeasures && life(change.on()).filed(change.on())) {
                alerts.addAll(alerts(change));
            }
        }
        return alerts;
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
                .only(filing -> !filing.submitted().isBefore(day));
        return new MissedDuty(RULE, operator, change.id(), day, due)
                .alerts(closing.gaps(due.on(), registry.asOf()), gap -> verdict(change, closing, due, gap), registry);
    }

    private String verdict(OracleRegistry.FiledChange change, Submissions closing, Due due, Submissions.Gap gap) {
        LocalDate day = change.on();
        Reached reached = Reached.within(cycles, day);
        if (reached == Reached.NEVER || !registry.substantive(change.field(), operator, day)) {
            return "WARNING";
        }
        boolean violation = reached == Reached.CERTAINLY
                && !life(day).pending(day)
                && Submissions.missedLastDay(gap, due.on())
                && !closing.madeBy(due.on());
        return violation ? "VIOLATION" : "SUSPECTED";
    }
}
