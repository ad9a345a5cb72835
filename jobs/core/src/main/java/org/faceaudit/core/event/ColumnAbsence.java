package org.faceaudit.core.event;

import java.time.Instant;
import java.util.Objects;

/**
 * A mapped column that the whole rows of its table carried, and then no longer did: it was dropped, renamed, or taken out of
 * what is captured.
 *
 * @param table {@code schema.table} in the source
 * @param column the column as the mapping names it
 * @param from commit time of the first row that lacks it
 * @param first where that row stands
 * @param last commit time of the newest row that lacks it
 * @param to commit time of the first row that carries it again; {@code null} if none was read yet
 * @param next where that row stands; {@code null} if none was read yet
 */
public record ColumnAbsence(
        String table, String column, Instant from, Position first, Instant last, Instant to, Position next) {

    public ColumnAbsence {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        if ((to == null) != (next == null)) {
            throw new IllegalArgumentException(
                    "the row that carries the column again has a time and a place, or neither");
        }
    }

    /** The column with its table, {@code schema.table.column}. */
    public String name() {
        return table + "." + column;
    }
}
