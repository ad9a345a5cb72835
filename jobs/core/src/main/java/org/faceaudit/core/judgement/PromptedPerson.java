package org.faceaudit.core.judgement;

import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.PersonToken;

/**
 * When one person was asked again and again in one system.
 *
 * @param stretches in the order of time, none touching another; empty if never
 */
public record PromptedPerson(PersonToken person, List<PromptStretch> stretches) {

    public PromptedPerson {
        Objects.requireNonNull(person, "person");
        stretches = List.copyOf(stretches);
    }
}
