package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.ArrayList;
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
 * @param when of which rows this is so; {@code null} for all
 * @param otherwise what names the person of the other rows; {@code null} if nothing does
 */
public record PersonReading(
        String identifies,
        List<Reading> columns,
        String normalise,
        Reading collection,
        String ofSystem,
        Condition when,
        PersonReading otherwise)
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

    /** What names the person of every row. */
    public PersonReading(
            String identifies, List<Reading> columns, String normalise, Reading collection, String ofSystem) {
        this(identifies, columns, normalise, collection, ofSystem, null, null);
    }

    /** The same for some rows only, and another for the rest. */
    public PersonReading or(Condition ofRows, PersonReading other) {
        return new PersonReading(identifies, columns, normalise, collection, ofSystem, ofRows, other);
    }

    /** This and what else may name the person, in the order in which they are tried; each names whom it names itself. */
    public List<PersonReading> alternatives() {
        List<PersonReading> all = new ArrayList<>();
        for (PersonReading one = this; one != null; one = one.otherwise) {
            all.add(one);
        }
        return List.copyOf(all);
    }

    /** Every value that is read to know the person. */
    public List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (PersonReading one : alternatives()) {
            readings.addAll(one.columns);
            Stream.ofNullable(one.collection).forEach(readings::add);
            Stream.ofNullable(one.when).map(Condition::column).forEach(readings::add);
        }
        return List.copyOf(readings);
    }

    /**
     * The normalisation that the person's tokens carry: of several columns it says how many, so that a token over several never
     * compares with one over another number of them.
     */
    public String tokenNormalisation() {
        return columns.size() == 1 ? normalise : columns.size() + "*" + normalise;
    }
}
