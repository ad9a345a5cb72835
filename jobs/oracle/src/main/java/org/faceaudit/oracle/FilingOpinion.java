package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Rules filing-due-soon and filing-overdue (Measures, Art. 15 ¶1): was the filing submitted within 30 working days? */
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
            Instant earliest = cycle.earliestTrigger();
            if (earliest != null) {
                Due due = registry.filingDue(Values.day(earliest), operator);
                List<JsonNode> filings = filings(cycle, cycle == cycles.get(0));
                dueSoon(cycle, Values.day(earliest), due, firstValid(filings), alerts);
                overdue(cycle, due, filings, alerts);
            }
        }
        return alerts;
    }

    private List<JsonNode> filings(Cycle cycle, boolean first) {
        return registry.filings(operator, "INITIAL").stream()
                .filter(row -> cycle.contains(Values.date(row, "submitted_on"), first))
                .toList();
    }

    private boolean rightAuthority(JsonNode filing) {
        String region = Values.text(registry.operator(operator), "region");
        String authority = Values.text(filing, "authority");
        return "000000".equals(authority) || (region != null && (region.substring(0, 2) + "0000").equals(authority));
    }

    /** With the right authority, and not sent back unless cured by a later valid one. */
    private boolean valid(JsonNode filing, List<JsonNode> filings) {
        return rightAuthority(filing)
                && (Values.date(filing, "returned_on") == null
                        || filings.stream()
                                .anyMatch(later ->
                                        Values.date(later, "submitted_on").isAfter(Values.date(filing, "submitted_on"))
                                                && valid(later, filings)));
    }

    /** The day of the first valid submission, {@code null} if none came. */
    private LocalDate firstValid(List<JsonNode> filings) {
        return filings.stream()
                .filter(filing -> valid(filing, filings))
                .map(filing -> Values.date(filing, "submitted_on"))
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    private static boolean after(LocalDate submitted, LocalDate due) {
        return submitted == null || submitted.isAfter(due);
    }

    private boolean past(LocalDate day) {
        return !registry.knownThrough().isBefore(Values.start(day.plusDays(1)));
    }

    private void overdue(Cycle cycle, Due earliest, List<JsonNode> filings, List<OracleAlert> alerts) {
        LocalDate submitted = firstValid(filings);
        Instant latestTrigger = cycle.latestTrigger();
        Due latest = latestTrigger == null ? null : registry.filingDue(Values.day(latestTrigger), operator);
        String verdict = null;
        if (latest != null && after(submitted, latest.on()) && past(latest.on())) {
            verdict = fellBelow(cycle, latest) || tried(filings, latest) ? "SUSPECTED" : "VIOLATION";
        } else if (after(submitted, earliest.on()) && past(earliest.on())) {
            verdict = "SUSPECTED";
        }
        if (verdict == null) {
            return;
        }
        LocalDate due = verdict.equals("VIOLATION") ? latest.on() : earliest.on();
        LocalDate opened = due.plusDays(1);
        Instant resolved = submitted == null ? null : Values.later(Values.start(submitted), Values.start(opened));
        alerts.add(alert(
                OVERDUE,
                cycle,
                verdict,
                opened,
                resolved,
                due,
                null,
                null,
                registry.severity(OVERDUE, verdict, operator, opened)));
    }

    /** Below the threshold at the end of the last day, on the line that had reached it. */
    private static boolean fellBelow(Cycle cycle, Due due) {
        Instant end = Values.start(due.on().plusDays(1));
        var before = cycle.line().lowerEntry(end);
        return before != null && before.getValue().lowNarrowest() < cycle.threshold();
    }

    /** Submitted in time, but to the wrong authority or sent back. */
    private boolean tried(List<JsonNode> filings, Due due) {
        return filings.stream()
                .anyMatch(filing -> !Values.date(filing, "submitted_on").isAfter(due.on()));
    }

    private void dueSoon(Cycle cycle, LocalDate trigger, Due due, LocalDate submitted, List<OracleAlert> alerts) {
        LocalDate asOf = Values.day(registry.knownThrough());
        LocalDate opened = trigger;
        while (left(opened, due) > level(2, trigger)) {
            opened = opened.plusDays(1);
        }
        if (opened.isAfter(asOf) || (submitted != null && !submitted.isAfter(opened))) {
            return;
        }
        LocalDate closed = due.on().plusDays(1);
        if (submitted != null && submitted.isBefore(closed)) {
            closed = submitted;
        }
        boolean resolved = !closed.isAfter(asOf);
        LocalDate seen = resolved ? closed.minusDays(1) : asOf;
        int severity = 2;
        for (int level = 3; level <= 4; level++) {
            severity = left(seen, due) <= level(level, trigger) ? level : severity;
        }
        alerts.add(alert(
                DUE_SOON,
                cycle,
                "WARNING",
                opened,
                resolved ? Values.start(closed) : null,
                due.on(),
                BigDecimal.valueOf(level(severity, trigger)),
                "working-days",
                severity));
    }

    private int left(LocalDate day, Due due) {
        return registry.calendar().workingDaysBetween(day, due.strict());
    }

    private int level(int severity, LocalDate day) {
        return registry.number(DUE_SOON + ".level-" + severity, operator, day).intValueExact();
    }

    private OracleAlert alert(
            String ruleId,
            Cycle cycle,
            String verdict,
            LocalDate opened,
            Instant resolved,
            LocalDate due,
            BigDecimal measured,
            String unit,
            int severity) {
        return new OracleAlert(
                AlertId.of(ruleId, operator, "operator", operator, cycle.trigger()),
                ruleId,
                operator,
                null,
                "operator",
                operator,
                cycle.trigger(),
                1,
                verdict,
                resolved == null ? "OPEN" : "RESOLVED",
                severity,
                opened,
                Values.start(opened),
                resolved,
                due,
                measured,
                null,
                unit,
                registry.calendar().isProvisional(due),
                registry.calendar().version(),
                null);
    }
}
