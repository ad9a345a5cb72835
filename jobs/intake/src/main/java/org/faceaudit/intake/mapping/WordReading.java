package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One word of a vocabulary of ours: a constant, or a column whose values are ours or are mapped to them.
 *
 * @param constant the same for every row; {@code null} if a column says
 * @param column the column; {@code null} for a constant
 * @param values the product's spelling to ours; empty if the column spells as we do, in capitals or not
 */
public record WordReading(String constant, Reading column, Map<String, String> values) implements Serializable {

    public WordReading {
        if ((constant == null) == (column == null)) {
            throw new IllegalArgumentException("either a constant or a column says it");
        }
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
