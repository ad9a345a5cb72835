package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.oracle.SourceFacts.Told;

/**
 * What the consents of a gym say of a person (Measures, Art. 6; PIPL 13, 15, 47). What a row says counts from its commit on;
 * a withdrawal that it dates back has its own day all the same, and one of tomorrow has come to pass when it is told. A
 * withdrawal before the giving that the same row states is one of an earlier consent. A row that is deleted, or becomes
 * somebody else's, documents nothing any more: what was withdrawn or had expired before stays so.
 */
final class ConsentFacts {

    private static final Set<String> OTHER_BASES = Set.of("contract", "hr", "statute", "public-security", "other");
    private static final String CONSENT_BASIS = "consent";
    private static final String FACE = "face";
    private static final String ELSEWHERE = "ads";
    /** What is no consent to the face by itself: bundled with other terms, for something else, for nothing. */
    private static final Set<String> OTHER_SCOPES = Set.of("terms", ELSEWHERE, "");

    private final SourceFacts facts;
    private final RowBook book;
    private final Map<String, List<Told>> rows = new HashMap<>();
    private final Map<String, List<String>> keys = new HashMap<>();
    private final Map<String, List<Standing>> standings = new HashMap<>();

    ConsentFacts(SourceFacts facts) {
        this.facts = facts;
        this.book = facts.book();
    }

    /** Whether something allows that a person's image is kept: a separate consent in force or another legal basis. */
    enum Covered {
        NO,
        /** A basis that nobody can read may allow it. */
        PERHAPS,
        YES
    }

    /** How a consent came to its end; of two ends at one instant the later here tells more. */
    enum How {
        DELETED,
        EXPIRED,
        WITHDRAWN
    }

    /**
     * The end of a consent.
     *
     * @param day the last day of the period consented to, else the day of the end
     * @param sure whether it surely was a consent
     * @param rests the change that says so
     */
    record End(How how, Instant at, LocalDate day, boolean sure, OraclePosition rests) {

        private static final Comparator<End> LAST =
                Comparator.comparing(End::at).thenComparing(End::how).thenComparing(End::sure);

        /** No later end of another consent takes its place while nothing covers. */
        boolean lasts() {
            return sure && how != How.DELETED;
        }
    }

    /**
     * A time during which the answer about a person is one.
     *
     * @param to {@code null} for no end
     * @param end how that ended which covered last; {@code null} while anything covers, or if nothing ever did
     * @param bareSince since when it has been certain without a break that no consent is on record, in force or ended;
     *     {@code null} otherwise
     */
    record Standing(Instant from, Instant to, Covered covered, End end, Instant bareSince) {}

    /** Whether the source tells of consents at all. */
    boolean told() {
        return book.has(SourceFacts.CONSENT);
    }

    /** All of time, in order. */
    List<Standing> of(String person) {
        return standings.computeIfAbsent(person, this::standings);
    }

    private List<Standing> standings(String person) {
        TreeSet<Instant> instants = instants(person);
        instants.add(Instant.MIN);
        List<Standing> found = new ArrayList<>();
        Standing last = null;
        String endedBy = null;
        for (Instant at : instants) {
            Covered covered = covered(person, at);
            endedBy = covered == Covered.NO ? endedBy(person, at, endedBy) : null;
            End end = endedBy == null ? null : end(rows(endedBy), person, at);
            Instant bare = null;
            if (covered == Covered.NO && (end == null || (end.sure() && end.how() == How.DELETED))) {
                bare = last != null && last.bareSince() != null
                        ? last.bareSince()
                        : end == null ? at : Values.later(at, end.at());
            }
            if (last != null && last.covered() == covered && Objects.equals(last.end(), end)) {
                found.remove(found.size() - 1);
                last = new Standing(last.from(), instants.higher(at), covered, end, last.bareSince());
            } else {
                last = new Standing(at, instants.higher(at), covered, end, bare);
            }
            found.add(last);
        }
        return found;
    }

    private List<String> keys(String person) {
        return keys.computeIfAbsent(
                person,
                somebody -> book.keys(SourceFacts.CONSENT).stream()
                        .filter(key -> rows(key).stream().anyMatch(told -> told.isOf(somebody)))
                        .toList());
    }

