package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;

/**
 * A stretch of time during which one cause has a due day for a stored image; several may at once.
 *
 * @param stage how far the cause has come, {@code null} while the image does not count under it yet
 * @param to {@code null} for no end
 * @param exceptionId the registered exception that makes the stage or the due day what it is, {@code null} for none
 * @param exempt whether that exception covers the image
 * @param positions the changes the due day rests on
 */
record ImageClaim(
        ImageCause cause,
        Verdict stage,
        LegalDay dueOn,
        Instant from,
        Instant to,
        String exceptionId,
        boolean exempt,
        List<Position> positions) {

    /** Adds the claim unless it is empty. */
    static void add(
            List<ImageClaim> claims,
            ImageCause cause,
            Verdict stage,
            LegalDay dueOn,
            Instant from,
            Instant to,
            List<Position> positions) {
        if (to == null || from.isBefore(to)) {
            claims.add(new ImageClaim(cause, stage, dueOn, from, to, null, false, positions));
        }
    }

    /** Whether the image counts, and no exception covers it. */
    boolean accuses() {
        return stage != null && !exempt;
    }

    /** Whether the cause has come about for certain, or surely will. */
    boolean certain() {
        return stage != Verdict.SUSPECTED;
    }

    /** The same cause for the same time, otherwise judged. */
    ImageClaim judged(
            Verdict newStage,
            LegalDay newDueOn,
            Instant newFrom,
            Instant newTo,
            String newExceptionId,
            boolean newExempt,
            List<Position> newPositions) {
        return new ImageClaim(cause, newStage, newDueOn, newFrom, newTo, newExceptionId, newExempt, newPositions);
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** {@code null} is never. */
    static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
