package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * One uninterrupted time during which a person counts as asked again and again.
 *
 * @param from instant of the prompt that made them too many
 * @param to when there has been no such prompt for the period
 * @param mappingVersion hash of the mapping by which that first prompt was read
 * @param evidence the refusal and the prompts that were too many first, in the order of evidence
 */
public record PromptStretch(Instant from, Instant to, String mappingVersion, List<Position> evidence) {

    public PromptStretch {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        evidence = List.copyOf(evidence);
    }

    /** The same stretch, lasting until a later instant if it is later. */
    PromptStretch until(Instant later) {
        return later.isAfter(to) ? new PromptStretch(from, later, mappingVersion, evidence) : this;
    }
}
