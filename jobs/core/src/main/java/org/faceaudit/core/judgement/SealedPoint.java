package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What was concluded of one access point from attempts that can no longer change, so that these need not be kept. Judging
 * from here on, with the attempts from {@code attemptsFrom} on, gives what judging all attempts would give.
 *
 * @param through conclusions of earlier instants are here, and are not drawn again
 * @param attemptsFrom earlier attempts are needed no more, and are not read
 * @param refusals stretches of refusals and failures without a way in, in the order of their beginning
 * @param fallbacks stretches of failing fallbacks, by method, then beginning; the last of a method may be running
 */
public record SealedPoint(
        Instant through, Instant attemptsFrom, List<RefusalStretch> refusals, List<FallbackStretch> fallbacks) {

    /** Nothing is sealed: every attempt is read. */
    public static final SealedPoint NOTHING = new SealedPoint(Instant.EPOCH, Instant.EPOCH, List.of(), List.of());

    public SealedPoint {
        Objects.requireNonNull(through, "through");
        Objects.requireNonNull(attemptsFrom, "attemptsFrom");
        refusals = List.copyOf(refusals);
        fallbacks = List.copyOf(fallbacks);
    }
}
