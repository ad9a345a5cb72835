package org.faceaudit.cli.source;

import java.util.List;
import java.util.Objects;

/**
 * A reference that the database itself keeps.
 *
 * @param columns the referring columns, in order
 * @param table {@code schema.table} of the rows referred to
 * @param otherColumns their columns, in the same order
 * @param changes whether a change of the other row changes or deletes the referring one
 */
public record ForeignKey(List<String> columns, String table, List<String> otherColumns, boolean changes) {

    public ForeignKey {
        columns = List.copyOf(columns);
        Objects.requireNonNull(table, "table");
        otherColumns = List.copyOf(otherColumns);
    }
}
