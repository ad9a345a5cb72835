package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Rule raw-image-retained (Measures, Art. 8 ¶2; PIPL 19, 47) for images whose notified period or purpose has ended. */
final class ImageOpinion {

    private static final String RULE = "raw-image-retained";
    private static final String PERIOD_ENDED = "period-ended";
    private static final String PURPOSE_ENDED = "purpose-ended";

    private final SourceFacts facts;
    private final RowBook book;
    private final OracleRegistry registry;

    ImageOpinion(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.book = facts.book();
        this.registry = registry;
    }

    /** A time during which one image counts; {@code to} is {@code null} while it does. */
    private record Stretch(String cause, boolean violation, LocalDate due, Instant from, Instant to) {

        boolean covers(Instant at) {
            return !from.isAfter(at) && (to == null || to.isAfter(at));
        }
    }

    List<OracleAlert> alerts() {
        List<Stretch> stretches = new ArrayList<>();
        for (String key : book.keys(SourceFacts.MEMBER_IMAGE)) {
            image(key, stretches);
        }
        List<OracleAlert> alerts = new ArrayList<>();
        for (String cause : List.of(PERIOD_ENDED, PURPOSE_ENDED)) {
            episodes(
                    cause,
                    stretches.stream().filter(one -> one.cause().equals(cause)).toList(),
                    alerts);
        }
        return alerts;
    }

    /** Walks through one image's life, from one change of anything that matters to the next. */
    private void image(String key, List<Stretch> stretches) {
        Set<Instant> instants = new TreeSet<>(facts.memberInstants(SourceFacts.MEMBER_IMAGE, key));
        for (String membership : book.keys(SourceFacts.MEMBERSHIP)) {
            if (concerns(membership, key)) {
                instants.addAll(book.instants(SourceFacts.MEMBERSHIP, membership));
                instants.addAll(facts.memberInstants(SourceFacts.MEMBERSHIP, membership));
            }
        }
        List<RowState> states = book.netStates(SourceFacts.MEMBER_IMAGE, key);
        for (int i = 0; i < states.size(); i++) {
            RowState state = states.get(i);
            if (!state.present()) {
                continue;
            }
            boolean begins = i == 0 || !states.get(i - 1).present();
            Instant from =
                    begins ? facts.start(SourceFacts.MEMBER_IMAGE, key, state).get(1) : state.latest();
            Instant to = i + 1 < states.size() ? states.get(i + 1).earliest() : null;
            Instant at = from;
            for (Instant next : instants) {
                if (next.isAfter(at) && (to == null || next.isBefore(to))) {
                    part(state.row(), at, next, stretches);
                    at = next;
                }
            }
            part(state.row(), at, to, stretches);
        }
    }

    /** Whether a membership ever was of a person whom the image ever was of. */
    private boolean concerns(String membership, String image) {
        Set<String> persons = persons(SourceFacts.MEMBER_IMAGE, image);
        persons.retainAll(persons(SourceFacts.MEMBERSHIP, membership));
        return !persons.isEmpty();
    }

    private Set<String> persons(String table, String key) {
        Set<String> persons = new HashSet<>();
        for (RowState state : book.states(table, key)) {
            if (state.present()) {
                for (RowState member : book.states(SourceFacts.MEMBER, Values.text(state.row(), "member_id"))) {
                    if (member.present() && Values.text(member.row(), "member_no") != null) {
                        persons.add(Values.text(member.row(), "member_no"));
                    }
                }
            }
        }
        return persons;
    }

    /** A part of an image's life in which no fact changes: only days pass. */
    private void part(JsonNode image, Instant from, Instant to, List<Stretch> stretches) {
        LocalDate keepUntil = Values.date(image, "keep_until");
        String person = facts.memberToken(image, from);
        LocalDate ended = person == null ? null : purposeEnd(person, from);
        LocalDate purposeDue = ended == null ? null : ended.plusDays(grace(ended));
        if (keepUntil != null && (purposeDue == null || !keepUntil.isAfter(purposeDue))) {
            add(
                    new Stretch(PERIOD_ENDED, true, keepUntil, Values.start(keepUntil.plusDays(1)), null),
                    from,
                    to,
                    stretches);
        } else if (purposeDue != null) {
            Instant breach = Values.start(purposeDue.plusDays(1));
            Instant warning = Values.start(ended.plusDays(1));
            add(new Stretch(PURPOSE_ENDED, false, purposeDue, warning, breach), from, to, stretches);
            add(new Stretch(PURPOSE_ENDED, true, purposeDue, breach, null), from, to, stretches);
        }
    }

    /** Calendar days, as the parameter stood on the day the purpose ended; before the Measures, as on their first. */
    private int grace(LocalDate ended) {
        LocalDate inForce = Values.day(registry.inForce());
        return registry.number(RULE + ".grace", facts.operator(), ended.isBefore(inForce) ? inForce : ended)
                .intValueExact();
    }

