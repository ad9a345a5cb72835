package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One change event, repeated ones left out.
 *
 * @param table {@code schema.table}
 * @param key the row's key, {@code null} for a truncate
 * @param op {@code r}, {@code c}, {@code u}, {@code d} or {@code t}
 * @param after the row after the change, {@code null} for a delete or truncate
 * @param committedAt commit time; the snapshot's time for a row of a snapshot
 * @param snapshot {@code false}, {@code incremental}, or where in a snapshot the row stands
 * @param lsn the log position
 * @param appendedAt when the broker appended it
 */
record Change(
        String table,
        String key,
        String op,
        JsonNode after,
        Instant committedAt,
        String snapshot,
        String lsn,
        Instant appendedAt) {

    boolean ofSnapshot() {
        return !snapshot.equals("false") && !snapshot.equals("incremental");
    }

    boolean heartbeat() {
        return table.equals("public.faceaudit_heartbeat") || table.equals("registry.heartbeat");
    }
}
