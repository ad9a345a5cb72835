package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;

/**
 * Why an operator may hold a person's face (a membership, an employment, a visit), through time.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param purposeKey stable id of the row within the system
 * @param mappingVersion hash of the mapping that read it
 * @param versions in the order of the source's log, never empty
 */
public record Purpose(
        String operator, String system, String purposeKey, String mappingVersion, List<PurposeVersion> versions) {

    public Purpose {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(purposeKey, "purposeKey");
        versions = List.copyOf(versions);
    }
}