    private List<Told> rows(String key) {
        return rows.computeIfAbsent(key, one -> facts.told(SourceFacts.CONSENT, one));
    }

    /** Every instant at which the answer about a person may change. */
    TreeSet<Instant> instants(String person) {
        TreeSet<Instant> instants = new TreeSet<>();
        for (String key : keys(person)) {
            List<Told> said = rows(key);
            for (int i = 0; i < said.size(); i++) {
                instants.add(said.get(i).from());
                if (said.get(i).present()) {
                    Instant withdrawn = withdrawn(said, i);
                    LocalDate expires = Values.date(said.get(i).row(), "expires_on");
                    if (withdrawn != null) {
                        instants.add(withdrawn);
                    }
                    if (expires != null) {
                        instants.add(Values.start(expires.plusDays(1)));
                    }
                }
            }
        }
        return instants;
    }

    private static int now(List<Told> said, Instant at) {
        int now = -1;
        while (now + 1 < said.size() && !said.get(now + 1).from().isAfter(at)) {
            now++;
        }
        return now;
    }

    private Covered covered(String person, Instant at) {
        Covered covered = Covered.NO;
        for (String key : keys(person)) {
            List<Told> said = rows(key);
            int now = now(said, at);
            if (now < 0 || !said.get(now).isOf(person) || !inForce(said, now, at)) {
                continue;
            }
            JsonNode row = said.get(now).row();
            for (Covered by : List.of(separate(row), otherBasis(row))) {
                covered = by.compareTo(covered) > 0 ? by : covered;
            }
        }
        return covered;
    }

    /** Whether a row tells of a consent to the face by itself; one that is bundled with other terms is none. */
    private static Covered separate(JsonNode row) {
        if (!Values.flag(row, "separate")) {
            return Covered.NO;
        }
        String scope = scope(row);
        return FACE.equals(scope) ? Covered.YES : OTHER_SCOPES.contains(scope) ? Covered.NO : Covered.PERHAPS;
    }

    /** Whether a row tells of the face at all, alone or bundled with other terms. */
    private static Covered ofFace(JsonNode row) {
        String scope = scope(row);
        if (ELSEWHERE.equals(scope)) {
            return Covered.NO;
        }
        return FACE.equals(scope) || OTHER_SCOPES.contains(scope) ? Covered.YES : Covered.PERHAPS;
    }

    /** What was consented to, empty for nothing; a source that does not tell it is taken to mean the face. */
    private static String scope(JsonNode row) {
        String scope = Values.text(row, "scope");
        return scope == null ? row.has("scope") ? "" : FACE : scope;
    }

    /** Whether what a row documents was given and is neither withdrawn nor over. */
    private static boolean inForce(List<Told> said, int now, Instant at) {
        JsonNode row = said.get(now).row();
        Instant withdrawn = withdrawn(said, now);
        LocalDate expires = Values.date(row, "expires_on");
        return Values.text(row, "given_at") != null
                && (withdrawn == null || withdrawn.isAfter(at))
                && (expires == null || !Values.day(at).isAfter(expires));
    }

    /** Whether a row names a basis that is not consent. */
    private static Covered otherBasis(JsonNode row) {
        String basis = Values.text(row, "legal_basis");
        if (basis == null || basis.equals(CONSENT_BASIS)) {
            return Covered.NO;
        }
        return OTHER_BASES.contains(basis) ? Covered.YES : Covered.PERHAPS;
    }

    /** Which consent's end it is that leaves the face without cover: the one of before as long as it lasts, else the last. */
    private String endedBy(String person, Instant at, String before) {
        End own = before == null ? null : end(rows(before), person, at);
        if (own != null && own.lasts()) {
            return before;
        }
        String by = null;
        for (String key : keys(person)) {
            End end = end(rows(key), person, at);
            if (end != null && (by == null || End.LAST.compare(end, end(rows(by), person, at)) > 0)) {
                by = key;
            }
        }
        return by;
    }

