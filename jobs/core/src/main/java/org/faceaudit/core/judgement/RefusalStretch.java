package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * One uninterrupted time during which so many attempts without a way in fell into one window that they count.
 *
 * @param limb what was counted
 * @param from instant of the attempt that made them enough
 * @param openedAt when it was known that none of them had been let in
 * @param to when the last window holds them no more, as far as attempts were made
 * @param attempts the most that fell into one window
 * @param threshold how many were enough when it began
 * @param mappingVersion hash of the mapping by which the attempt that made them enough was read
 * @param evidence the attempts that were enough first, in the order of evidence
 */
public record RefusalStretch(
        Limb limb,
        Instant from,
        Instant openedAt,
        Instant to,
        int attempts,
        int threshold,
        String mappingVersion,
        List<Position> evidence) {

    /** What is counted. */
    public enum Limb {
        /** Persons who said no to their face. */
        DECLINED,
        /** Of these, those who said no where no other method was enabled, or none that works. */
        DECLINED_WITHOUT_CHOICE,
        /** One person whom the machine did not recognise. */
        FAILED
    }

    public RefusalStretch {
        Objects.requireNonNull(limb, "limb");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(openedAt, "openedAt");
        Objects.requireNonNull(to, "to");
        evidence = List.copyOf(evidence);
    }

    /** The same stretch, lasting until a later instant, if it is later, with at least so many attempts in one window. */
    RefusalStretch until(Instant later, int most) {
        return new RefusalStretch(
                limb,
                from,
                openedAt,
                later.isAfter(to) ? later : to,
                Math.max(attempts, most),
                threshold,
                mappingVersion,
                evidence);
    }
}
