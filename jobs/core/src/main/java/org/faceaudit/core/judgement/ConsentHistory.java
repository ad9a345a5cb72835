package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;

/**
 * What covers a person's face through time, as their consent rows document it: a separate consent to the face that is in
 * force, or another legal basis (PIPL 13: that consent is missing proves nothing where the processing rests on something
 * else). A consent that is bundled, for something else or never given covers nothing.
 */
final class ConsentHistory {

    /** How a consent came to its end, the more telling the later. */
    enum Ending {
        /** Its row is gone: it is documented no longer, and nobody withdrew it. */
        DELETED,
        /** The period consented to is over. */
        EXPIRED,
        /** The person withdrew it. */
        WITHDRAWN
    }

    /**
     * The end of one consent.
     *
     * @param day the last day of a period, else the legal day of the end
     * @param sure whether it was about the face, and a separate consent if its period is over, as far as can be read
     * @param positions what says so
     */
    record End(Ending ending, Instant at, LegalDay day, boolean sure, List<Position> positions) {

        private static final Comparator<End> LAST =
                Comparator.comparing(End::at).thenComparing(End::ending).thenComparing(End::sure);

        /** Whether the image has to go for it, whatever else comes to an end later. */
        private boolean stays() {
            return sure && ending != Ending.DELETED;
        }
    }

    /**
     * A stretch of time.
     *
     * @param to {@code null} for no end
     * @param end the end since which nothing covers the face, {@code null} while a consent or another basis does and before
     *     any did; what ends later and covered nothing moves no day
     */
    record Stretch(Instant from, Instant to, Answer covered, End end) {}

    /** An end, and the consent that came to it. */
    private record Ended(Consent consent, End end) {}

    private final Collection<Consent> consents;
    private final Map<PersonToken, List<Stretch>> stretches = new HashMap<>();

    ConsentHistory(Collection<Consent> consents) {
        this.consents = consents.stream()
                .sorted(Comparator.comparing(Consent::consentKey))
                .toList();
    }

    /** The whole of time, in order. */
    List<Stretch> of(PersonToken person) {
        return stretches.computeIfAbsent(person, this::stretches);
    }

    private List<Stretch> stretches(PersonToken person) {
        TreeSet<Instant> cuts = cuts();
        cuts.add(Instant.MIN);
        List<Stretch> found = new ArrayList<>();
        Ended ended = null;
        for (Instant at : cuts) {
            Answer covered = covered(person, at);
            ended = covered == Answer.NO ? ended(person, at, ended) : null;
            End end = ended == null ? null : ended.end();
            Stretch last = found.isEmpty() ? null : found.get(found.size() - 1);
            if (last != null && last.covered() == covered && Objects.equals(last.end(), end)) {
                found.remove(found.size() - 1);
                found.add(new Stretch(last.from(), cuts.higher(at), covered, end));
            } else {
                found.add(new Stretch(at, cuts.higher(at), covered, end));
            }
        }
        return found;
    }

    /** The instants at which what the rows say may change, by a change or by time alone. */
    TreeSet<Instant> cuts() {
        TreeSet<Instant> cuts = new TreeSet<>();
        for (Consent consent : consents) {
            for (ConsentVersion version : consent.versions()) {
                cuts.add(version.from().earliest());
                if (version.withdrawnAt().state() == FieldState.PRESENT) {
                    cuts.add(version.withdrawnAt().at());
                }
                if (version.expiresOn().state() == FieldState.PRESENT) {
                    cuts.add(expiry(version));
                }
            }
        }
        return cuts;
    }

    private static Instant expiry(ConsentVersion version) {
        return version.expiresOn().day().plusDays(1).start();
    }

    /** What the person's rows say at an instant, without those that are not there. */
    List<ConsentVersion> said(PersonToken person, Instant at) {
        List<ConsentVersion> said = new ArrayList<>();
        for (Consent consent : consents) {
            int current = current(consent.versions(), at);
            if (current >= 0 && isOf(consent.versions().get(current), person)) {
                said.add(consent.versions().get(current));
            }
        }
        return said;
    }

    private static int current(List<ConsentVersion> versions, Instant at) {
        int current = -1;
        while (current + 1 < versions.size()
                && !versions.get(current + 1).from().earliest().isAfter(at)) {
            current++;
        }
        return current;
    }

    private static boolean isOf(ConsentVersion version, PersonToken person) {
        return version.present() && person.equals(version.person());
    }

