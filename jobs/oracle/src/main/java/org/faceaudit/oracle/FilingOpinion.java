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
        LocalDate asOf = Values.day(registry.knownThrough());
        for (Cycle cycle : cycles) {
            Instant earliest = cycle.earliestTrigger();
            if (earliest == null) {
                continue;
            }
            Due due = registry.filingDue(Values.day(earliest), operator);
            List<JsonNode> filings = registry.filings(operator, "INITIAL").stream()
                    .filter(row -> cycle.contains(submitted(row)))
                    .filter(row -> !submitted(row).isAfter(asOf))
                    .toList();
            overdue(cycle, due, filings, alerts);
            dueSoon(cycle, Values.day(earliest), due, filings, alerts);
        }
        return alerts;
    }

    private static LocalDate submitted(JsonNode filing) {
        return Values.date(filing, "submitted_on");
    }

    private static LocalDate returned(JsonNode filing) {
        return Values.date(filing, "returned_on");
    }

    /** Of an operator whose region is unknown no province can be said to be the wrong one. */
    private boolean rightAuthority(JsonNode filing) {
        String region = Values.text(registry.operator(operator), "region");
        String authority = Values.text(filing, "authority");
        String province = region == null ? authority.substring(0, 2) : region.substring(0, 2);
        return "000000".equals(authority) || (province + "0000").equals(authority);
    }

    /** The day of the first submission that stands: right authority, not sent back; {@code null} if there is none. */
    private LocalDate standing(List<JsonNode> filings) {
        return filings.stream()
                .filter(filing -> rightAuthority(filing) && returned(filing) == null)
                .map(FilingOpinion::submitted)
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    /**
     * The first day on which the duty is late: the day after the last one; where a submission in time was sent back only
     * then or later, the day after that.
     */
    private LocalDate lateFrom(List<JsonNode> filings, Due due) {
        LocalDate last = due.on();
        for (JsonNode filing : filings) {
            if (rightAuthority(filing)
                    && !submitted(filing).isAfter(due.on())
                    && returned(filing) != null
                    && returned(filing).isAfter(last)) {
                last = returned(filing);
            }
        }
        return last.plusDays(1);
    }

    private boolean late(List<JsonNode> filings, Due due) {
        LocalDate standing = standing(filings);
        LocalDate lateFrom = lateFrom(filings, due);
        return standing == null
                ? !registry.knownThrough().isBefore(Values.start(lateFrom))
                : !standing.isBefore(lateFrom);
    }

    private void overdue(Cycle cycle, Due earliest, List<JsonNode> filings, List<OracleAlert> alerts) {
        Instant latestTrigger = cycle.latestTrigger();
        Due latest = latestTrigger == null ? null : registry.filingDue(Values.day(latestTrigger), operator);
        boolean violation = latest != null
                && late(filings, latest)
                && !fellBelow(cycle, latest)
                && !tried(filings, latest)
                && !(cycle.endsOn() != null && !cycle.endsOn().isAfter(latest.on()));
        Due due = violation ? latest : earliest;
        if (!late(filings, due)) {
            return;
        }
        String verdict = violation ? "VIOLATION" : "SUSPECTED";
        LocalDate opened = lateFrom(filings, due);
        LocalDate standing = standing(filings);
        Instant resolved = standing == null ? null : Values.start(standing);
        alerts.add(alert(
                OVERDUE,
                cycle,
                verdict,
                opened,
                resolved,
                due.on(),
                null,
                null,
                registry.severity(OVERDUE, verdict, operator, opened)));
    }

    /** Below the threshold before the last day, on the line that had reached it. */
    private static boolean fellBelow(Cycle cycle, Due due) {
        var before = cycle.line().lowerEntry(Values.start(due.on()));
        return before != null
                && before.getValue().count().lowNarrowest() < before.getValue().threshold();
    }

    /** Submitted in time, but to the wrong authority or sent back. */
    private static boolean tried(List<JsonNode> filings, Due due) {
        return filings.stream().anyMatch(filing -> !submitted(filing).isAfter(due.on()));
    }

    /** The day of the submission that counts as meeting the duty in time or late, {@code null} if none does. */
    private LocalDate filedOn(List<JsonNode> filings, Due due) {
        LocalDate standing = standing(filings);
        if (standing == null || late(filings, due)) {
            return standing;
        }
        return filings.stream()
                .filter(this::rightAuthority)
                .map(FilingOpinion::submitted)
                .min(LocalDate::compareTo)
                .orElseThrow();
    }

    private void dueSoon(Cycle cycle, LocalDate trigger, Due due, List<JsonNode> filings, List<OracleAlert> alerts) {
        LocalDate submitted = filedOn(filings, due);
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
