package org.faceaudit.core.event;

import java.util.Objects;

/**
 * One mapped field of one row as the log carried it.
 *
 * @param state what the log said of the field
 * @param text canonical text of the value; {@code null} unless {@code state} is {@link FieldState#PRESENT}
 */
public record FieldValue(FieldState state, String text) {

    public static final FieldValue ABSENT = new FieldValue(FieldState.ABSENT, null);
    public static final FieldValue UNCHANGED = new FieldValue(FieldState.UNCHANGED, null);
    public static final FieldValue UNKNOWN = new FieldValue(FieldState.UNKNOWN, null);

    public FieldValue {
        Objects.requireNonNull(state, "state");
        if ((state == FieldState.PRESENT) != (text != null)) {
            throw new IllegalArgumentException("text belongs to PRESENT and to nothing else");
        }
    }

    public static FieldValue present(String text) {
        return new FieldValue(FieldState.PRESENT, text);
    }
}