    /** Whether what a row documents was given and is neither withdrawn nor over at an instant. */
    static Answer stands(ConsentVersion version, Instant at) {
        if (version.given() == FieldState.ABSENT
                || (version.withdrawnAt().state() == FieldState.PRESENT
                        && !version.withdrawnAt().at().isAfter(at))
                || (version.expiresOn().state() == FieldState.PRESENT
                        && !expiry(version).isAfter(at))) {
            return Answer.NO;
        }
        boolean unread = version.given() == FieldState.UNKNOWN
                || version.withdrawnAt().state() == FieldState.UNKNOWN
                || version.expiresOn().state() == FieldState.UNKNOWN;
        return unread ? Answer.UNKNOWN : Answer.YES;
    }

    /** Whether it names a basis that is not consent. */
    static Answer otherBasis(ConsentVersion version) {
        return version.legalBasis().state() == FieldState.UNKNOWN
                ? Answer.UNKNOWN
                : Answer.of(version.legalBasis().state() == FieldState.PRESENT
                        && !LegalBasis.CONSENT
                                .name()
                                .equals(version.legalBasis().text()));
    }

    /** Whether it is a consent for the face alone, whatever became of it. */
    private static Answer separate(ConsentVersion version) {
        return Answer.set(version.separate()).and(Answer.is(version.scope(), ConsentScope.FACE.name()));
    }

    private Answer covered(PersonToken person, Instant at) {
        Answer covered = Answer.NO;
        for (ConsentVersion version : said(person, at)) {
            covered = covered.or(stands(version, at).and(separate(version).or(otherBasis(version))));
        }
        return covered;
    }

    /**
     * The end since which nothing covers the face.
     *
     * @param before the same just before, {@code null} while something covered it
     */
    private Ended ended(PersonToken person, Instant at, Ended before) {
        if (before != null && before.end().stays()) {
            End still = end(before.consent().versions(), person, at);
            if (still != null && still.stays()) {
                return new Ended(before.consent(), still);
            }
        }
        Ended last = null;
        for (Consent consent : consents) {
            End end = end(consent.versions(), person, at);
            last = end != null && (last == null || End.LAST.compare(end, last.end()) > 0)
                    ? new Ended(consent, end)
                    : last;
        }
        return last;
    }

    /** How one consent ended by an instant; {@code null} if it did not, or says nothing of the face. */
    private static End end(List<ConsentVersion> versions, PersonToken person, Instant at) {
        int current = current(versions, at);
        int held = current;
        while (held >= 0 && !isOf(versions.get(held), person)) {
            held--;
        }
        if (held < 0) {
            return null;
        }
        ConsentVersion version = versions.get(held);
        Answer aboutFace = Answer.is(version.scope(), ConsentScope.OTHER.name())
                .or(otherBasis(version))
                .not();
        if (aboutFace == Answer.NO || version.given() == FieldState.ABSENT) {
            return null;
        }
        boolean sure = aboutFace == Answer.YES;
        ConsentVersion gone = held < current ? versions.get(held + 1) : null;
        Instant until = gone == null ? at : gone.from().earliest();
        Instant withdrawn = version.withdrawnAt().at();
        boolean isWithdrawn = withdrawn != null && !withdrawn.isAfter(until);
        boolean isExpired =
                version.expiresOn().day() != null && !expiry(version).isAfter(until) && separate(version) != Answer.NO;
        if (isWithdrawn && !(isExpired && expiry(version).isBefore(withdrawn))) {
            List<Position> positions = List.of(statedBy(versions, held, ConsentVersion::withdrawnAt));
            return new End(Ending.WITHDRAWN, withdrawn, LegalDay.of(withdrawn), sure, positions);
        }
        if (isExpired) {
            List<Position> positions = List.of(statedBy(versions, held, ConsentVersion::expiresOn));
            boolean hadPeriod = sure && separate(version) == Answer.YES;
            return new End(Ending.EXPIRED, expiry(version), version.expiresOn().day(), hadPeriod, positions);
        }
        if (gone == null || separate(version) == Answer.NO) {
            return null;
        }
        // the latest instant at which it may have gone: to count from an earlier one would accuse too soon
        Instant went = gone.from().latest();
        return new End(Ending.DELETED, went, LegalDay.of(went), sure, List.of(gone.position()));
    }

    /** The change that said first what a version still says of a field, not of another person. */
    private static Position statedBy(
            List<ConsentVersion> versions, int version, Function<ConsentVersion, Object> field) {
        ConsentVersion said = versions.get(version);
        int first = version;
        while (first > 0
                && concerns(versions.get(first - 1), said.person())
                && field.apply(versions.get(first - 1)).equals(field.apply(said))) {
            first--;
        }
        return versions.get(first).position();
    }

    /** Whether it is the person's, or of somebody who was not known yet. */
    private static boolean concerns(ConsentVersion version, PersonToken person) {
        return version.present()
                && (version.person() == null || version.person().equals(person));
    }
}
