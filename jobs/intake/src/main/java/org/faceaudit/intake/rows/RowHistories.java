package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;

/**
 * Adds changes to a row's history. Answers the very same history if the change says nothing new: a repetition, a row that an
 * incremental snapshot found as it was known.
 */
final class RowHistories {

    /** {@link RowVersion#snapshotId()} of what an incremental snapshot brought. */
    static final long INCREMENTAL = -1;

    private RowHistories() {}

    /**
     * The history with the change.
     *
     * @param before {@code null} if the row was never seen
     * @param knownThrough how far the source was known when the change's snapshot began; {@code null} for a first snapshot
     */
    static RowHistory with(RowHistory before, RowChange change, Instant knownThrough) {
        if (before != null && holds(before, change.identity())) {
            return before;
        }
        return switch (change.kind()) {
            case SNAPSHOT_ROW, FIRST_SNAPSHOT_ROW, LAST_SNAPSHOT_ROW -> withSnapshotRow(before, change, knownThrough);
            case INCREMENTAL_ROW -> withIncrementalRow(before, change);
            case UPSERT, UPDATE ->
                added(
                        before,
                        before == null ? 0 : before.lastSnapshotId(),
                        version(
                                before,
                                change,
                                0,
                                TimeBounds.committed(change.position().committedAt())));
            case DELETE, TRUNCATE ->
                gone(
                        before,
                        change.identity(),
                        change.position(),
                        TimeBounds.committed(change.position().committedAt()));
            default -> throw new IllegalArgumentException(change.kind() + " is no change of a row");
        };
    }

    /**
     * The history with the row gone since some time between its last certain presence and the snapshot without it.
     *
     * @param table the row's own, which the end of a snapshot does not name
     */
    static RowHistory swept(RowHistory before, RowChange ended, String table, Instant knownThrough) {
        Instant missed = ended.position().committedAt();
        return gone(
                before, ended.identity(), ended.position().ofTable(table), between(seen(before, knownThrough), missed));
    }

    /** Whether the first whole snapshot of a source told of it: then nothing says since when it is so. */
    static boolean isOfFirstSnapshot(RowVersion version) {
        return version.snapshotId() > 0 && version.from().earliest().equals(Instant.EPOCH);
    }

    private static boolean holds(RowHistory history, long identity) {
        for (RowVersion version : history.versions()) {
            if (version.identity() == identity) {
                return true;
            }
        }
        return false;
    }

    private static RowHistory withSnapshotRow(RowHistory before, RowChange change, Instant knownThrough) {
        long id = change.snapshotId();
        Instant at = change.position().committedAt();
        if (before == null) {
            Instant earliest = knownThrough == null ? Instant.EPOCH : knownThrough;
            return added(null, id, version(null, change, id, between(earliest, at)));
        }
        if (before.lastSnapshotId() == id) {
            return before;
        }
        Map<String, FieldValue> fields = filled(before, change);
        RowVersion newest = before.newest();
        if (newest.present() && newest.fields().equals(fields)) {
            return new RowHistory(id, before.versions());
        }
        return added(before, id, version(before, change, id, between(seen(before, knownThrough), at)));
    }

    private static RowHistory withIncrementalRow(RowHistory before, RowChange change) {
        Instant at = change.position().committedAt();
        if (before == null) {
            return added(null, 0, version(null, change, INCREMENTAL, between(Instant.EPOCH, at)));
        }
        RowVersion newest = before.newest();
        // What the log said later than the row was read is newer than the row.
        boolean stale = !at.isAfter(newest.from().latest());
        if (stale || (newest.present() && newest.fields().equals(filled(before, change)))) {
            return before;
        }
        return added(
                before,
                before.lastSnapshotId(),
                version(before, change, INCREMENTAL, between(newest.from().latest(), at)));
    }

    private static RowHistory gone(RowHistory before, long identity, Position position, TimeBounds from) {
        if (before != null && !before.newest().present()) {
            return before;
        }
        RowVersion absent = new RowVersion(identity, 0, from, false, Map.of(), position);
        return added(before, before == null ? 0 : before.lastSnapshotId(), absent);
    }

    private static Instant seen(RowHistory before, Instant knownThrough) {
        Instant newest = before.newest().from().latest();
        return knownThrough != null && knownThrough.isAfter(newest) ? knownThrough : newest;
    }

    private static TimeBounds between(Instant earliest, Instant latest) {
        return TimeBounds.between(earliest.isAfter(latest) ? latest : earliest, latest);
    }

    private static RowVersion version(RowHistory before, RowChange change, long snapshotId, TimeBounds from) {
        return new RowVersion(change.identity(), snapshotId, from, true, filled(before, change), change.position());
    }

    private static RowHistory added(RowHistory before, long lastSnapshotId, RowVersion version) {
        List<RowVersion> versions = before == null ? new ArrayList<>() : new ArrayList<>(before.versions());
        versions.add(version);
        return new RowHistory(lastSnapshotId, versions);
    }

    /** The change's values; what the log did not carry as it was, or UNKNOWN if it never was seen. */
    private static Map<String, FieldValue> filled(RowHistory before, RowChange change) {
        Map<String, FieldValue> fields = new HashMap<>(change.fields());
        fields.replaceAll((column, value) -> {
            if (value.state() != FieldState.UNCHANGED) {
                return value;
            }
            return before != null && before.newest().present()
                    ? before.newest().fields().getOrDefault(column, FieldValue.UNKNOWN)
                    : FieldValue.UNKNOWN;
        });
        return fields;
    }
}
