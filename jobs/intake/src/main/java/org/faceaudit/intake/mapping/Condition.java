package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A test of one value as text.
 *
 * @param column the value tested
 * @param values the constants it is compared with, never empty
 * @param negated passes where no constant is equal; SQL NULL is equal to none
 */
public record Condition(Reading column, List<String> values, boolean negated) implements Serializable {

    public Condition {
        Objects.requireNonNull(column, "column");
        values = List.copyOf(values);
    }
}
