package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.judgement.ConsentHistory.Ending;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The person has withdrawn their consent (PIPL 47 ¶1 (3); Art. 6 of the Measures), and no other separate consent nor another
 * legal basis covers the face. WARNING from the instant of the withdrawal, VIOLATION after the deletion days, which no law
 * names. A consent given again ends the stretch with its commit; deleting the row that says so does not. Of a consent that
 * was withdrawn before the Measures the days run from their first.
 */
final class ConsentWithdrawn {

    private final String operator;
    private final ConsentHistory consents;
    private final Registry registry;

    ConsentWithdrawn(String operator, ConsentHistory consents, Registry registry) {
        this.operator = operator;
        this.consents = consents;
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
            for (ConsentHistory.Stretch stretch : consents.of(person)) {
                if (stretch.end() == null
                        || !stretch.end().sure()
                        || stretch.end().ending() != Ending.WITHDRAWN) {
                    continue;
                }
                LegalDay due = due(stretch.end().day());
                Instant late = due.plusDays(1).start();
                Instant begins = ImageClaim.later(from, stretch.from());
                Instant ends = ImageClaim.earlier(image.to(i), stretch.to());
                ImageCause cause = ImageCause.CONSENT_WITHDRAWN;
                ImageClaim.add(
                        claims,
                        cause,
                        Verdict.WARNING,
                        due,
                        begins,
                        ImageClaim.earlier(ends, late),
                        stretch.end().positions());
                ImageClaim.add(
                        claims,
                        cause,
                        Verdict.VIOLATION,
                        due,
                        ImageClaim.later(begins, late),
                        ends,
                        stretch.end().positions());
            }
        }
        return claims;
    }

    private LegalDay due(LegalDay withdrawn) {
        LegalDay counted = withdrawn.isBefore(registry.inForce()) ? registry.inForce() : withdrawn;
        return counted.plusDays(registry.integer(RawImageRetained.RULE_ID + ".deletion-days", operator, counted));
    }
}
