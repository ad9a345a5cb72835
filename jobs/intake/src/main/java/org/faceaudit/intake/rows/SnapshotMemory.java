package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.TimeBounds;

/** Remembers, by snapshot id, how far the source was known when the snapshot began. Not thread-safe. */
final class SnapshotMemory {

    /** A table that no source has. */
    private static final String SNAPSHOTS = "#snapshots";

    private static final String NEWEST = "newest";
    private static final String MAPPING = "mapping";

    private final String mappingVersion;
    /** What {@link #knownThrough} read last: every row of a snapshot asks the same. */
    private Known remembered = new Known(null, 0, null);

    private record Known(RowStore store, long snapshotId, Instant through) {}

    SnapshotMemory(String mappingVersion) {
        this.mappingVersion = Objects.requireNonNull(mappingVersion, "mappingVersion");
    }

    void begin(RowChange change, RowStore store) {
        remembered = new Known(null, 0, null);
        RowHistory last = store.history(SNAPSHOTS, NEWEST);
        Map<String, FieldValue> fields = new HashMap<>(change.fields());
        FieldValue version = FieldValue.present(mappingVersion);
        // Under another mapping tables may be new to us: what they hold may be older than what we knew.
        if (last == null || !version.equals(last.newest().fields().get(MAPPING))) {
            fields.put(SourceProgressBook.KNOWN_THROUGH, FieldValue.ABSENT);
        }
        fields.put(MAPPING, version);
        RowVersion begun = new RowVersion(
                change.identity(),
                change.snapshotId(),
                TimeBounds.committed(change.position().committedAt()),
                true,
                fields,
                change.position());
        RowHistory history = new RowHistory(change.snapshotId(), List.of(begun));
        store.remember(SNAPSHOTS, Long.toString(change.snapshotId()), history);
        store.remember(SNAPSHOTS, NEWEST, history);
    }

    /** The snapshot that began last, 0 for none. */
    static long newest(RowStore store) {
        RowHistory begun = store.history(SNAPSHOTS, NEWEST);
        return begun == null ? 0 : begun.lastSnapshotId();
    }

    /** {@code null} for a first snapshot and for what is of none. */
    Instant knownThrough(long snapshotId, RowStore store) {
        if (snapshotId == 0) {
            return null;
        }
        // Every bucket hears of a snapshot's beginning before its rows, so what one bucket remembers holds for all.
        if (remembered.store() != store || remembered.snapshotId() != snapshotId) {
            RowHistory begun = store.history(SNAPSHOTS, Long.toString(snapshotId));
            FieldValue known = begun == null ? null : begun.newest().fields().get(SourceProgressBook.KNOWN_THROUGH);
            remembered = new Known(
                    store,
                    snapshotId,
                    known == null || known.state() != FieldState.PRESENT ? null : Instant.parse(known.text()));
        }
        return remembered.through();
    }
}
