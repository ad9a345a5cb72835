package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What tells that an image or a template is there.
 *
 * @param kind the row itself, nothing ever, or a column
 * @param column the column; {@code null} unless {@code kind} is {@code COLUMN}
 * @param form how the column holds it, one of {@link #FORMS}; {@code null} unless {@code kind} is {@code COLUMN}
 */
public record PresenceReading(Kind kind, String column, String form) implements Serializable {

    /** Where presence is read. */
    public enum Kind {
        ROW,
        NEVER,
        COLUMN
    }

    /** How a column can hold an image or a template. */
    public static final List<String> FORMS = List.of("bytes", "base64", "path", "url", "template");

    public static final PresenceReading ROW = new PresenceReading(Kind.ROW, null, null);
    public static final PresenceReading NEVER = new PresenceReading(Kind.NEVER, null, null);

    public PresenceReading {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.COLUMN) != (column != null && form != null)) {
            throw new IllegalArgumentException("column and form belong to COLUMN and to nothing else");
        }
    }
}
