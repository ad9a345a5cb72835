package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

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

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}|empty");

    public static final ColumnForm PLAIN = new ColumnForm(Kind.PLAIN, null, null);
    public static final ColumnForm DATE = new ColumnForm(Kind.DATE, null, null);

    public ColumnForm {
        Objects.requireNonNull(kind, "kind");
    }

    public static ColumnForm token(String identifies, String normalise) {
        return new ColumnForm(Kind.TOKEN, identifies, normalise);
    }

    /**
     * Whether a text is a token of this column, {@code t1:<identifies>:<key id>:<normalisation>:<digest>}.
     *
     * @param keyId id of the key that the column's tokens are made with
     */
    public boolean isToken(String keyId, String text) {
        String made = "t1:" + identifies + ":" + keyId + ":" + detail + ":";
        return kind == Kind.TOKEN
                && text.startsWith(made)
                && DIGEST.matcher(text.substring(made.length())).matches();
    }

    public static ColumnForm descriptor(String form) {
        return new ColumnForm(Kind.DESCRIPTOR, null, form);
    }
}
