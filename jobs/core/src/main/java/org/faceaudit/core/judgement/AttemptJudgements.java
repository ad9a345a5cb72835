package org.faceaudit.core.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of verification attempts (Art. 5 ¶3, 10 and 12 of the Measures; 网络数据安全管理条例 22(五)).
 *
 * <ol>
 *   <li>{@link RefusalWithoutAlternative}: who says no to a face, or is not recognised, gets no other way in
 *   <li>{@link UnusableFallback}: the other way in hardly ever works
 *   <li>{@link RepeatedPrompt}: who said no is asked again and again
 * </ol>
 *
 * <p>The first two are judged point by point, the third person by person and then for the system. All give the same for
 * attempts in any order. Of an attempt told several times the newest counts, and the caller gives it alone.
 *
 * <p>Attempts need not be kept for ever. One that {@link #comesTooLate} changes nothing any more: the caller keeps it out,
 * and where it corrects an earlier one, that one stands. So what is older than the lateness horizon is final, and {@link
 * #sealPoint} and {@link #sealPerson} turn it into conclusions; attempts of before their {@code attemptsFrom} may then be
 * forgotten. When and how often this is done changes no result.
 */
public final class AttemptJudgements {

    private static final String LATENESS = "lateness.attempts";

    private AttemptJudgements() {}

    /**
     * Whether an attempt came to the operator's database, or was corrected there, later than the lateness horizon allows:
     * parameter {@code lateness.attempts}, counted from the attempt's own instant to the commit of the change; of a row that a
     * later snapshot found, to the snapshot. What the first one finds is not late, and not asked.
     */
    public static boolean comesTooLate(Attempt attempt, Registry registry) {
        Instant committedAt = attempt.position().committedAt();
        int days = registry.integer(LATENESS, attempt.operator(), LegalDay.of(committedAt));
        return attempt.at().latest().isBefore(committedAt.minus(Duration.ofDays(days)));
    }

    /**
     * The instant before which attempts are final for whoever follows one source: no change that is still to come can bring or
     * correct an older one.
     *
     * @param committedAt commit of the newest change that was read
     */
    public static Instant finalBefore(String operator, Registry registry, Instant committedAt) {
        return finalThrough(operator, registry, committedAt, Duration.ZERO);
    }

    /** The instant up to which {@link #sealPoint} concludes. */
    public static Instant pointsFinalThrough(String operator, Registry registry, Instant knownThrough) {
        return finalThrough(
                operator, registry, knownThrough, RefusalWithoutAlternative.longestWindow(registry, operator));
    }

    /**
     * Whether an attempt can matter to the judgements of its point: it names the point and its instant is known. What does
     * not can be left out.
     */
    public static boolean concernsPoint(Attempt attempt) {
        return attempt.pointId() != null && attempt.at().exact();
    }

    /** Whether an attempt can matter to the judgement of its person: a refusal of the face by a known token at a known instant. */
    public static boolean concernsPerson(Attempt attempt) {
        return attempt.outcome() == AttemptOutcome.DECLINED
                && attempt.person() != null
                && attempt.at().exact()
                && VerificationMethod.mayBeFace(attempt.method());
    }

    /**
     * Judges one point.
     *
     * @param pointId as attempts and the configuration spell it
     * @param point the point through time, {@code null} if no configuration ever told of it
     * @param sealed what is concluded already, {@link SealedPoint#NOTHING} at first
     * @param attempts those made at the point, from {@code sealed.attemptsFrom()} on at least
     * @param knownThrough how far the system's source is known; {@code null} gives nothing
     */
    public static Judged judgePoint(
            String operator,
            String system,
            String pointId,
            AccessPoint point,
            SealedPoint sealed,
            Collection<Attempt> attempts,
            Registry registry,
            Instant knownThrough) {
        if (knownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(knownThrough);
        Configuration configuration = new Configuration(point);
        PointAttempts judged = PointAttempts.of(attempts, sealed, knownThrough, wake);
        UnusableFallback unusable = new UnusableFallback(operator, system, registry, knownThrough, wake);
        RefusalWithoutAlternative refusal =
                new RefusalWithoutAlternative(operator, system, registry, knownThrough, wake);
        List<FallbackStretch> fallbacks = unusable.stretches(configuration, sealed, judged, Instant.MAX);
        List<Derivation> derivations = new ArrayList<>();
        derivations.add(refusal.derive(
                pointId, configuration, refusal.told(configuration, sealed, judged, fallbacks, Instant.MAX)));
        derivations.addAll(unusable.derive(pointId, configuration, fallbacks));
        wake.at(registry.nextParameterChange(operator, knownThrough).orElse(null));
        return new Judged(derivations, List.of(), wake.next());
    }

    /**
     * Concludes what can no longer change. Attempts before the result's {@code attemptsFrom} may be forgotten, those from
     * then on are needed. Parameters as they stand now: a row entered later for days long past does not reach what is
     * sealed.
     *
     * @param sealed what is concluded already; returned as it is when nothing is to be added
     */
    public static SealedPoint sealPoint(
            String operator,
            String system,
            String pointId,
            AccessPoint point,
            SealedPoint sealed,
            Collection<Attempt> attempts,
            Registry registry,
            Instant knownThrough) {
        Instant through = pointsFinalThrough(operator, registry, knownThrough);
        if (!through.isAfter(sealed.through())) {
            return sealed;
        }
        Duration refusals = RefusalWithoutAlternative.longestPeriod(registry, operator);
        Duration tries = UnusableFallback.longestPeriod(registry, operator);
        Instant attemptsFrom = through.minus(refusals.compareTo(tries) > 0 ? refusals : tries);
        Wake wake = new Wake(knownThrough);
        Configuration configuration = new Configuration(point);
        PointAttempts judged = PointAttempts.of(attempts, sealed, knownThrough, wake);
        List<FallbackStretch> fallbacks = new UnusableFallback(operator, system, registry, knownThrough, wake)
                .stretches(configuration, sealed, judged, through);
        return new SealedPoint(
                through,
                attemptsFrom.isAfter(sealed.attemptsFrom()) ? attemptsFrom : sealed.attemptsFrom(),
                new RefusalWithoutAlternative(operator, system, registry, knownThrough, wake)
                        .told(configuration, sealed, judged, fallbacks, through)
                        .stretches(),
                fallbacks);
    }

    /**
     * When a person was asked again and again in one system, by all that is told: what lies beyond that which is known of
     * the source is left out by {@link #judgeSystem}.
     *
     * @param sealed what is concluded already, {@link SealedPerson#NOTHING} at first
     * @param attempts those of the person, from {@code sealed.attemptsFrom()} on at least
     */
    public static PromptedPerson promptsOf(
            String operator, PersonToken person, SealedPerson sealed, Collection<Attempt> attempts, Registry registry) {
        return new PromptedPerson(person, RepeatedPrompt.stretches(operator, sealed, attempts, registry, Instant.MAX));
    }

    /** Concludes of a person what can no longer change, as {@link #sealPoint} does of a point. */
    public static SealedPerson sealPerson(
            String operator,
            SealedPerson sealed,
            Collection<Attempt> attempts,
            Registry registry,
            Instant knownThrough) {
        Instant through = finalThrough(operator, registry, knownThrough, Duration.ZERO);
        if (!through.isAfter(sealed.through())) {
            return sealed;
        }
        Instant attemptsFrom = through.minus(RepeatedPrompt.longestPeriod(registry, operator));
        return new SealedPerson(
                through,
                attemptsFrom.isAfter(sealed.attemptsFrom()) ? attemptsFrom : sealed.attemptsFrom(),
                RepeatedPrompt.stretches(operator, sealed, attempts, registry, through));
    }

    /**
     * Judges one system by its persons.
     *
     * @param persons every person of the system who was ever asked again and again; others may be among them
     * @param knownThrough how far the system's source is known; {@code null} gives nothing
     */
    public static Judged judgeSystem(
            String operator,
            String system,
            Collection<PromptedPerson> persons,
            Registry registry,
            Instant knownThrough) {
        if (knownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(knownThrough);
        Derivation prompts = new RepeatedPrompt(operator, system, registry, knownThrough, wake).derive(persons);
        wake.at(registry.nextParameterChange(operator, knownThrough).orElse(null));
        return new Judged(List.of(prompts), List.of(), wake.next());
    }

    /**
     * The instant before which everything is final: nothing that is still to come may be that old, and of what is, it is settled
     * who was let in. The first instant of a legal day, so that there is something to seal once a day; a day earlier than need be,
     * since clocks and commits of one source differ a little.
     */
    private static Instant finalThrough(String operator, Registry registry, Instant knownThrough, Duration settling) {
        if (knownThrough == null) {
            return Instant.EPOCH;
        }
        Duration lateness = Duration.ofDays(new DatedParameter(registry, LATENESS, operator).largest());
        return LegalDay.of(knownThrough.minus(lateness).minus(settling))
                .plusDays(-1)
                .start();
    }
}
