package org.faceaudit.oracle;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.oracle.ImageClaim.Cause;

/**
 * Rule raw-image-retained (Measures, Art. 8 ¶2, 15 ¶4; PIPL 19, 47): one alert for each cause by which images of a source are
 * to be deleted and are not.
 */
final class ImageOpinion {

    static final String RULE = "raw-image-retained";

    private final SourceFacts facts;
    private final OracleRegistry registry;

    ImageOpinion(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.registry = registry;
    }

    List<OracleAlert> alerts() {
        List<ImageClaim> counting = new ImageClaims(facts, registry).counting();
        ImageEpisodes episodes = new ImageEpisodes(facts, registry);
        List<OracleAlert> alerts = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            alerts.addAll(episodes.of(
                    cause, counting.stream().filter(one -> one.cause() == cause).toList()));
        }
        return alerts;
    }
}
