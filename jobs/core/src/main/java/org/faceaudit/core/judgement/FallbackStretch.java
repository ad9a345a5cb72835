package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.Objects;
import org.faceaudit.core.alert.Evidence;

/**
 * One uninterrupted time during which a fallback hardly ever worked, with the figures by which it began.
 *
 * @param method the fallback
 * @param from when the figures first said so
 * @param to when they ceased to, or the method was taken away; {@code null} while it lasts
 * @param tries tries of the fallback within the period
 * @param passed those of them that passed
 * @param faceTries tries of the face within the period
 * @param facePassed those of them that passed
 * @param mappingVersion hash of the mapping by which the newest of the tries was read
 * @param evidence the tries
 */
public record FallbackStretch(
        String method,
        Instant from,
        Instant to,
        int tries,
        int passed,
        int faceTries,
        int facePassed,
        String mappingVersion,
        Evidence evidence) {

    public FallbackStretch {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(evidence, "evidence");
    }

    /** The same stretch, ended. */
    FallbackStretch until(Instant end) {
        return new FallbackStretch(method, from, end, tries, passed, faceTries, facePassed, mappingVersion, evidence);
    }
}
