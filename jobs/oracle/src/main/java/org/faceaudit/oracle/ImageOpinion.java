package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.oracle.ImageStretch.Stage;

/**
 * Rule raw-image-retained (Measures, Art. 8 ¶2, 15 ¶4; PIPL 19, 47) for images whose notified period or purpose has ended, or
 * whose operator has ended all use: those of members, whose last day is stated, those of visitors, who were told a number of
 * days, and those of face stores, of which nothing is told.
 */
final class ImageOpinion {

    static final String RULE = "raw-image-retained";
    private static final String PERIOD_ENDED = "period-ended";
    private static final String PURPOSE_ENDED = "purpose-ended";
    private static final String AFTER_TERMINATION = "after-termination";
    /** Of causes with one due day the first here goes before the others. */
    private static final List<String> CAUSES = List.of(PERIOD_ENDED, PURPOSE_ENDED, AFTER_TERMINATION);

    private final SourceFacts facts;
    private final RowBook book;
    private final OracleRegistry registry;

    ImageOpinion(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.book = facts.book();
        this.registry = registry;
    }

    /**
     * A time during which a cause has a due day for one image.
     *
     * @param stage {@code null} while the image does not count under it
     * @param to {@code null} for no end
     */
    private record Claim(
            String cause, Stage stage, LocalDate due, Instant from, Instant to, Set<OraclePosition> rests) {

        boolean holds(Instant at) {
            return !from.isAfter(at) && (to == null || to.isAfter(at));
        }
    }

    /** When a person's last purpose ended, and the changes that say so. */
    private record Ended(LocalDate day, Set<OraclePosition> rests) {}

    List<OracleAlert> alerts() {
        List<ImageStretch> stretches = new ArrayList<>();
        for (String key : book.keys(SourceFacts.MEMBER_IMAGE)) {
            image(key, stretches);
        }
        for (String key : book.keys(SourceFacts.VISITOR_PHOTO)) {
            photo(key, stretches);
        }
        for (String key : book.keys(SourceFacts.FACE)) {
            face(key, stretches);
        }
        for (String key : book.keys(SourceFacts.IMG)) {
            enrolled(key, stretches);
        }
        List<OracleAlert> alerts = new ArrayList<>();
        ImageEpisodes episodes = new ImageEpisodes(facts, registry);
        for (String cause : CAUSES) {
            alerts.addAll(episodes.of(
                    cause,
                    stretches.stream().filter(one -> one.cause().equals(cause)).toList()));
        }
        return alerts;
    }

