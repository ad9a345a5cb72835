package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What tells that an access point is in service.
 *
 * @param column the column
 * @param values values that mean in service; empty for a flag ({@code true}, {@code 1}, {@code Y} and the like)
 */
public record InForceReading(Reading column, List<String> values) implements Serializable {

    public InForceReading {
        Objects.requireNonNull(column, "column");
        values = List.copyOf(values);
    }
}