    /** How one consent of a person ended by an instant, {@code null} if it did not or was none. */
    private static End end(List<Told> said, String person, Instant at) {
        int now = now(said, at);
        int held = now;
        while (held >= 0 && !said.get(held).isOf(person)) {
            held--;
        }
        if (held < 0) {
            return null;
        }
        JsonNode row = said.get(held).row();
        if (Values.text(row, "given_at") == null || otherBasis(row) == Covered.YES || ofFace(row) == Covered.NO) {
            return null;
        }
        boolean sure = otherBasis(row) == Covered.NO && ofFace(row) == Covered.YES;
        Told gone = held < now ? said.get(held + 1) : null;
        Instant until = gone == null ? at : gone.from();
        Instant withdrawn = withdrawn(said, held);
        LocalDate expires = Values.date(row, "expires_on");
        boolean separate = separate(row) != Covered.NO;
        Instant over = expires == null ? null : Values.start(expires.plusDays(1));
        boolean isOver = separate && over != null && !over.isAfter(until);
        if (withdrawn != null && !withdrawn.isAfter(until) && !(isOver && over.isBefore(withdrawn))) {
            return new End(
                    How.WITHDRAWN, withdrawn, Values.day(withdrawn), sure, saidOf(person, said, held, "withdrawn_at"));
        }
        if (isOver) {
            return new End(How.EXPIRED, over, expires, sure, saidOf(person, said, held, "expires_on"));
        }
        return gone == null || !separate
                ? null
                : new End(How.DELETED, gone.latest(), Values.day(gone.latest()), sure, gone.position());
    }

    /** When a row says that it was withdrawn, at the latest when it said so; {@code null} if it was not, or given again. */
    private static Instant withdrawn(List<Told> said, int number) {
        Instant withdrawn = past(said, number, "withdrawn_at");
        Instant given = past(said, number, "given_at");
        return withdrawn == null || (given != null && given.isAfter(withdrawn)) ? null : withdrawn;
    }

    private static Instant past(List<Told> said, int number, String column) {
        Instant stated = Values.zoned(said.get(number).row(), column);
        return stated == null
                ? null
                : Values.earlier(stated, said.get(since(said, number, column)).latest());
    }

    /** The change that first said of a person what a row has said since in a column. */
    private static OraclePosition saidOf(String person, List<Told> said, int number, String column) {
        int first = since(said, number, column);
        for (int i = number - 1; i >= first; i--) {
            if (said.get(i).person() != null && !said.get(i).isOf(person)) {
                return said.get(i + 1).position();
            }
        }
        return said.get(first).position();
    }

    /** Since which of its states a row has said what it says in a column. */
    private static int since(List<Told> said, int number, String column) {
        String value = Values.text(said.get(number).row(), column);
        int first = number;
        while (first > 0
                && said.get(first - 1).present()
                && Objects.equals(value, Values.text(said.get(first - 1).row(), column))) {
            first--;
        }
        return first;
    }

    /**
     * Whether the processing of a person's face rests at an instant, for certain, on a consent of that person alone who was
     * younger than the law lets consent (Art. 7 ¶1): no other basis nor a guardian's consent is on record.
     *
     * @param age from which on a person may consent, in years
     */
    boolean childAlone(String person, Instant at, int age) {
        boolean onConsent = false;
        LocalDate born = null;
        for (String key : keys(person)) {
            List<Told> said = rows(key);
            int now = now(said, at);
            if (now < 0 || !said.get(now).isOf(person)) {
                continue;
            }
            LocalDate stated = facts.birth(said.get(now));
            born = stated != null && (born == null || stated.isBefore(born)) ? stated : born;
            if (!inForce(said, now, at)) {
                continue;
            }
            JsonNode row = said.get(now).row();
            Covered ofFace = ofFace(row);
            if (ofFace != Covered.NO && (otherBasis(row) != Covered.NO || Values.flag(row, "guardian"))) {
                return false;
            }
            onConsent |= ofFace == Covered.YES && CONSENT_BASIS.equals(Values.text(row, "legal_basis"));
        }
        return onConsent && born != null && Values.day(at).isBefore(born.plusYears(age));
    }

    /** The instants at which a person may have come of age. */
    TreeSet<Instant> birthdays(String person, int age) {
        TreeSet<Instant> birthdays = new TreeSet<>();
        for (String key : keys(person)) {
            for (Told told : rows(key)) {
                LocalDate born = told.present() ? facts.birth(told) : null;
                if (born != null) {
                    birthdays.add(Values.start(born.plusYears(age)));
                }
            }
        }
        return birthdays;
    }
}
