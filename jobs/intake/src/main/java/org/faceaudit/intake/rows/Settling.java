package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.TimeBounds;

/**
 * How far one bucket's rows are settled: whoever was going to refer to a row in the same transaction, or is found by the same
 * snapshot, has been read. Until then nobody knows whether a row without a referrer stays without one, and to take it for
 * such would raise alerts for a moment.
 *
 * @param through changes of the log before this instant are settled; {@code null} for none
 * @param openSnapshot the snapshot being read, 0 for none
 */
record Settling(Instant through, long openSnapshot) {

    /** Tables that no source has. */
    private static final String MARKS = "#settled";

    private static final String THROUGH = "through";
    private static final String ENDED = "ended";
    /** Index: under a table's name, its rows of the log without a referrer that are not settled yet. */
    private static final String WAITING = "#waiting";

    static Settling read(RowStore store) {
        RowHistory through = store.history(MARKS, THROUGH);
        RowHistory ended = store.history(MARKS, ENDED);
        long newest = SnapshotMemory.newest(store);
        return new Settling(
                through == null ? null : through.newest().from().latest(),
                ended != null && ended.lastSnapshotId() == newest ? 0 : newest);
    }

    /** A heartbeat was read: what was committed before it has been read whole. */
    static void heard(RowChange heartbeat, RowStore store) {
        Instant at = heartbeat.position().committedAt();
        Instant before = read(store).through();
        if (before == null || before.isBefore(at)) {
            mark(THROUGH, 0, heartbeat, store);
        }
    }

    static void snapshotEnded(RowChange ended, RowStore store) {
        mark(ENDED, ended.snapshotId(), ended, store);
    }

    private static void mark(String name, long snapshotId, RowChange change, RowStore store) {
        RowVersion version = new RowVersion(
                change.identity(),
                snapshotId,
                TimeBounds.committed(change.position().committedAt()),
                true,
                Map.of(),
                change.position());
        store.remember(MARKS, name, new RowHistory(snapshotId, List.of(version)));
    }

    /** Whether somebody may still come who refers to the row as it is in this version. */
    boolean waits(RowVersion version) {
        return version.snapshotId() > 0
                ? version.snapshotId() == openSnapshot
                : through == null || !version.from().latest().isBefore(through);
    }

    static void await(String table, String rowKey, RowStore store) {
        new ReferrerIndex(store, WAITING).add(table, rowKey);
    }

    /** The rows of a table that waited; the caller forgets those that it has told. */
    static Iterable<String> waiting(String table, RowStore store) {
        return new ReferrerIndex(store, WAITING).rowsUnder(table);
    }

    /** Lets all rows of a table wait no more. */
    static void forgetWaiting(String table, RowStore store) {
        new ReferrerIndex(store, WAITING).clear(table);
    }
}
