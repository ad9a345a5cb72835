package org.faceaudit.runtime.sink;

import java.util.Objects;

/**
 * Rows of one table and one checkpoint, waiting for the checkpoint to complete.
 *
 * @param table which table takes them
 * @param number place among the chunks of the checkpoint
 * @param rows a JSON array of rows
 */
public record AuditChunk(AuditTable table, int number, String rows) {

    public AuditChunk {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(rows, "rows");
    }
}
