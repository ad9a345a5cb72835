package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a row names a person.
 *
 * @param identifies {@code id-card}, {@code phone}, {@code member-no}, {@code local-id} or {@code free-text}
 * @param columns where the identifier (as a token) stands; several, in order, if only together they identify somebody
 * @param normalise the connector's normalisation steps of each column joined by commas, {@code none} for none
 * @param collection for a product's own ids: what separates its collections; {@code null} if the ids are unique within the
 *     system
 * @param ofSystem for a product's own ids: the other system of the operator whose ids they are; {@code null} for this one's
 */
public record PersonReading(
        String identifies, List<Reading> columns, String normalise, Reading collection, String ofSystem)
        implements Serializable {

    /** What can identify a person. */
    public static final List<String> KINDS = List.of("id-card", "phone", "member-no", "local-id", "free-text");

    /** Identifiers that mean something inside one system only. */
    public static final List<String> LOCAL_KINDS = List.of("local-id", "free-text");

    /** More columns than any identifier is split into. */
    public static final int MOST_COLUMNS = 8;

    public PersonReading {
        Objects.requireNonNull(identifies, "identifies");
        Objects.requireNonNull(normalise, "normalise");
        columns = List.copyOf(columns);
        if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException("a person is named by 1 to " + MOST_COLUMNS + " columns");
        }
    }

    /** Every value that is read to know the person. */
    public List<Reading> readings() {
        return Stream.concat(columns.stream(), Stream.ofNullable(collection)).toList();
    }

    /**
     * The normalisation that the person's tokens carry: of several columns it says how many, so that a token over several never
     * compares with one over another number of them.
     */
    public String tokenNormalisation() {
        return columns.size() == 1 ? normalise : columns.size() + "*" + normalise;
    }
}
