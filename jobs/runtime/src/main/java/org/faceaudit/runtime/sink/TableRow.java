package org.faceaudit.runtime.sink;

import java.util.Objects;

/**
 * One row on its way into the audit database.
 *
 * @param table which of the {@link AuditTable}s takes it
 * @param json a JSON object whose keys are column names
 */
public record TableRow(AuditTable table, String json) {

    public TableRow {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(json, "json");
    }
}
