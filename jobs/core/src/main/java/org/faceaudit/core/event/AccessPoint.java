package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;

/**
 * A gate, login or counter where identity is verified, through time.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param pointId the source's own id as text, {@code /} and {@code %} percent-encoded
 * @param mappingVersion hash of the mapping that read it
 * @param versions in the order of the source's log, never empty
 */
public record AccessPoint(
        String operator, String system, String pointId, String mappingVersion, List<AccessPointVersion> versions) {

    public AccessPoint {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(pointId, "pointId");
        versions = List.copyOf(versions);
    }
}
