package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;

/**
 * A test of one value as text.
 *
 * @param column the value tested
 * @param values the constants it is compared with, never none; an empty one is equal to SQL NULL and to empty text
 * @param negated passes where no constant is equal
 */
public record Condition(Reading column, List<String> values, boolean negated) implements Serializable {

    public Condition {
        Objects.requireNonNull(column, "column");
        values = List.copyOf(values);
    }

    /** Whether a value that is known passes. */
    public boolean isMetBy(FieldValue value) {
        return isOneOf(values, value) != negated;
    }

    /**
     * Whether a value that is known is one of some constants. Blanks behind it do not count: a {@code char(n)} column is filled up
     * with them.
     */
    public static boolean isOneOf(List<String> values, FieldValue value) {
        if (value.state() == FieldState.ABSENT) {
            return values.contains("");
        }
        return value.state() == FieldState.PRESENT
                && (values.contains(value.text())
                        || values.contains(value.text().stripTrailing()));
    }
}
