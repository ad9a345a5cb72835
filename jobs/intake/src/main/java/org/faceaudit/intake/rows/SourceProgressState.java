package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What {@link SourceProgressBook} remembers of one source.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param snapshotComplete whether the first snapshot has ended
 * @param knownThrough see {@link org.faceaudit.core.event.SourceProgress#knownThrough()}
 * @param changes changes read
 * @param rejects records refused
 * @param unmapped changes of tables that no mapping names
 * @param lastChangeAt commit time of the newest change that was not a heartbeat; {@code null} if none
 * @param openSnapshot id of the snapshot that has begun and not ended; 0 for none
 * @param snapshotAt the one instant of all rows of the open snapshot; {@code null} for none
 * @param incarnation how many snapshots have begun
 * @param snapshots ids of the newest snapshots that have begun, oldest first
 * @param recent identities of the newest changes, oldest first
 */
public record SourceProgressState(
        String operator,
        String system,
        boolean snapshotComplete,
        Instant knownThrough,
        long changes,
        long rejects,
        long unmapped,
        Instant lastChangeAt,
        long openSnapshot,
        Instant snapshotAt,
        int incarnation,
        List<Long> snapshots,
        List<Long> recent) {

    public SourceProgressState {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        snapshots = List.copyOf(snapshots);
        recent = List.copyOf(recent);
    }

    /** A source of which nothing was read yet. */
    public static SourceProgressState empty(String operator, String system) {
        return new SourceProgressState(operator, system, false, null, 0, 0, 0, null, 0, null, 0, List.of(), List.of());
    }
}
