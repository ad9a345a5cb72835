package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<SourceFacts, List<Presence>> presences = new HashMap<>();

    FacesLeftOpinion(String operator, OracleRegistry registry, OperatorPersons persons) {
        this.operator = operator;
        this.registry = registry;
        this.persons = persons;
        for (SourceFacts source : persons.sources()) {
            if (source.book().snapshotComplete()) {
                presences.put(source, source.presences());
            }
        }
    }

    List<OracleAlert> alerts() {
        OracleRegistry.Termination termination = registry.termination(operator);
        if (termination == null) {
            return List.of();
        }
        LocalDate inForce = Values.day(registry.inForce());
        LocalDate ended = termination.on();
        LocalDate deregistered = deregisteredOn(ended);
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

    /** Who was deregistered before the end and did not file again since is so on the day of the end. */
    private LocalDate deregisteredOn(LocalDate ended) {
        FilingLife life = FilingLife.at(ended, operator, registry);
        return life.after() != null && !life.tried(registry.asOf()) ? ended : life.deregisteredOn();
    }

    /** Persons stored for certain in the sources known up to an instant; where no group knows one, each record is one. */
    private long stored(Instant at, Instant known) {
        Map<String, Set<String>> groups = new HashMap<>();
        presences.forEach((source, held) -> {
            if (!source.knownThrough().isBefore(known)) {
                for (Presence presence : held) {
                    if (presence.onNarrowest(at)) {
                        groups.computeIfAbsent(presence.group(), group -> new HashSet<>())
                                .add(presence.person());
                    }
                }
            }
        });
        Set<String> unknown = groups.remove("");
        return groups.values().stream().mapToLong(Set::size).max().orElse(unknown == null ? 0 : unknown.size());
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
        boolean violated = false;
        long peakBefore = 0;
        long peakAfter = 0;
        long now = 0;
        for (Instant at : instants.tailSet(begin)) {
            if (at.isAfter(known)) {
                break;
            }
            now = stored(at, Instant.MIN);
            boolean surely = now > 0 && stored(at, at) > 0;
            if (opened == null && surely) {
                opened = at;
                violated = false;
                peakBefore = 0;
                peakAfter = 0;
            }
            boolean after = violation != null && !at.isBefore(violation);
            // Whether a silent source still holds anybody after the deregistration nobody can say.
            violated |= after && surely;
            peakAfter = after ? Math.max(peakAfter, now) : peakAfter;
            peakBefore = after ? peakBefore : Math.max(peakBefore, now);
            if (opened != null && now == 0) {
                alerts.add(alert(
                        trigger, alerts.size() + 1, violated, due, opened, at, violated ? peakAfter : peakBefore));
                opened = null;
            }
        }
        if (opened != null) {
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
