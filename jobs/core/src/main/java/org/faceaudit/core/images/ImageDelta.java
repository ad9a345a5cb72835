package org.faceaudit.core.images;

import java.time.Instant;
import java.util.Objects;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.LegalDay;

/**
 * A change of how many images of one cause, stage and due day begin or cease to count at one instant. Additive: a
 * correction is the negative of what it corrects.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param cause see {@link ImageFinding#cause()}
 * @param stage see {@link ImageFinding#stage()}
 * @param dueOn see {@link ImageFinding#dueOn()}
 * @param at the instant; may lie in the future of what is known
 * @param delta images that begin (positive) or cease (negative) to count
 * @param hash sum of the 64-bit hashes of the images that begin here, wrapping
 * @param mappingVersion hash of the mapping the images were read by
 */
public record ImageDelta(
        String operator,
        String system,
        String cause,
        Verdict stage,
        LegalDay dueOn,
        Instant at,
        int delta,
        long hash,
        String mappingVersion) {

    public ImageDelta {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(dueOn, "dueOn");
        Objects.requireNonNull(at, "at");
    }
}
