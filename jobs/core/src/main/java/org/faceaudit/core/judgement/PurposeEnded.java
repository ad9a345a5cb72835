package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeVersion;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The purpose of processing has ended: every membership, employment or visit of the person is over (PIPL 47 ¶1 (1);
 * Art. 8 ¶2 of the Measures). WARNING from the day after the last of them, VIOLATION after the grace. A row that was
 * deleted ended on that day at the latest; a person who never had one gives no cause. A renewal ends the stretch with
 * its commit.
 */
final class PurposeEnded {

    /** A stretch during which the rows of a person say one thing; {@code endedOn} is {@code null} while one runs. */
    private record Said(Instant from, Instant to, LegalDay endedOn) {}

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
                if (said.endedOn() == null) {
                    continue;
                }
                LegalDay due = said.endedOn()
                        .plusDays(registry.integer(RawImageRetained.RULE_ID + ".grace", operator, said.endedOn()));
                Instant warned = said.endedOn().plusDays(1).start();
                Instant late = due.plusDays(1).start();
                Instant begins = ImageClaim.later(from, said.from());
                Instant ends = ImageClaim.earlier(to, said.to());
                ImageCause cause = ImageCause.PURPOSE_ENDED;
                ImageClaim.add(claims, cause, null, due, begins, ImageClaim.earlier(ends, warned));
                ImageClaim.add(
                        claims,
                        cause,
                        Verdict.WARNING,
                        due,
                        ImageClaim.later(begins, warned),
                        ImageClaim.earlier(ends, late));
                ImageClaim.add(claims, cause, Verdict.VIOLATION, due, ImageClaim.later(begins, late), ends);
            }
        }
        return claims;
    }

    private List<Said> said(PersonToken person) {
        TreeSet<Instant> changes = new TreeSet<>();
        for (Purpose purpose : purposes) {
            purpose.versions().forEach(version -> changes.add(version.from().earliest()));
        }
        List<Said> said = new ArrayList<>();
        for (Instant at : changes) {
            Optional<LegalDay> endedOn = endedOn(person, at);
            if (endedOn != null) {
                said.add(new Said(at, changes.higher(at), endedOn.orElse(null)));
            }
        }
        return said;
    }

    /** The last day of the person's purposes as said at an instant; empty while one runs, {@code null} without any. */
    private Optional<LegalDay> endedOn(PersonToken person, Instant at) {
        LegalDay last = null;
        for (Purpose purpose : purposes) {
            boolean any = false;
            boolean runs = false;
            LegalDay end = null;
            for (PurposeVersion version : purpose.versions()) {
                if (version.from().earliest().isAfter(at)) {
                    break;
                }
                if (version.present() && person.equals(version.person())) {
                    any = true;
                    runs = true;
                    end = version.endsOn();
                } else if (runs) {
                    // the latest day it may have ended: a due day counted from an earlier one would accuse too soon
                    LegalDay gone = LegalDay.of(version.from().latest());
                    end = end == null || gone.isBefore(end) ? gone : end;
                    runs = false;
                }
            }
            if (!any) {
                continue;
            }
            if (end == null) {
                return Optional.empty();
            }
            last = last == null || end.isAfter(last) ? end : last;
        }
        return last == null ? null : Optional.of(last);
    }
}
