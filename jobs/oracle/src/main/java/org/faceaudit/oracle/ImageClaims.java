package org.faceaudit.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.faceaudit.oracle.ImageClaim.Cause;
import org.faceaudit.oracle.ImageClaim.Stage;
import org.faceaudit.oracle.SourceFacts.Told;

/**
 * For each image of one source, why it was to be deleted and when: by the period notified or consented to, for the end of the
 * purpose, of the consent or of all use (Measures, Art. 8 ¶2, 15 ¶4; PIPL 19, 47), or since no consent ever covered it
 * (recommended standards). At any instant an image counts under one cause: of the certain ones the one due first, even if
 * that lies ahead; where it does not count yet, the suspected one due first; and last what an exception covers.
 */
final class ImageClaims {

    /** What the visitors' photos are in the eyes of the law. */
    private static final String PHOTO_CLASS = "public-security-video";

    private static final Comparator<ImageClaim> EARLIEST =
            Comparator.comparing(ImageClaim::due).thenComparing(ImageClaim::cause);

    private final SourceFacts facts;
    private final RowBook book;
    private final OracleRegistry registry;
    private final ConsentFacts consents;
    private final PurposeFacts purposes;
    private final ImageExceptions exceptions;
    private final List<ImageClaim> counting = new ArrayList<>();

    ImageClaims(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.book = facts.book();
        this.registry = registry;
        this.consents = new ConsentFacts(facts);
        this.purposes = new PurposeFacts(facts);
        this.exceptions = new ImageExceptions(facts.operator(), facts.system(), registry);
    }

    /** Every time during which an image counts, each image under one cause at a time. */
    List<ImageClaim> counting() {
        for (String key : book.keys(SourceFacts.MEMBER_IMAGE)) {
            memberImage(key);
        }
        for (String key : book.keys(SourceFacts.VISITOR_PHOTO)) {
            visitorPhoto(key);
        }
        for (String key : book.keys(SourceFacts.FACE)) {
            facePhoto(key);
        }
        for (String key : book.keys(SourceFacts.IMG)) {
            enrolled(key);
        }
        return counting;
    }

    /**
     * A time during which an image is stored.
     *
     * @param earliest the earliest instant at which that may have begun
     * @param latest the latest
     * @param to {@code null} while it is
     * @param stored the change that brought it
     */
    private record Life(Instant earliest, Instant latest, Instant to, OraclePosition stored) {

        /** Adds a claim as far as it lies within a time of this life. */
        void add(
                List<ImageClaim> claims,
                Cause cause,
                Stage stage,
                LocalDate due,
                Instant from,
                Instant until,
                Set<OraclePosition> rests) {
            if (until != null && !until.isAfter(from)) {
                return;
            }
            Set<OraclePosition> all = new HashSet<>(rests);
            all.add(stored);
            ImageClaim within = new ImageClaim(cause, stage, due, from, until, all).within(earliest, to);
            if (within != null) {
                claims.add(within);
            }
        }

        /** A breach from the day after the last one; before it the day is only to come. */
        void due(
                List<ImageClaim> claims,
                Cause cause,
                LocalDate due,
                Instant from,
                Instant until,
                Set<OraclePosition> rests) {
            Instant breach = Values.start(due.plusDays(1));
            add(claims, cause, null, due, from, sooner(breach, until), rests);
            add(claims, cause, Stage.VIOLATION, due, Values.later(breach, from), until, rests);
        }

        /** The same with a warning from an instant on. */
        void warned(
                List<ImageClaim> claims,
                Cause cause,
                Instant warned,
                LocalDate due,
                Instant from,
                Instant until,
                Set<OraclePosition> rests) {
            Instant breach = Values.start(due.plusDays(1));
            add(claims, cause, null, due, from, sooner(warned, until), rests);
            add(claims, cause, Stage.WARNING, due, Values.later(warned, from), sooner(breach, until), rests);
            add(claims, cause, Stage.VIOLATION, due, Values.later(breach, from), until, rests);
        }
    }

