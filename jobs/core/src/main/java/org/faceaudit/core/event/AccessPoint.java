package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;

/**
 * A gate, login or counter where identity is verified, through time.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param pointId the source's own id as text, {@code /} and {@code %} percent-encoded
 * @param row the row that says so, {@code table/key}; {@code ""} for what all rows about the point make together
 * @param mappingVersion hash of the mapping that read it
 * @param versions in the order of the source's log, never empty
 */
public record AccessPoint(
        String operator,
        String system,
        String pointId,
        String row,
        String mappingVersion,
        List<AccessPointVersion> versions) {

    public AccessPoint {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(pointId, "pointId");
        Objects.requireNonNull(row, "row");
        versions = List.copyOf(versions);
    }

    /** The table of the row that says so. */
    public String table() {
        return row.substring(0, Math.max(0, row.indexOf('/')));
    }

    /** Whether the source ever held the point by this row. */
    public boolean everThere() {
        return versions.stream().anyMatch(AccessPointVersion::there);
    }
}
