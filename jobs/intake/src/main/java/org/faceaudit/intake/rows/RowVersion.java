package org.faceaudit.intake.rows;

import java.util.Map;
import java.util.Objects;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;

/**
 * What one row was from an instant on, until the next version. UNCHANGED fields are already filled from the version
 * before.
 *
 * @param identity see {@link RowChange#identity()}
 * @param snapshotId the snapshot that brought or confirmed the version; 0 for a change of the log
 * @param from commit time; for a snapshot row the snapshot's; bounds for a row that a re-snapshot found missing
 * @param present whether the row exists
 * @param fields mapped column to value; empty unless {@code present}
 * @param position where the change stands
 */
public record RowVersion(
        long identity,
        long snapshotId,
        TimeBounds from,
        boolean present,
        Map<String, FieldValue> fields,
        Position position) {

    public RowVersion {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(position, "position");
        fields = Map.copyOf(fields);
    }
}
