package org.faceaudit.intake.rows;

import java.util.List;

/**
 * All versions of one row in the order of the source's log. Kept after deletion, so that a repeated record is recognised.
 *
 * @param lastSnapshotId the newest snapshot in which the row was seen; 0 for none
 * @param versions never empty
 */
public record RowHistory(long lastSnapshotId, List<RowVersion> versions) {

    public RowHistory {
        versions = List.copyOf(versions);
    }

    public RowVersion newest() {
        return versions.get(versions.size() - 1);
    }
}