    /** Adds what lies within the part, within the Measures' time and within what is known. */
    private void add(Stretch stretch, Instant from, Instant to, List<Stretch> stretches) {
        Instant begin = Values.later(Values.later(stretch.from(), from), registry.inForce());
        Instant end = stretch.to() == null ? to : to == null ? stretch.to() : Values.earlier(stretch.to(), to);
        if (end != null && end.isAfter(book.knownThrough())) {
            end = null;
        }
        if (begin.isAfter(book.knownThrough()) || (end != null && !end.isAfter(begin))) {
            return;
        }
        stretches.add(new Stretch(stretch.cause(), stretch.violation(), stretch.due(), begin, end));
    }

    /** The last day of a person's last purpose, {@code null} while one goes on or if there never was one. */
    private LocalDate purposeEnd(String person, Instant at) {
        LocalDate last = null;
        for (String key : book.keys(SourceFacts.MEMBERSHIP)) {
            RowState held = null;
            LocalDate deletedOn = null;
            for (RowState state : book.states(SourceFacts.MEMBERSHIP, key)) {
                if (state.latest().isAfter(at) && !(held == null && state.ofSnapshot())) {
                    break;
                }
                deletedOn = state.present() ? null : Values.day(state.latest());
                held = state.present() ? state : held;
            }
            if (held == null || !Objects.equals(person, personOf(held, deletedOn, key, at))) {
                continue;
            }
            LocalDate endsOn = Values.date(held.row(), "ended_on");
            if (deletedOn != null && (endsOn == null || endsOn.isAfter(deletedOn))) {
                endsOn = deletedOn;
            }
            if (endsOn == null) {
                return null;
            }
            last = last == null || endsOn.isAfter(last) ? endsOn : last;
        }
        return last;
    }

    /** Whose purpose it is; of a deleted row, whose it was just before. */
    private String personOf(RowState held, LocalDate deletedOn, String key, Instant at) {
        if (deletedOn == null) {
            return facts.memberToken(held.row(), at);
        }
        return facts.memberToken(
                held.row(), book.stateAt(SourceFacts.MEMBERSHIP, key, at).latest());
    }

    private void episodes(String cause, List<Stretch> stretches, List<OracleAlert> alerts) {
        TreeSet<Instant> instants = new TreeSet<>();
        for (Stretch stretch : stretches) {
            instants.add(stretch.from());
            if (stretch.to() != null) {
                instants.add(stretch.to());
            }
        }
        Instant opened = null;
        long warned = 0;
        long late = 0;
        LocalDate due = null;
        int episode = 0;
        for (Instant at : instants) {
            long lateNow = stretches.stream()
                    .filter(one -> one.covers(at) && one.violation())
                    .count();
            long warnedNow = stretches.stream()
                    .filter(one -> one.covers(at) && !one.violation())
                    .count();
            if (lateNow + warnedNow == 0) {
                if (opened != null) {
                    episode++;
                    alerts.add(alert(cause, episode, late, warned, due, opened, at));
                }
                opened = null;
                continue;
            }
            if (opened == null) {
                opened = at;
                warned = 0;
                late = 0;
                due = null;
            }
            warned = Math.max(warned, warnedNow);
            late = Math.max(late, lateNow);
            LocalDate dueNow = earliestDue(stretches, at);
            due = due == null || dueNow.isBefore(due) ? dueNow : due;
        }
        if (opened != null) {
            Instant known = book.knownThrough();
            long lateNow = stretches.stream()
                    .filter(one -> one.covers(known) && one.violation())
                    .count();
            long warnedNow = stretches.stream()
                    .filter(one -> one.covers(known) && !one.violation())
                    .count();
            alerts.add(alert(cause, episode + 1, lateNow, warnedNow, earliestDue(stretches, known), opened, null));
        }
    }

    private static LocalDate earliestDue(List<Stretch> stretches, Instant at) {
        return stretches.stream()
                .filter(one -> one.covers(at))
                .map(Stretch::due)
                .min(LocalDate::compareTo)
                .orElseThrow();
    }

    private OracleAlert alert(
            String cause, int episode, long late, long warned, LocalDate due, Instant opened, Instant resolved) {
        String verdict = late > 0 ? "VIOLATION" : "WARNING";
        String subject = facts.system() + '/' + cause;
        return new OracleAlert(
                AlertId.of(RULE, facts.operator(), "image-cause", subject, ""),
                RULE,
                facts.operator(),
                facts.system(),
                "image-cause",
                subject,
                "",
                episode,
                verdict,
                resolved == null ? "OPEN" : "RESOLVED",
                registry.severity(RULE, verdict, facts.operator(), Values.day(opened)),
                Values.day(opened),
                opened,
                resolved,
                due,
                BigDecimal.valueOf(late > 0 ? late : warned),
                null,
                "images",
                false,
                registry.calendar().version(),
                null);
    }
}
