package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeVersion;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The purpose of processing has ended: every membership, employment or visit of the person is over (PIPL 47 ¶1 (1);
 * Art. 8 ¶2 of the Measures). WARNING from the day after the last of them, VIOLATION after the grace. A row that was
 * deleted, or that is somebody else's now, ended on that day at the latest; a person who never had one gives no cause. A
 * renewal ends the stretch with its commit. Of a purpose that ended before the Measures the grace runs from their first
 * day.
 */
final class PurposeEnded {

    /** A last day, {@code null} for none, and the changes that say so. */
    private record End(LegalDay day, List<Position> positions) {}

    /** A stretch during which the rows of a person say one thing; {@code end} is {@code null} while a purpose runs. */
    private record Said(Instant from, Instant to, End end) {}

    private final String operator;
    private final Collection<Purpose> purposes;
    private final Registry registry;
    private final Map<PersonToken, List<Said>> saidOf = new HashMap<>();

    PurposeEnded(String operator, Collection<Purpose> purposes, Registry registry) {
        this.operator = operator;
        this.purposes = purposes;
        this.registry = registry;
    }

    List<ImageClaim> claims(StoredImage image) {
        List<ImageClaim> claims = new ArrayList<>();
        for (int i = 0; i < image.versions().size(); i++) {
            PersonToken person = image.versions().get(i).person();
            if (person == null) {
                continue;
            }
            Instant from = ImageClaim.later(image.from(i), image.presence().startLatest());
            Instant to = image.to(i);
            for (Said said : saidOf.computeIfAbsent(person, this::said)) {
                if (said.end() == null) {
                    continue;
                }
                LegalDay ended = said.end().day();
                LegalDay due = due(ended);
                Instant warned = ended.plusDays(1).start();
                Instant late = due.plusDays(1).start();
                List<Position> positions = said.end().positions();
                Instant begins = ImageClaim.later(from, said.from());
                Instant ends = ImageClaim.earlier(to, said.to());
                ImageCause cause = ImageCause.PURPOSE_ENDED;
                ImageClaim.add(claims, cause, null, due, begins, ImageClaim.earlier(ends, warned), positions);
                ImageClaim.add(
                        claims,
                        cause,
                        Verdict.WARNING,
                        due,
                        ImageClaim.later(begins, warned),
                        ImageClaim.earlier(ends, late),
                        positions);
                ImageClaim.add(claims, cause, Verdict.VIOLATION, due, ImageClaim.later(begins, late), ends, positions);
            }
        }
        return claims;
    }

    /** The last day of the grace: of a purpose that ended before the Measures it runs from their first day. */
    private LegalDay due(LegalDay ended) {
        LegalDay counted = ended.isBefore(registry.inForce()) ? registry.inForce() : ended;
        return counted.plusDays(registry.integer(RawImageRetained.RULE_ID + ".grace", operator, counted));
    }

    private List<Said> said(PersonToken person) {
        TreeSet<Instant> changes = new TreeSet<>();
        for (Purpose purpose : purposes) {
            purpose.versions().forEach(version -> changes.add(version.from().earliest()));
        }
        List<Said> said = new ArrayList<>();
        for (Instant at : changes) {
            Optional<End> end = end(person, at);
            if (end != null) {
                said.add(new Said(at, changes.higher(at), end.orElse(null)));
            }
        }
        return said;
    }

    /** Where the person's purposes end as said at an instant; empty while one runs, {@code null} without any. */
    private Optional<End> end(PersonToken person, Instant at) {
        LegalDay last = null;
        List<Position> positions = new ArrayList<>();
        for (Purpose purpose : purposes) {
            End end = end(purpose, person, at);
            if (end == null) {
                continue;
            }
            if (end.day() == null) {
                return Optional.empty();
            }
            if (last == null || end.day().isAfter(last)) {
                last = end.day();
                positions.clear();
            }
            if (end.day().equals(last)) {
                positions.addAll(end.positions());
            }
        }
        return last == null ? null : Optional.of(new End(last, Positions.sorted(positions)));
    }

    /** Where one purpose ends, without a day while it runs; {@code null} if it never was the person's. */
    private static End end(Purpose purpose, PersonToken person, Instant at) {
        End end = null;
        boolean runs = false;
        List<PurposeVersion> versions = purpose.versions();
        for (int i = 0;
                i < versions.size() && !versions.get(i).from().earliest().isAfter(at);
                i++) {
            PurposeVersion version = versions.get(i);
            if (version.present() && person.equals(version.person())) {
                runs = true;
                end = new End(version.endsOn(), List.of(statedBy(versions, i)));
            } else if (runs) {
                // the latest day it may have ended: a due day counted from an earlier one would accuse too soon
                LegalDay gone = LegalDay.of(version.from().latest());
                end = end.day() == null || gone.isBefore(end.day()) ? new End(gone, List.of(version.position())) : end;
                runs = false;
            }
        }
        return end;
    }

    /** The change that said first which day a version still names as the last, not of another person. */
    private static Position statedBy(List<PurposeVersion> versions, int version) {
        PurposeVersion said = versions.get(version);
        int first = version;
        while (first > 0
                && Objects.equals(versions.get(first - 1).endsOn(), said.endsOn())
                && concerns(versions.get(first - 1), said.person())) {
            first--;
        }
        return versions.get(first).position();
    }

    /** Whether it is the person's, or of somebody who was not known yet. */
    private static boolean concerns(PurposeVersion version, PersonToken person) {
        return version.present()
                && (version.person() == null || version.person().equals(person));
    }
}
