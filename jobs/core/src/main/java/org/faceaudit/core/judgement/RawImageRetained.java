package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * Raw images are still stored past the day they became due (Art. 8 ¶2 of the Measures: no longer than the shortest time
 * the purpose needs; PIPL 47). One alert per system and cause: VIOLATION while any image is past due, else WARNING while
 * one comes due, else SUSPECTED; EXEMPT while a registered exception covers every image that counts. A resolved episode
 * bears the gravest of them. A VIOLATION is dated from the first image that counts for certain, anything less from the
 * first that may. Keeping a raw image is no breach in itself.
 *
 * <p>An image counts under its earliest cause: of those that are certain the one with the earliest due day, even if that lies
 * ahead; where none of them counts, of those that are suspected. So neither a suspicion nor a recommended standard hides a
 * breach of the law.
 *
 * <p>Known gaps: see the rule catalogue.
 */
final class RawImageRetained {

    static final String RULE_ID = "raw-image-retained";

    private static final Comparator<ImageClaim> EARLIEST_CAUSE =
            Comparator.comparing(ImageClaim::dueOn).thenComparing(ImageClaim::cause);

    private static final Comparator<ImageClaim> CERTAIN_FIRST =
            Comparator.comparing(ImageClaim::certain).reversed().thenComparing(EARLIEST_CAUSE);

    private RawImageRetained() {}

    /** The findings of some records of one person, each image under its earliest cause. */
    static List<ImageFinding> findings(PersonFacts facts, Registry registry) {
        List<ImageFinding> findings = new ArrayList<>();
        if (facts.records().isEmpty()) {
            return findings;
        }
        FaceRecord any = facts.records().iterator().next();
        String operator = any.operator();
        ConsentHistory consents = new ConsentHistory(facts.consents());
        PurposeEnded purposeEnded = new PurposeEnded(operator, facts.purposes(), registry);
        ConsentExpired consentExpired = new ConsentExpired(consents);
        ConsentWithdrawn consentWithdrawn = new ConsentWithdrawn(operator, consents, registry);
        KeptAfterVerification kept = new KeptAfterVerification(operator, facts, consents, registry);
        AfterTermination afterTermination = new AfterTermination(operator, registry);
        ImageExceptions exceptions = new ImageExceptions(operator, any.system(), registry);
        for (FaceRecord record : facts.records()) {
            for (StoredImage image : StoredImage.of(record)) {
                List<ImageClaim> claims = new ArrayList<>(PeriodEnded.claims(image));
                claims.addAll(consentExpired.claims(image));
                claims.addAll(purposeEnded.claims(image));
                claims.addAll(consentWithdrawn.claims(image));
                claims.addAll(kept.claims(image));
                claims.addAll(afterTermination.claims(image));
                for (ImageClaim claim : earliest(
                        exceptions.applied(image, claims), registry.inForce().start())) {
                    findings.add(finding(record, image, claim));
                }
            }
        }
        findings.sort(Comparator.comparing(ImageFinding::recordKey).thenComparing(ImageFinding::from));
        return findings;
    }

    private static ImageFinding finding(FaceRecord record, StoredImage image, ImageClaim claim) {
        PersonToken person = image.versions().get(image.versions().size() - 1).person();
        return new ImageFinding(
                record.operator(),
                record.system(),
                record.recordKey(),
                claim.cause().id(),
                claim.stage(),
                person == null ? null : person.group() + '|' + person.digest(),
                LegalDay.of(image.presence().startEarliest()),
                LegalDay.of(image.presence().startLatest()),
                claim.dueOn(),
                claim.from(),
                claim.to(),
                claim.to() != null && claim.to().equals(image.presence().endEarliest()),
                claim.exceptionId(),
                claim.exempt(),
                together(List.of(image.position()), claim.positions()));
    }

    private static List<Position> together(List<Position> some, List<Position> others) {
        List<Position> all = new ArrayList<>(some);
        all.addAll(others);
        return Positions.sorted(all);
    }

    /** At every instant from the Measures' first on, the claim that the image counts under. */
    private static List<ImageClaim> earliest(List<ImageClaim> claims, Instant inForce) {
        TreeSet<Instant> bounds = new TreeSet<>();
        for (ImageClaim claim : claims) {
            bounds.add(ImageClaim.later(claim.from(), inForce));
            if (claim.to() != null && claim.to().isAfter(inForce)) {
                bounds.add(claim.to());
            }
        }
        List<ImageClaim> earliest = new ArrayList<>();
        for (Instant from : bounds) {
            ImageClaim claim = chosen(
                    claims.stream().filter(candidate -> candidate.holds(from)).toList());
            if (claim == null) {
                continue;
            }
            ImageClaim last = earliest.isEmpty() ? null : earliest.get(earliest.size() - 1);
            boolean goesOn = last != null
                    && from.equals(last.to())
                    && last.cause() == claim.cause()
                    && last.stage() == claim.stage()
                    && last.dueOn().equals(claim.dueOn())
                    && Objects.equals(last.exceptionId(), claim.exceptionId())
                    && last.exempt() == claim.exempt();
            if (goesOn) {
                earliest.remove(earliest.size() - 1);
            }
            earliest.add(claim.judged(
                    claim.stage(),
                    claim.dueOn(),
                    goesOn ? last.from() : from,
                    bounds.higher(from),
                    claim.exceptionId(),
                    claim.exempt(),
                    goesOn ? together(last.positions(), claim.positions()) : claim.positions()));
        }
        return earliest;
    }

    /** What an image counts under of all that holds at one instant, {@code null} for nothing. */
    private static ImageClaim chosen(List<ImageClaim> claims) {
        return claims.stream()
                .filter(claim -> claim.certain() && !claim.exempt())
                .min(EARLIEST_CAUSE)
                .filter(ImageClaim::accuses)
                .or(() -> claims.stream()
                        .filter(claim -> claim.accuses() && !claim.certain())
                        .min(EARLIEST_CAUSE))
                .or(() -> claims.stream().filter(ImageClaim::exempt).min(CERTAIN_FIRST))
                .orElse(null);
    }

    /** The alert of one cause, from its counts by instant. */
    static Derivation derive(
            String operator,
            String system,
            ImageCause cause,
            List<ImageDelta> deltas,
            Registry registry,
            Instant known,
            Wake wake) {
        List<Episode> episodes = new ArrayList<>();
        for (ImageCounting counting : ImageCounting.episodes(deltas, known, wake)) {
            episodes.add(new RetainedImages(operator, system, cause, counting, registry, known)
                    .episode(episodes.size() + 1));
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "image-cause", system + '/' + cause.id(), ""), episodes);
    }
}
