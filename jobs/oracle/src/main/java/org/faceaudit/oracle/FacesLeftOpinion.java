package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Rule faces-after-termination (Measures, Art. 15 ¶4; PIPL 47): are persons still stored after all use has ended? None of the
 * sample schemas knows attempts, so none are looked at.
 */
final class FacesLeftOpinion {

    private static final String RULE = "faces-after-termination";

    private final String operator;
    private final OracleRegistry registry;
    private final OperatorPersons persons;

    FacesLeftOpinion(String operator, OracleRegistry registry, OperatorPersons persons) {
        this.operator = operator;
        this.registry = registry;
        this.persons = persons;
    }

    List<OracleAlert> alerts() {
        OracleRegistry.Termination termination = registry.termination(operator);
        if (termination == null) {
            return List.of();
        }
        LocalDate inForce = Values.day(registry.inForce());
        LocalDate ended = termination.on();
        LocalDate deregistered = FilingLife.at(ended, operator, registry).deregisteredOn();
        LocalDate due = ended.plusDays(
                registry.number(RULE + ".deletion-days", operator, ended.isBefore(inForce) ? inForce : ended)
                        .intValueExact());
        if (deregistered != null && deregistered.isBefore(due)) {
            due = deregistered;
        }
        Instant begin = Values.later(Values.start(due.plusDays(1)), registry.inForce());
        Instant violation = deregistered == null ? null : Values.start(deregistered.plusDays(1));
        Instant known = Values.earlier(persons.knownThrough(), registry.knownThrough());
        return begin.isAfter(known) ? List.of() : episodes(termination.id(), due, begin, violation);
    }

    /** From each instant at which somebody is stored for certain to the next at which nobody is. */
    private List<OracleAlert> episodes(String trigger, LocalDate due, Instant begin, Instant violation) {
        TreeSet<Instant> instants = new TreeSet<>(persons.line().counts().keySet());
        instants.add(begin);
        if (violation != null) {
            instants.add(Values.later(begin, violation));
        }
        Instant known = persons.knownThrough();
        List<OracleAlert> alerts = new ArrayList<>();
        Instant opened = null;
        long peakBefore = 0;
        long peakAfter = 0;
        long now = 0;
        for (Instant at : instants.tailSet(begin)) {
            if (at.isAfter(known)) {
                break;
            }
            now = persons.line().look(at).lowNarrowest();
            if (opened == null && now > 0 && persons.surelyAt(at) > 0) {
                opened = at;
                peakBefore = 0;
                peakAfter = 0;
            }
            boolean after = violation != null && !at.isBefore(violation);
            peakAfter = after ? Math.max(peakAfter, now) : peakAfter;
            peakBefore = after ? peakBefore : Math.max(peakBefore, now);
            if (opened != null && now == 0) {
                boolean violated = peakAfter > 0;
                alerts.add(alert(
                        trigger, alerts.size() + 1, violated, due, opened, at, violated ? peakAfter : peakBefore));
                opened = null;
            }
        }
        if (opened != null) {
            boolean violated = violation != null && !known.isBefore(violation);
            alerts.add(alert(trigger, alerts.size() + 1, violated, due, opened, null, now));
        }
        return alerts;
    }

    private OracleAlert alert(
            String trigger,
            int episode,
            boolean violated,
            LocalDate due,
            Instant opened,
            Instant resolved,
            long measured) {
        String verdict = violated ? "VIOLATION" : "WARNING";
        return OracleAlert.ofOperator(
                RULE,
                operator,
                trigger,
                episode,
                verdict,
                registry.severity(RULE, verdict, operator, Values.day(opened)),
                new OracleAlert.Span(opened, resolved),
                new OracleAlert.Deadline(due, false, registry.calendar().version()),
                new OracleAlert.Measure(BigDecimal.valueOf(measured), null, "persons"));
    }
}
