package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Objects;

/**
 * One hop from a row to another: both columns hold the same value.
 *
 * @param column column of the row one stands on
 * @param table {@code schema.table} of the other row
 * @param otherColumn column of the other row
 * @param reverse written {@code column <- table.otherColumn}: the other row points here, and several may
 */
public record Join(String column, String table, String otherColumn, boolean reverse) implements Serializable {

    public Join {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(otherColumn, "otherColumn");
    }

    @Override
    public String toString() {
        return column + (reverse ? " <- " : " -> ") + table + "." + otherColumn;
    }
}
