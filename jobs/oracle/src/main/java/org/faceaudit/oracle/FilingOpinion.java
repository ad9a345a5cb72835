package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules filing-due-soon and filing-overdue (Measures, Art. 15 ¶1): was the filing submitted within 30 working days? What a
 * successor files from the trigger on, first or as a change, files for the persons it took over too.
 */
final class FilingOpinion {

    private static final String DUE_SOON = "filing-due-soon";
    private static final String OVERDUE = "filing-overdue";

    private final String operator;
    private final OracleRegistry registry;

    FilingOpinion(String operator, OracleRegistry registry) {
        this.operator = operator;
        this.registry = registry;
    }

    List<OracleAlert> alerts(List<Cycle> cycles) {
        List<OracleAlert> alerts = new ArrayList<>();
        for (Cycle cycle : cycles) {
            if (cycle.earliestTrigger() != null) {
                Submissions filings = registry.filings(operator, OracleRegistry.INITIAL)
                        .and(registry.successorFilings(
                                operator,
                                Values.day(cycle.earliestTrigger()),
                                OracleRegistry.INITIAL,
                                OracleRegistry.CHANGE))
                        .only(filing -> cycle.contains(filing.submitted()));
                alerts.addAll(overdue(cycle, filings));
                alerts.addAll(dueSoon(cycle, filings));
            }
        }
        return alerts;
    }

    /** A violation if the last day counted from the latest possible trigger was missed for certain, else suspected. */
    private List<OracleAlert> overdue(Cycle cycle, Submissions filings) {
        if (cycle.latestTrigger() != null) {
            MissedDuty latest = duty(OVERDUE, cycle, cycle.latestTrigger());
            List<Submissions.Gap> gaps = filings.gaps(latest.due().on(), registry.asOf());
            if (!gaps.isEmpty() && violated(cycle, filings, latest.due(), gaps.get(0))) {
                return latest.alerts(gaps, gap -> gap == gaps.get(0) ? "VIOLATION" : "SUSPECTED", registry);
            }
        }
        MissedDuty earliest = duty(OVERDUE, cycle, cycle.earliestTrigger());
        return earliest.alerts(filings.gaps(earliest.due().on(), registry.asOf()), gap -> "SUSPECTED", registry);
    }

    private MissedDuty duty(String ruleId, Cycle cycle, Instant trigger) {
        LocalDate day = Values.day(trigger);
        return new MissedDuty(ruleId, operator, cycle.trigger(), day, registry.filingDue(day, operator));
    }

    private boolean violated(Cycle cycle, Submissions filings, Due due, Submissions.Gap gap) {
        boolean deregisteredBefore = cycle.endsOn() != null && !cycle.endsOn().isAfter(due.on());
        return Submissions.missedLastDay(gap, due.on())
                && !filings.madeBy(due.on())
                && !fellBelow(cycle, due)
                && !deregisteredBefore
                && !registry.own()
                        .sayInTime(
                                operator,
                                filings,
                                filing -> filing.kind().equals(OracleRegistry.INITIAL)
                                        && cycle.contains(filing.submitted()),
                                due.on(),
                                registry.asOf())
                && !registry.successorOnFile(operator, Values.day(cycle.earliestTrigger()));
    }

    /** Below the threshold before the last day, on the line that had reached it. */
    private static boolean fellBelow(Cycle cycle, Due due) {
        var before = cycle.line().lowerEntry(Values.start(due.on()));
        return before != null
                && before.getValue().count().lowNarrowest() < before.getValue().threshold();
    }

    /** One warning for each time during which the last day was near and no filing stood, by the earliest trigger. */
    private List<OracleAlert> dueSoon(Cycle cycle, Submissions filings) {
        MissedDuty duty = duty(DUE_SOON, cycle, cycle.earliestTrigger());
        LocalDate asOf = registry.asOf();
        List<OracleAlert> alerts = new ArrayList<>();
        LocalDate from = null;
        for (LocalDate day = duty.begunOn();
                !day.isAfter(duty.due().on()) && !day.isAfter(asOf);
                day = day.plusDays(1)) {
            boolean near = left(day, duty.due()) <= level(2, duty.begunOn());
            boolean warned = near && !filings.standOn(day);
            if (warned && from == null) {
                from = day;
            } else if (!warned && from != null) {
                alerts.add(dueSoon(duty, alerts.size() + 1, from, day));
                from = null;
            }
        }
        if (from != null) {
            LocalDate overdue = duty.due().on().plusDays(1);
            alerts.add(dueSoon(duty, alerts.size() + 1, from, overdue.isAfter(asOf) ? null : overdue));
        }
        return alerts;
    }

    private OracleAlert dueSoon(MissedDuty duty, int episode, LocalDate from, LocalDate to) {
        LocalDate seen = to == null ? registry.asOf() : to.minusDays(1);
        int severity = 2;
        for (int level = 3; level <= 4; level++) {
            severity = left(seen, duty.due()) <= level(level, duty.begunOn()) ? level : severity;
        }
        return OracleAlert.ofOperator(
                DUE_SOON,
                operator,
                duty.trigger(),
                episode,
                "WARNING",
                severity,
                OracleAlert.Span.ofDays(from, to),
                registry.deadline(duty.begunOn(), duty.due()),
                new OracleAlert.Measure(BigDecimal.valueOf(level(severity, duty.begunOn())), null, "working-days"));
    }

    private int left(LocalDate day, Due due) {
        return registry.calendar().workingDaysBetween(day, due.strict());
    }

    private int level(int severity, LocalDate day) {
        return registry.number(DUE_SOON + ".level-" + severity, operator, day).intValueExact();
    }
}
