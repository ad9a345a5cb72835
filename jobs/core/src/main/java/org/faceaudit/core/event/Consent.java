package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;

/**
 * What an operator documents of one person's consent, or of the other basis on which it holds their face, through time.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param consentKey stable id of the row within the system
 * @param mappingVersion hash of the mapping that read it
 * @param versions in the order of the source's log, never empty
 */
public record Consent(
        String operator, String system, String consentKey, String mappingVersion, List<ConsentVersion> versions) {

    public Consent {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(consentKey, "consentKey");
        versions = List.copyOf(versions);
    }
}
