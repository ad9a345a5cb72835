package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * When one person was asked again and again, concluded from refusals that can no longer change, so that these need not be
 * kept.
 *
 * @param through prompts of earlier instants are in the stretches, and are not judged again
 * @param attemptsFrom earlier refusals are needed no more, and are not read
 * @param stretches in the order of time, none touching another
 */
public record SealedPerson(Instant through, Instant attemptsFrom, List<PromptStretch> stretches) {

    /** Nothing is sealed: every refusal is read. */
    public static final SealedPerson NOTHING = new SealedPerson(Instant.EPOCH, Instant.EPOCH, List.of());

    public SealedPerson {
        Objects.requireNonNull(through, "through");
        Objects.requireNonNull(attemptsFrom, "attemptsFrom");
        stretches = List.copyOf(stretches);
    }
}
