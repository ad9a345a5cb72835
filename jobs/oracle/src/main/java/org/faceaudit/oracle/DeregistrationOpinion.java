package org.faceaudit.oracle;

import java.time.LocalDate;
import java.util.List;

/**
 * Rule deregistration-overdue (Measures, Art. 15 ¶4): was the filing cancelled in time after all use had ended? Whatever a
 * successor files from the end on tells of the takeover and closes the matter; until then it is suspected only, since the
 * successor may go on.
 */
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
        Due due = registry.due("deregistration", day, operator);
        FilingLife life = FilingLife.at(day, operator, registry);
        // Who files only after the end, but before the last day, is on file when it has to be cancelled.
        boolean filed = life.filed(due.on().isBefore(registry.asOf()) ? due.on() : registry.asOf());
        Reached reached = Reached.by(day, cycles);
        if (!filed && reached == Reached.NOT_YET) {
            return List.of();
        }
        Submissions filings = registry.filings(operator, OracleRegistry.DEREGISTRATION)
                .only(filing -> life.after() == null || filing.submitted().isAfter(life.after()))
                .and(registry.successorFilings(
                        operator, day, OracleRegistry.INITIAL, OracleRegistry.CHANGE, OracleRegistry.DEREGISTRATION));
        boolean certain = filed
                && reached == Reached.CERTAINLY
                && registry.successors(operator).isEmpty();
        return new MissedDuty(RULE, operator, termination.id(), day, due)
                .alerts(
                        filings.gaps(due.on(), registry.asOf()),
                        gap -> {
                            if (reached == Reached.NOT_YET) {
                                return "WARNING";
                            }
                            boolean violation = certain
                                    && Submissions.missedLastDay(gap, due.on())
                                    && !filings.madeBy(due.on())
                                    && !registry.own()
                                            .sayInTime(
                                                    operator,
                                                    filings,
                                                    filing -> filing.kind().equals(OracleRegistry.DEREGISTRATION)
                                                            && (life.after() == null
                                                                    || filing.submitted()
                                                                            .isAfter(life.after())),
                                                    due.on(),
                                                    registry.asOf());
                            return violation ? "VIOLATION" : "SUSPECTED";
                        },
                        registry);
    }
}