    /** {@code null} is never. */
    private static Instant sooner(Instant one, Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private void memberImage(String key) {
        List<Told> said = facts.told(SourceFacts.MEMBER_IMAGE, key);
        for (int first = 0; first < said.size(); first++) {
            if (!said.get(first).present() || (first > 0 && said.get(first - 1).present())) {
                continue;
            }
            int gone = first;
            while (gone < said.size() && said.get(gone).present()) {
                gone++;
            }
            Instant to = gone < said.size() ? said.get(gone).from() : null;
            Told stored = said.get(first);
            Instant latest = stored.from().equals(declared(stored)) ? stored.from() : stored.latest();
            Life life = new Life(stored.from(), latest, to, stored.position());
            List<ImageClaim> claims = terminated(life);
            for (int i = first; i < gone; i++) {
                Instant from = Values.later(said.get(i).from(), latest);
                Instant until = i + 1 < said.size() ? said.get(i + 1).from() : null;
                LocalDate keepUntil = Values.date(said.get(i).row(), "keep_until");
                if (keepUntil != null) {
                    Set<OraclePosition> rests = Set.of(saidBy(said, first, i, "keep_until"));
                    life.due(claims, Cause.PERIOD_ENDED, keepUntil, from, until, rests);
                }
                if (said.get(i).person() != null) {
                    purpose(claims, life, said.get(i).person(), from, until);
                    consented(claims, life, said.get(i).person(), from, until);
                }
            }
            choose(claims, null, life);
        }
    }

    /** When a gym says that it took an image. */
    private static Instant declared(Told image) {
        return Values.zoned(image.row(), "taken_at");
    }

    /** The change that first said what a column has said since. */
    private static OraclePosition saidBy(List<Told> said, int from, int number, String column) {
        String value = Values.text(said.get(number).row(), column);
        int first = number;
        while (first > from
                && Objects.equals(value, Values.text(said.get(first - 1).row(), column))) {
            first--;
        }
        return said.get(first).position();
    }

    private void purpose(List<ImageClaim> claims, Life life, String person, Instant from, Instant until) {
        TreeSet<Instant> instants = purposes.instants(person);
        for (Instant at : instants) {
            PurposeFacts.Ended ended = purposes.of(person, at);
            if (ended != null) {
                LocalDate counted = registry.countedFrom(ended.day());
                LocalDate due = counted.plusDays(days("grace", counted));
                Instant warned = Values.start(ended.day().plusDays(1));
                Instant begin = Values.later(from, at);
                Instant end = sooner(instants.higher(at), until);
                life.warned(claims, Cause.PURPOSE_ENDED, warned, due, begin, end, ended.rests());
            }
        }
    }

    /** What follows from the end of consent, or from there being none. */
    private void consented(List<ImageClaim> claims, Life life, String person, Instant from, Instant until) {
        for (ConsentFacts.Standing standing : consents.of(person)) {
            Instant begin = Values.later(from, standing.from());
            Instant end = sooner(standing.to(), until);
            ConsentFacts.End ended = standing.end();
            if (ended != null && ended.sure()) {
                Set<OraclePosition> rests = Set.of(ended.rests());
                if (ended.how() == ConsentFacts.How.WITHDRAWN) {
                    LocalDate counted = registry.countedFrom(ended.day());
                    LocalDate due = counted.plusDays(days("deletion-days", counted));
                    life.warned(claims, Cause.CONSENT_WITHDRAWN, begin, due, begin, end, rests);
                } else if (ended.how() == ConsentFacts.How.EXPIRED) {
                    life.due(claims, Cause.PERIOD_ENDED, ended.day(), begin, end, rests);
                }
            }
            if (standing.bareSince() != null && consents.told()) {
                keptAfterVerification(claims, life, standing, begin, end);
            }
        }
    }

    /** Beyond the day on which the cache grace ran out, or on which the last consent ended. */
    private void keptAfterVerification(
            List<ImageClaim> claims, Life life, ConsentFacts.Standing standing, Instant from, Instant until) {
        int hours = days("cache-grace", registry.countedFrom(Values.day(life.latest())));
        LocalDate due = Values.day(Values.later(life.latest().plus(Duration.ofHours(hours)), standing.bareSince()));
        Set<OraclePosition> rests =
                standing.end() == null ? Set.of() : Set.of(standing.end().rests());
        Instant begin = Values.later(from, Values.start(due.plusDays(1)));
        life.add(claims, Cause.KEPT_AFTER_VERIFICATION, Stage.SUSPECTED, due, begin, until, rests);
    }

    /** A visitor's photo is due so many days after it was stored; when that was may be known by bounds alone. */
    private void visitorPhoto(String key) {
        List<RowState> states = book.netStates(SourceFacts.VISITOR_PHOTO, key);
        for (int first = 0; first < states.size(); first++) {
            if (!states.get(first).present()
                    || (first > 0 && states.get(first - 1).present())) {
                continue;
            }
            Life life = life(SourceFacts.VISITOR_PHOTO, key, states, first, RowState::present);
            List<ImageClaim> claims = terminated(life);
            for (int i = first; i < states.size() && states.get(i).present(); i++) {
                String days = Values.text(states.get(i).row(), "keep_days");
                if (days == null) {
                    continue;
                }
                Instant perhaps = i == first ? life.earliest() : states.get(i).earliest();
                Instant surely = Values.later(perhaps, life.latest());
                LocalDate low = Values.day(life.earliest()).plusDays(Long.parseLong(days));
                LocalDate high = Values.day(life.latest()).plusDays(Long.parseLong(days));
                Instant begin = low.equals(high) ? surely : perhaps;
                Instant until = i + 1 < states.size() ? states.get(i + 1).earliest() : null;
                Instant maybe = Values.later(begin, Values.start(low.plusDays(1)));
                Instant sure = Values.later(surely, Values.start(high.plusDays(1)));
                Set<OraclePosition> rests = Set.of(saidBy(states, i, "keep_days"));
                Cause cause = Cause.PERIOD_ENDED;
                life.add(claims, cause, null, low, begin, sooner(maybe, until), rests);
                life.add(claims, cause, Stage.SUSPECTED, low, maybe, sooner(sure, until), rests);
                life.add(claims, cause, Stage.VIOLATION, high, sure, until, rests);
            }
            choose(claims, PHOTO_CLASS, life);
        }
    }

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

    /** The life of an image that begins with a state, and ends with the first that does not hold one. */
    private Life life(String table, String key, List<RowState> states, int first, Predicate<RowState> stored) {
        boolean newRow = first == 0 || !states.get(first - 1).present();
        RowState state = states.get(first);
        List<Instant> begin = newRow ? facts.start(table, key, state) : List.of(state.earliest(), state.latest());
        int gone = first;
        while (gone < states.size() && stored.test(states.get(gone))) {
            gone++;
        }
        Instant to = gone < states.size() ? states.get(gone).earliest() : null;
        return new Life(begin.get(0), begin.get(1), to, state.position());
    }

    /** The photo of a face is stored as long as the row names where. */
    private void facePhoto(String key) {
        List<RowState> states = book.netStates(SourceFacts.FACE, key);
        for (int i = 0; i < states.size(); i++) {
            if (hasPhoto(states.get(i)) && (i == 0 || !hasPhoto(states.get(i - 1)))) {
                Life life = life(SourceFacts.FACE, key, states, i, ImageClaims::hasPhoto);
                choose(terminated(life), null, life);
            }
        }
    }

    private static boolean hasPhoto(RowState face) {
        String photo = face.present() ? Values.text(face.row(), "photo_url") : null;
        return photo != null && photo.startsWith("d1:present:");
    }

    /** A photo of a face store is one image, whoever turns out to be on it. */
    private void enrolled(String key) {
        Presence first = null;
        Presence last = null;
        for (Presence part : facts.photo(key)) {
            if (last != null && !part.startLatest().equals(last.endLatest())) {
                enrolled(key, first, last);
                first = null;
            }
            first = first == null ? part : first;
            last = part;
        }
        if (first != null) {
            enrolled(key, first, last);
        }
    }

    private void enrolled(String key, Presence first, Presence last) {
        OraclePosition stored = facts.shown(key, first.startLatest());
        Life life = new Life(first.startEarliest(), first.startLatest(), last.endEarliest(), stored);
        choose(terminated(life), null, life);
    }

    /** The operator has ended every use: its images are due after the days of deletion. */
    private List<ImageClaim> terminated(Life life) {
        List<ImageClaim> claims = new ArrayList<>();
        OracleRegistry.Termination termination = registry.termination(facts.operator());
        if (termination != null) {
            LocalDate counted = registry.countedFrom(termination.on());
            LocalDate due = counted.plusDays(days("deletion-days", counted));
            Set<OraclePosition> rests = Set.of(termination.stated());
            Instant ended = Values.later(life.latest(), Values.start(termination.on()));
            life.due(claims, Cause.AFTER_TERMINATION, due, ended, null, rests);
        }
        return claims;
    }

    private int days(String name, LocalDate counted) {
        return registry.number(ImageOpinion.RULE + '.' + name, facts.operator(), counted)
                .intValueExact();
    }

    /** Under which cause the image counts at every instant, within the Measures' time and within what is known. */
    private void choose(List<ImageClaim> claims, String dataClass, Life life) {
        List<ImageClaim> applied = exceptions.applied(claims, dataClass, life.latest());
        TreeSet<Instant> instants = new TreeSet<>();
        instants.add(registry.inForce());
        for (ImageClaim claim : applied) {
            instants.add(claim.from());
            if (claim.to() != null) {
                instants.add(claim.to());
            }
        }
        for (Instant at : instants.tailSet(registry.inForce())) {
            if (at.isAfter(book.knownThrough())) {
                break;
            }
            ImageClaim chosen =
                    chosen(applied.stream().filter(claim -> claim.covers(at)).toList());
            if (chosen != null) {
                Instant next = instants.higher(at);
                boolean known = next != null && !next.isAfter(book.knownThrough());
                counting.add(chosen.during(at, known ? next : null));
            }
        }
    }

    /** {@code null} where an image counts under none of what is claimed. */
    private static ImageClaim chosen(List<ImageClaim> claims) {
        ImageClaim certain = first(claims, claim -> claim.certain() && !claim.exempt());
        if (certain != null && certain.accuses()) {
            return certain;
        }
        ImageClaim suspected = first(claims, claim -> !claim.certain() && !claim.exempt());
        if (suspected != null) {
            return suspected;
        }
        ImageClaim exempt = first(claims, claim -> claim.exempt() && claim.certain());
        return exempt != null ? exempt : first(claims, ImageClaim::exempt);
    }

    private static ImageClaim first(List<ImageClaim> claims, Predicate<ImageClaim> which) {
        return claims.stream().filter(which).min(EARLIEST).orElse(null);
    }
}
