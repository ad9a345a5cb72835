package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Objects;

/**
 * How the value of a captured column arrives.
 *
 * @param kind as it is, as a calendar day, as a keyed token, or as a descriptor of an image or template
 * @param identifies what the token stands for; {@code null} unless {@code kind} is {@code TOKEN}
 * @param detail a token's normalisation, a descriptor's form; {@code null} otherwise
 */
public record ColumnForm(Kind kind, String identifies, String detail) implements Serializable {

    /** What arrives. */
    public enum Kind {
        PLAIN,
        DATE,
        TOKEN,
        DESCRIPTOR
    }

    public static final ColumnForm PLAIN = new ColumnForm(Kind.PLAIN, null, null);
    public static final ColumnForm DATE = new ColumnForm(Kind.DATE, null, null);

    public ColumnForm {
        Objects.requireNonNull(kind, "kind");
    }

    public static ColumnForm token(String identifies, String normalise) {
        return new ColumnForm(Kind.TOKEN, identifies, normalise);
    }

    public static ColumnForm descriptor(String form) {
        return new ColumnForm(Kind.DESCRIPTOR, null, form);
    }
}
