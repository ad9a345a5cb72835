package org.faceaudit.core.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.judgement.ConsentHistory.End;
import org.faceaudit.core.judgement.ConsentHistory.Ending;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The image outlived the verification without a separate consent (GB/T 35273-2020 §6.3 c, GB/T 41819-2022 §7): recommended
 * standards, hence SUSPECTED. It may be there until the end of the legal day on which the cache grace after its storage runs
 * out, or from which on no separate consent is documented any more. Another legal basis that the source documents covers it
 * too. A consent that was withdrawn or has run out is a matter of law: {@link ConsentWithdrawn}, {@link ConsentExpired}.
 *
 * <p>Judged where the source maps consents and names the person; where it does not, of every image of an operator that declares to
 * keep none (parameter {@value #DECLARED_NONE}): what is declared and what is stored are two facts. A consent or another basis in
 * force covers an image of such an operator, too.
 */
final class KeptAfterVerification {

    static final String DECLARED_NONE = RawImageRetained.RULE_ID + ".declared-none";

    private final String operator;
    private final PersonFacts facts;
    private final ConsentHistory consents;
    private final Registry registry;
    private final List<Uncovered> declaredNone;

    KeptAfterVerification(String operator, PersonFacts facts, ConsentHistory consents, Registry registry) {
        this.operator = operator;
        this.facts = facts;
        this.consents = consents;
        this.registry = registry;
        this.declaredNone = declaredNone();
    }

    /**
     * A time during which nothing covers the image.
     *
     * @param since from when on no separate consent is documented
     */
    private record Uncovered(Instant since, Instant from, Instant to, List<Position> positions) {}

    List<ImageClaim> claims(StoredImage image) {
        Instant cached = image.presence().startLatest().plus(grace(image));
        List<ImageClaim> claims = new ArrayList<>();
        for (int i = 0; i < image.versions().size(); i++) {
            for (Uncovered uncovered : uncovered(image.versions().get(i).person())) {
                LegalDay due = LegalDay.of(ImageClaim.later(cached, uncovered.since()));
                Instant begins = ImageClaim.later(
                        ImageClaim.later(image.from(i), uncovered.from()),
                        due.plusDays(1).start());
                Instant ends = ImageClaim.earlier(image.to(i), uncovered.to());
                ImageClaim.add(
                        claims,
                        ImageCause.KEPT_AFTER_VERIFICATION,
                        Verdict.SUSPECTED,
                        due,
                        begins,
                        ends,
                        uncovered.positions());
            }
        }
        return claims;
    }

    private Duration grace(StoredImage image) {
        LegalDay stored = LegalDay.of(image.presence().startLatest());
        LegalDay counted = stored.isBefore(registry.inForce()) ? registry.inForce() : stored;
        return Duration.ofHours(registry.integer(RawImageRetained.RULE_ID + ".cache-grace", operator, counted));
    }

    private List<Uncovered> uncovered(PersonToken person) {
        if (person == null || !facts.consentsMapped()) {
            return declaredNone;
        }
        List<Uncovered> found = new ArrayList<>();
        Instant since = null;
        for (ConsentHistory.Stretch stretch : consents.of(person)) {
            if (stretch.covered() == Answer.NO && undocumented(stretch.end())) {
                since = since == null ? begins(stretch) : since;
                found.add(new Uncovered(
                        since,
                        stretch.from(),
                        stretch.to(),
                        stretch.end() == null ? List.of() : stretch.end().positions()));
            } else {
                since = null;
                if (stretch.covered() != Answer.YES) {
                    found.addAll(declaredNone(stretch));
                }
            }
        }
        return found;
    }

    private static boolean undocumented(End end) {
        return end == null || (end.sure() && end.ending() == Ending.DELETED);
    }

    /** A row that a later snapshot missed may have covered the image until that snapshot. */
    private static Instant begins(ConsentHistory.Stretch stretch) {
        return stretch.end() == null
                ? stretch.from()
                : ImageClaim.later(stretch.from(), stretch.end().at());
    }

    private List<Uncovered> declaredNone(ConsentHistory.Stretch stretch) {
        List<Uncovered> found = new ArrayList<>();
        for (Uncovered stated : declaredNone) {
            Instant from = ImageClaim.later(stated.from(), stretch.from());
            Instant to = ImageClaim.earlier(stated.to(), stretch.to());
            if (to == null || from.isBefore(to)) {
                found.add(new Uncovered(stated.since(), from, to, stated.positions()));
            }
        }
        return found;
    }

    /** The times during which the operator declares to keep no images; a row that says it once more begins no other. */
    private List<Uncovered> declaredNone() {
        List<Uncovered> found = new ArrayList<>();
        LegalDay since = null;
        for (LegalDay day : registry.daysOfChange(DECLARED_NONE, operator)) {
            boolean none = declaresNone(operator, registry, day);
            if (since != null && !none) {
                found.add(declaredNone(since, day.start()));
                since = null;
            } else if (since == null && none) {
                since = day;
            }
        }
        if (since != null) {
            found.add(declaredNone(since, null));
        }
        return found;
    }

    private Uncovered declaredNone(LegalDay since, Instant to) {
        List<Position> stated =
                registry.stated(DECLARED_NONE, operator, since).stream().toList();
        return new Uncovered(since.start(), since.start(), to, stated);
    }

    /** Whether the operator declares on a day that it keeps no images. */
    static boolean declaresNone(String operator, Registry registry, LegalDay day) {
        return registry.integer(DECLARED_NONE, operator, day) > 0;
    }
}
