package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;

/**
 * Whether something is so: a constant, a column that is a flag, or a column that has one of some values.
 *
 * @param constant the same for every row; {@code null} if a column says
 * @param column the column; {@code null} for a constant
 * @param values the values that mean yes; empty if the column is a flag
 */
public record FlagReading(Boolean constant, Reading column, List<String> values) implements Serializable {

    public FlagReading {
        if ((constant == null) == (column == null)) {
            throw new IllegalArgumentException("either a constant or a column says it");
        }
        values = List.copyOf(values);
    }
}