    /** Walks through one image's life, from one change of anything that matters to the next. */
    private void image(String key, List<ImageStretch> stretches) {
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
            int first = storedBy(states, i);
            Instant from = first == i
                    ? facts.start(SourceFacts.MEMBER_IMAGE, key, state).get(1)
                    : state.latest();
            Instant to = i + 1 < states.size() ? states.get(i + 1).earliest() : null;
            OraclePosition stored = states.get(first).position();
            OraclePosition period = saidBy(states, i, "keep_until");
            List<Claim> claims = new ArrayList<>();
            Instant at = from;
            for (Instant next : instants) {
                if (next.isAfter(at) && (to == null || next.isBefore(to))) {
                    part(state.row(), period, at, next, claims);
                    at = next;
                }
            }
            part(state.row(), period, at, to, claims);
            termination(from, to, claims);
            count(stored, claims, stretches);
        }
    }

    /** The photo of a face is stored as long as the row names where. */
    private void face(String key, List<ImageStretch> stretches) {
        List<RowState> states = book.netStates(SourceFacts.FACE, key);
        for (int i = 0; i < states.size(); i++) {
            if (!hasPhoto(states.get(i)) || (i > 0 && hasPhoto(states.get(i - 1)))) {
                continue;
            }
            RowState stored = states.get(i);
            Instant from = storedBy(states, i) == i
                    ? facts.start(SourceFacts.FACE, key, stored).get(1)
                    : stored.latest();
            int end = i + 1;
            while (end < states.size() && hasPhoto(states.get(end))) {
                end++;
            }
            Instant to = end < states.size() ? states.get(end).earliest() : null;
            unnotified(stored.position(), from, to, stretches);
        }
    }

    private static boolean hasPhoto(RowState face) {
        return face.present() && Values.text(face.row(), "photo_url") != null;
    }

    /** A photo of a face store is one image, whoever turns out to be on it. */
    private void enrolled(String key, List<ImageStretch> stretches) {
        Presence life = null;
        for (Presence part : facts.photo(key)) {
            if (life != null && part.startLatest().equals(life.endLatest())) {
                life = new Presence(
                        "",
                        key,
                        life.startEarliest(),
                        life.startLatest(),
                        part.endEarliest(),
                        part.endLatest(),
                        part.knownThrough());
            } else {
                enrolled(key, life, stretches);
                life = part;
            }
        }
        enrolled(key, life, stretches);
    }

    private void enrolled(String key, Presence life, List<ImageStretch> stretches) {
        if (life != null) {
            unnotified(facts.shown(key, life.startLatest()), life.startLatest(), life.endEarliest(), stretches);
        }
    }

    /** An image of which neither a period nor a purpose is known. */
    private void unnotified(OraclePosition stored, Instant from, Instant to, List<ImageStretch> stretches) {
        List<Claim> claims = new ArrayList<>();
        termination(from, to, claims);
        count(stored, claims, stretches);
    }

    /** The operator has ended every use: its images are due after the days of deletion. */
    private void termination(Instant from, Instant to, List<Claim> claims) {
        OracleRegistry.Termination termination = registry.termination(facts.operator());
        if (termination == null) {
            return;
        }
        LocalDate counted = notBeforeTheMeasures(termination.on());
        LocalDate due = counted.plusDays(registry.number(RULE + ".deletion-days", facts.operator(), counted)
                .intValueExact());
        Set<OraclePosition> rests = Set.of(termination.stated());
        Instant breach = Values.start(due.plusDays(1));
        add(new Claim(AFTER_TERMINATION, null, due, from, breach, rests), from, to, claims);
        add(new Claim(AFTER_TERMINATION, Stage.VIOLATION, due, breach, null, rests), from, to, claims);
    }

    /**
     * Under which cause an image counts from one change to the next: of the certain ones the one due first, even if that lies
     * ahead; where it does not count yet, the suspected one due first.
     */
    private void count(OraclePosition stored, List<Claim> claims, List<ImageStretch> stretches) {
        TreeSet<Instant> instants = new TreeSet<>();
        for (Claim claim : claims) {
            instants.add(claim.from());
            if (claim.to() != null) {
                instants.add(claim.to());
            }
        }
        for (Instant at : instants) {
            Claim counting = first(claims, at, false);
            if (counting == null || counting.stage() == null) {
                counting = first(claims, at, true);
            }
            if (counting != null) {
                Set<OraclePosition> rests = new HashSet<>(counting.rests());
                rests.add(stored);
                stretch(
                        new ImageStretch(
                                counting.cause(), counting.stage(), counting.due(), at, instants.higher(at), rests),
                        stretches);
            }
        }
    }

    private static Claim first(List<Claim> claims, Instant at, boolean suspected) {
        return claims.stream()
                .filter(claim -> claim.holds(at) && (claim.stage() == Stage.SUSPECTED) == suspected)
                .min(Comparator.comparing(Claim::due).thenComparing(claim -> CAUSES.indexOf(claim.cause())))
                .orElse(null);
    }

    /** The state with which the row's present life began. */
    private static int storedBy(List<RowState> states, int state) {
        int first = state;
        while (first > 0 && states.get(first - 1).present()) {
            first--;
        }
        return first;
    }

    /** The change that first said what a column has said since. */
    private static OraclePosition saidBy(List<RowState> states, int state, String column) {
        String value = Values.text(states.get(state).row(), column);
        int first = state;
        while (first > 0
                && states.get(first - 1).present()
                && Objects.equals(value, Values.text(states.get(first - 1).row(), column))) {
            first--;
        }
        return states.get(first).position();
    }

    /** A visitor's photo is due so many days after it was stored; when that was may be known by bounds alone. */
    private void photo(String key, List<ImageStretch> stretches) {
        List<RowState> states = book.netStates(SourceFacts.VISITOR_PHOTO, key);
        for (int i = 0; i < states.size(); i++) {
            RowState state = states.get(i);
            if (!state.present()) {
                continue;
            }
            int first = storedBy(states, i);
            List<Instant> start = facts.start(SourceFacts.VISITOR_PHOTO, key, states.get(first));
            Instant earliest = first == i ? start.get(0) : state.earliest();
            Instant latest = Values.later(start.get(1), earliest);
            Instant to = i + 1 < states.size() ? states.get(i + 1).earliest() : null;
            List<Claim> claims = new ArrayList<>();
            termination(latest, to, claims);
            String days = Values.text(state.row(), "keep_days");
            if (days == null) {
                count(states.get(first).position(), claims, stretches);
                continue;
            }
            LocalDate low = Values.day(start.get(0)).plusDays(Long.parseLong(days));
            LocalDate high = Values.day(start.get(1)).plusDays(Long.parseLong(days));
            Set<OraclePosition> rests = Set.of(saidBy(states, i, "keep_days"));
            Instant sure = Values.later(latest, Values.start(high.plusDays(1)));
            Instant maybe = Values.start(low.plusDays(1));
            Instant told = low.isBefore(high) ? earliest : latest;
            add(new Claim(PERIOD_ENDED, null, low, told, maybe, rests), told, to, claims);
            if (low.isBefore(high)) {
                add(new Claim(PERIOD_ENDED, Stage.SUSPECTED, low, maybe, sure, rests), earliest, to, claims);
            }
            add(new Claim(PERIOD_ENDED, Stage.VIOLATION, high, sure, null, rests), latest, to, claims);
            count(states.get(first).position(), claims, stretches);
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

    /** A part of an image's life in which no fact of persons changes: only days pass. */
    private void part(JsonNode image, OraclePosition period, Instant from, Instant to, List<Claim> claims) {
        LocalDate keepUntil = Values.date(image, "keep_until");
        if (keepUntil != null) {
            Instant breach = Values.start(keepUntil.plusDays(1));
            Set<OraclePosition> rests = Set.of(period);
            add(new Claim(PERIOD_ENDED, null, keepUntil, from, breach, rests), from, to, claims);
            add(new Claim(PERIOD_ENDED, Stage.VIOLATION, keepUntil, breach, null, rests), from, to, claims);
        }
        String person = facts.memberToken(image, from);
        Ended ended = person == null ? null : purposeEnd(person, from);
        if (ended != null) {
            LocalDate due = purposeDue(ended.day());
            Instant warning = Values.start(ended.day().plusDays(1));
            Instant breach = Values.start(due.plusDays(1));
            Set<OraclePosition> rests = ended.rests();
            add(new Claim(PURPOSE_ENDED, null, due, from, warning, rests), from, to, claims);
            add(new Claim(PURPOSE_ENDED, Stage.WARNING, due, warning, breach, rests), from, to, claims);
            add(new Claim(PURPOSE_ENDED, Stage.VIOLATION, due, breach, null, rests), from, to, claims);
        }
    }

    /** Calendar days, as the parameter stood when the purpose ended; nothing was a breach before the Measures' first day. */
    private LocalDate purposeDue(LocalDate ended) {
        LocalDate counted = notBeforeTheMeasures(ended);
        return counted.plusDays(
                registry.number(RULE + ".grace", facts.operator(), counted).intValueExact());
    }

    private LocalDate notBeforeTheMeasures(LocalDate day) {
        LocalDate inForce = Values.day(registry.inForce());
        return day.isBefore(inForce) ? inForce : day;
    }

    /** Adds what lies within a part of the image's life. */
    private static void add(Claim claim, Instant from, Instant to, List<Claim> claims) {
        Instant begin = Values.later(claim.from(), from);
        Instant end = claim.to() == null ? to : to == null ? claim.to() : Values.earlier(claim.to(), to);
        if (end == null || end.isAfter(begin)) {
            claims.add(new Claim(claim.cause(), claim.stage(), claim.due(), begin, end, claim.rests()));
        }
    }

    /** Adds what lies within the Measures' time and within what is known. */
    private void stretch(ImageStretch stretch, List<ImageStretch> stretches) {
        Instant begin = Values.later(stretch.from(), registry.inForce());
        Instant end = stretch.to();
        if (end != null && end.isAfter(book.knownThrough())) {
            end = null;
        }
        if (begin.isAfter(book.knownThrough()) || (end != null && !end.isAfter(begin))) {
            return;
        }
        stretches.add(new ImageStretch(stretch.cause(), stretch.stage(), stretch.due(), begin, end, stretch.rests()));
    }

    /** When a person's last purpose ended, {@code null} while one goes on or if there never was one. */
    private Ended purposeEnd(String person, Instant at) {
        LocalDate last = null;
        Set<OraclePosition> rests = new HashSet<>();
        for (String key : book.keys(SourceFacts.MEMBERSHIP)) {
            List<RowState> states = book.netStates(SourceFacts.MEMBERSHIP, key);
            int held = -1;
            RowState deleted = null;
            for (int i = 0; i < states.size(); i++) {
                RowState state = states.get(i);
                if (state.latest().isAfter(at) && !(held < 0 && state.ofSnapshot())) {
                    break;
                }
                deleted = state.present() ? null : state;
                held = state.present() ? i : held;
            }
            LocalDate deletedOn = deleted == null ? null : Values.day(deleted.latest());
            if (held < 0 || !Objects.equals(person, personOf(states.get(held), deletedOn, key, at))) {
                continue;
            }
            LocalDate endsOn = Values.date(states.get(held).row(), "ended_on");
            OraclePosition said = saidBy(states, held, "ended_on");
            if (deletedOn != null && (endsOn == null || endsOn.isAfter(deletedOn))) {
                endsOn = deletedOn;
                said = deleted.position();
            }
            if (endsOn == null) {
                return null;
            }
            if (last == null || endsOn.isAfter(last)) {
                last = endsOn;
                rests.clear();
            }
            if (endsOn.equals(last)) {
                rests.add(said);
            }
        }
        return last == null ? null : new Ended(last, rests);
    }

    /** Whose purpose it is; of a deleted row, whose it was just before. */
    private String personOf(RowState held, LocalDate deletedOn, String key, Instant at) {
        if (deletedOn == null) {
            return facts.memberToken(held.row(), at);
        }
        return facts.memberToken(
                held.row(), book.stateAt(SourceFacts.MEMBERSHIP, key, at).latest());
    }
}
