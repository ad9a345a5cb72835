package org.faceaudit.cli.reconcile;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted on one side.
 *
 * @param rowsByTable rows of every mapped table, by its name
 * @param persons distinct persons whose faces the rows store
 */
public record Counts(Map<String, Long> rowsByTable, long persons) {

    public Counts {
        rowsByTable = Collections.unmodifiableMap(new TreeMap<>(rowsByTable));
    }

    /** Rows of all mapped tables. */
    public long rows() {
        return rowsByTable.values().stream().mapToLong(Long::longValue).sum();
    }
}
