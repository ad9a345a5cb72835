package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The operator has ended every use of face recognition that the registry has of it (Art. 15 ¶4 of the Measures, PIPL 47 ¶1
 * (2)): VIOLATION after the deletion days, which no law names. A use entered later without an end takes the termination
 * back. Of a use that ended before the Measures the days run from their first.
 */
final class AfterTermination {

    private final String operator;
    private final Registry registry;
    private final Termination termination;

    AfterTermination(String operator, Registry registry) {
        this.operator = operator;
        this.registry = registry;
        this.termination = Termination.declared(operator, registry);
    }

    List<ImageClaim> claims(StoredImage image) {
        List<ImageClaim> claims = new ArrayList<>();
        if (termination == null) {
            return claims;
        }
        LegalDay counted = termination.day().isBefore(registry.inForce()) ? registry.inForce() : termination.day();
        LegalDay due =
                counted.plusDays(registry.integer(RawImageRetained.RULE_ID + ".deletion-days", operator, counted));
        Instant stored = image.presence().startLatest();
        Instant gone = image.presence().endEarliest();
        Instant late = due.plusDays(1).start();
        List<Position> stated = List.of(termination.stated());
        ImageCause cause = ImageCause.AFTER_TERMINATION;
        // An end that is only planned gives no cause before its day, and hides none.
        Instant ended = ImageClaim.later(stored, termination.day().start());
        ImageClaim.add(claims, cause, null, due, ended, ImageClaim.earlier(gone, late), stated);
        ImageClaim.add(claims, cause, Verdict.VIOLATION, due, ImageClaim.later(stored, late), gone, stated);
        return claims;
    }
}
