package org.faceaudit.core.alert;

import java.util.List;
import java.util.Objects;

/**
 * All episodes of one alert as they follow from the facts now. Replaces every earlier derivation of the same alert: an
 * episode that is missing turned out not to be.
 *
 * @param key the alert
 * @param episodes in ascending order, empty when the alert does not exist
 */
public record Derivation(AlertKey key, List<Episode> episodes) {

    public Derivation {
        Objects.requireNonNull(key, "key");
        episodes = List.copyOf(episodes);
    }
}
