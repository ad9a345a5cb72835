package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.Collection;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.PersonToken;
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

    private AttemptJudgements() {}

    /**
     * Whether an attempt came to the operator's database, or was corrected there, later than the lateness horizon allows:
     * parameter {@code lateness.attempts}, counted from the attempt's own instant to the commit of the change. What a
     * snapshot holds was there before anybody looked, and is never late.
     */
    public static boolean comesTooLate(Attempt attempt, Registry registry) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /** Concludes of a person what can no longer change, as {@link #sealPoint} does of a point. */
    public static SealedPerson sealPerson(
            String operator,
            SealedPerson sealed,
            Collection<Attempt> attempts,
            Registry registry,
            Instant knownThrough) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }
}
