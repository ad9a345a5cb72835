package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where an instant or a day stands and how it is spelt.
 *
 * @param column the column
 * @param type its spelling
 */
public record TimeReading(Reading column, TimeType type) implements Serializable {

    public TimeReading {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(type, "type");
    }
}
