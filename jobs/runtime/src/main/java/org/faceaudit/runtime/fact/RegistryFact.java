package org.faceaudit.runtime.fact;

import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;

/**
 * What every judging step hears: a changed row of the registry, or how far a source is known. Exactly one of the two
 * stands, the other is {@code null}.
 */
public record RegistryFact(RegistryChange change, SourceProgress progress) {

    public static RegistryFact of(RegistryChange change) {
        return new RegistryFact(change, null);
    }

    public static RegistryFact of(SourceProgress progress) {
        return new RegistryFact(null, progress);
    }
}
