package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Where a value stands: a column of the row itself, or of the row at the end of some references.
 *
 * @param column the column read
 * @param via the hops to its row, at most {@link #MOST_HOPS}; empty for the row itself
 */
public record Reading(String column, List<Join> via) implements Serializable {

    public static final int MOST_HOPS = 4;

    public Reading {
        Objects.requireNonNull(column, "column");
        via = List.copyOf(via);
    }

    public static Reading of(String column) {
        return new Reading(column, List.of());
    }

    /** The table the column belongs to, for a row of the given table. */
    public String table(String own) {
        return via.isEmpty() ? own : via.get(via.size() - 1).table();
    }
}
