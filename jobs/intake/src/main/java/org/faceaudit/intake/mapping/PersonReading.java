package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How a row names a person.
 *
 * @param identifies {@code id-card}, {@code phone}, {@code member-no}, {@code local-id} or {@code free-text}
 * @param column where the identifier (as a token) stands
 * @param normalise the connector's normalisation steps joined by commas, {@code none} for none
 * @param collection for a product's own ids: what separates its collections; {@code null} if the ids are unique within the
 *     system
 * @param ofSystem for a product's own ids: the other system of the operator whose ids they are; {@code null} for this one's
 */
public record PersonReading(String identifies, Reading column, String normalise, Reading collection, String ofSystem)
        implements Serializable {

    /** What can identify a person. */
    public static final List<String> KINDS = List.of("id-card", "phone", "member-no", "local-id", "free-text");

    /** Identifiers that mean something inside one system only. */
    public static final List<String> LOCAL_KINDS = List.of("local-id", "free-text");

    public PersonReading {
        Objects.requireNonNull(identifies, "identifies");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(normalise, "normalise");
    }
}
