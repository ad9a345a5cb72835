package org.faceaudit.oracle;

import java.time.LocalDate;
import java.util.List;

/** Rule deregistration-overdue (Measures, Art. 15 ¶4): was the filing cancelled in time after all use had ended? */
final class DeregistrationOpinion {

    private static final String RULE = "deregistration-overdue";

    private final String operator;
    private final OracleRegistry registry;
    private final List<Cycle> cycles;

    DeregistrationOpinion(String operator, OracleRegistry registry, List<Cycle> cycles) {
        this.operator = operator;
        this.registry = registry;
        this.cycles = cycles;
    }

    List<OracleAlert> alerts() {
        OracleRegistry.Termination termination = registry.termination(operator);
        if (termination == null || Values.start(termination.on()).isBefore(registry.inForce())) {
            return List.of();
        }
        LocalDate day = termination.on();
        FilingLife life = FilingLife.at(day, operator, registry);
        boolean filed = life.filed(day);
        Reached reached = Reached.within(cycles, day);
        if (!filed && reached == Reached.NEVER) {
            return List.of();
        }
        Due due = registry.due("deregistration", day, operator);
        Submissions filings = registry.filings(operator, OracleRegistry.DEREGISTRATION)
                .only(filing -> life.after() == null || filing.submitted().isAfter(life.after()));
        return new MissedDuty(RULE, operator, termination.id(), day, due)
                .alerts(
                        filings.gaps(due.on(), registry.asOf()),
                        gap -> {
                            if (reached == Reached.NEVER) {
                                return "WARNING";
                            }
                            boolean violation = filed
                                    && reached == Reached.CERTAINLY
                                    && Submissions.missedLastDay(gap, due.on())
                                    && !filings.madeBy(due.on());
                            return violation ? "VIOLATION" : "SUSPECTED";
                        },
                        registry);
    }
}
