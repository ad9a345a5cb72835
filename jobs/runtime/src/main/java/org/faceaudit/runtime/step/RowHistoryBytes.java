package org.faceaudit.runtime.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.rows.RowHistory;
import org.faceaudit.intake.rows.RowVersion;
import org.faceaudit.runtime.types.FieldPacking;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.PositionPacking;

/** Writes and reads the histories of rows. Not thread-safe. */
final class RowHistoryBytes {

    private static final int PRESENT = 1;
    private static final int DECLARED = 2;
    private static final int EXACT = 4;
    private static final int OF_LAST_SNAPSHOT = 8;

    private final DataOutputSerializer buffer = new DataOutputSerializer(512);
    private final PackedOutput out = new PackedOutput().to(buffer);
    private final DataInputDeserializer bytes = new DataInputDeserializer();
    private final PackedInput in = new PackedInput().from(bytes);

    /** @param table as given to whoever reads */
    StoredRow write(String table, RowHistory history) {
        try {
            buffer.clear();
            out.number(history.lastSnapshotId());
            out.number(history.versions().size());
            for (RowVersion version : history.versions()) {
                write(table, history.lastSnapshotId(), version);
            }
            return new StoredRow(buffer.getCopyOfBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }

    private void write(String table, long lastSnapshotId, RowVersion version) throws IOException {
        TimeBounds from = version.from();
        boolean ofLastSnapshot = version.snapshotId() == lastSnapshotId;
        out.bits((version.present() ? PRESENT : 0)
                | (from.declared() ? DECLARED : 0)
                | (from.exact() ? EXACT : 0)
                | (ofLastSnapshot ? OF_LAST_SNAPSHOT : 0));
        out.fixed(version.identity());
        if (!ofLastSnapshot) {
            out.number(version.snapshotId());
        }
        out.instant(from.latest());
        if (!from.exact()) {
            out.instant(from.earliest());
        }
        PositionPacking.write(version.position(), table, from.latest(), out);
        FieldPacking.write(version.fields(), out);
    }

    /** {@link RowHistory#lastSnapshotId} without the rest. */
    long lastSnapshotId(StoredRow row) {
        try {
            bytes.setBuffer(row.bytes());
            return in.number();
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    RowHistory read(String table, StoredRow row) {
        try {
            bytes.setBuffer(row.bytes());
            long lastSnapshotId = in.number();
            int size = (int) in.number();
            List<RowVersion> versions = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                versions.add(version(table, lastSnapshotId));
            }
            return new RowHistory(lastSnapshotId, versions);
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    private RowVersion version(String table, long lastSnapshotId) throws IOException {
        int bits = in.bits();
        long identity = in.fixed();
        long snapshotId = (bits & OF_LAST_SNAPSHOT) != 0 ? lastSnapshotId : in.number();
        Instant latest = in.instant();
        Instant earliest = (bits & EXACT) != 0 ? latest : in.instant();
        Position position = PositionPacking.read(table, latest, in);
        return new RowVersion(
                identity,
                snapshotId,
                new TimeBounds(earliest, latest, (bits & DECLARED) != 0),
                (bits & PRESENT) != 0,
                FieldPacking.read(in),
                position);
    }
}
