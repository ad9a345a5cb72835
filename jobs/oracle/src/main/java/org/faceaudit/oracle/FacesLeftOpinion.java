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
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rule faces-after-termination (Measures, Art. 15 ¶4; PIPL 47): are persons still stored, or faces still tried, after all use
 * has ended? A face that was tried makes the rest of its legal day one on which faces are tried.
 */
final class FacesLeftOpinion {

    private static final String RULE = "faces-after-termination";

    private final String operator;
    private final OracleRegistry registry;
    private final OperatorPersons persons;
    private final Map<SourceFacts, List<Presence>> presences = new HashMap<>();
    private final TreeMap<Instant, Integer> tried = new TreeMap<>();
    /** Up to when it is known that no other face was tried. */
    private Instant triedKnown = Instant.MAX;

    FacesLeftOpinion(String operator, OracleRegistry registry, OperatorPersons persons) {
        this.operator = operator;
        this.registry = registry;
        this.persons = persons;
        for (SourceFacts source : persons.sources()) {
            if (source.book().snapshotComplete()) {
                presences.put(source, source.presences());
                for (Verification one : new Doors(source, registry).judged()) {
                    if (one.byFace()) {
                        tried.merge(one.latest(), 1, Integer::sum);
                        triedKnown = Values.earlier(triedKnown, source.knownThrough());
                    }
                }
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

    /** Whether a face was tried from an instant to another one, the latter left out. */
    private boolean wasTried(Instant from, Instant to) {
        return from.isBefore(to) && !tried.subMap(from, to).isEmpty();
    }

    /**
     * Whether faces are being tried: on the instant's legal day one was before, or one is and was on the day before; or of the
     * day after one on which they were it is not known that none was.
     */
    private boolean isInUse(Instant at, Instant begin) {
        LocalDate day = Values.day(at);
        Instant morning = Values.later(begin, Values.start(day));
        Instant yesterday = Values.later(begin, Values.start(day.minusDays(1)));
        if (wasTried(morning, at.plusNanos(1))
                || (wasTried(morning, Values.start(day.plusDays(1))) && wasTried(yesterday, Values.start(day)))) {
            return true;
        }
        Instant last = tried.lowerKey(Values.start(day));
        return last != null
                && !last.isBefore(begin)
                && Values.start(Values.day(last).plusDays(2)).isAfter(triedKnown);
    }

    /** What one episode has come to. */
    private static final class Stretch {
        private final Instant opened;
        private boolean violated;
        private long peakBefore;
        private long peakAfter;

        private Stretch(Instant opened) {
            this.opened = opened;
        }
    }

    /** From each instant at which somebody is stored for certain, or a face is tried, to the next at which neither is so. */
    private List<OracleAlert> episodes(String trigger, LocalDate due, Instant begin, Instant violation) {
        TreeSet<Instant> instants = new TreeSet<>(persons.line().counts().keySet());
        instants.add(begin);
        if (violation != null) {
            instants.add(Values.later(begin, violation));
        }
        for (Instant at : tried.keySet()) {
            instants.addAll(List.of(at, Values.start(Values.day(at).plusDays(1))));
        }
        Instant known = persons.knownThrough();
        List<OracleAlert> alerts = new ArrayList<>();
        Stretch open = null;
        long now = 0;
        for (Instant at : instants.tailSet(begin)) {
            if (at.isAfter(known)) {
                break;
            }
            now = stored(at, Instant.MIN);
            boolean surely = now > 0 && stored(at, at) > 0;
            boolean inUse = isInUse(at, begin);
            if (open == null && (surely || inUse)) {
                open = new Stretch(at);
            }
            if (open == null) {
                continue;
            }
            boolean after = violation != null && !at.isBefore(violation);
            // Whether a silent source still holds anybody after the deregistration nobody can say.
            open.violated |= after && (surely || wasTried(Values.later(open.opened, violation), at.plusNanos(1)));
            open.peakAfter = after ? Math.max(open.peakAfter, now) : open.peakAfter;
            open.peakBefore = after ? open.peakBefore : Math.max(open.peakBefore, now);
            if (now == 0 && !inUse) {
                long peak = open.violated ? open.peakAfter : open.peakBefore;
                alerts.add(alert(trigger, alerts.size() + 1, open, due, at, measure(open, peak, at, violation)));
                open = null;
            }
        }
        if (open != null) {
            alerts.add(alert(trigger, alerts.size() + 1, open, due, null, measure(open, now, known, violation)));
        }
        return alerts;
    }

    /** Persons, or the attempts where nobody is stored. */
    private OracleAlert.Measure measure(Stretch stretch, long persons, Instant to, Instant violation) {
        Instant from = stretch.violated ? Values.later(stretch.opened, violation) : stretch.opened;
        long attempts = tried.subMap(from, true, to, true).values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        return new OracleAlert.Measure(
                BigDecimal.valueOf(persons > 0 ? persons : attempts), null, persons > 0 ? "persons" : "attempts");
    }

    private OracleAlert alert(
            String trigger,
            int episode,
            Stretch stretch,
            LocalDate due,
            Instant resolved,
            OracleAlert.Measure measure) {
        String verdict = stretch.violated ? "VIOLATION" : "WARNING";
        return OracleAlert.ofOperator(
                RULE,
                operator,
                trigger,
                episode,
                verdict,
                registry.severity(RULE, verdict, operator, Values.day(stretch.opened)),
                new OracleAlert.Span(stretch.opened, resolved),
                new OracleAlert.Deadline(due, false, registry.calendar().version()),
                measure);
    }
}
