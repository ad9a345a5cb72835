package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the registered exceptions from a rule say of a subject on a day.
 *
 * @param exception the row of the one that counts, {@code null} for none
 */
record Exemption(Kind kind, JsonNode exception) {

    /** Of several exceptions the one that comes first here counts. */
    enum Kind {
        /** Covers the subject. */
        VALID,
        /** Covers it, but is a mere statement that no method is equivalent. */
        STATED,
        /** Covered it until an earlier day. */
        EXPIRED,
        /** Covers something else of the same place. */
        BESIDE,
        NONE
    }

    static final Exemption NONE = new Exemption(Kind.NONE, null);

    /** Of several that are valid longest, that with the smallest id. */
    static final Comparator<JsonNode> LONGEST = Comparator.comparing(Exemption::validTo, Comparator.reverseOrder())
            .thenComparing(row -> Values.text(row, "id"));

    /**
     * A valid exception before a mere statement, that before an expired one, of several the most specific, longest.
     *
     * @param subject the access point, or the system, as an exception names it
     */
    static Exemption of(OracleRegistry registry, String rule, SourceFacts facts, String subject, LocalDate day) {
        List<JsonNode> exceptions = new ArrayList<>(registry.exceptions(rule, facts.operator()));
        exceptions.removeIf(row -> !scope(row).isEmpty() && !(subject + '/').startsWith(scope(row) + '/'));
        exceptions.sort(
                Comparator.comparing((JsonNode row) -> -scope(row).length()).thenComparing(LONGEST));
        Exemption found = NONE;
        for (JsonNode row : exceptions) {
            Kind kind = kind(row, day);
            if (kind.compareTo(found.kind()) < 0) {
                found = new Exemption(kind, row);
            }
        }
        return found;
    }

    private static Kind kind(JsonNode row, LocalDate day) {
        if (day.isAfter(validTo(row))) {
            return Kind.EXPIRED;
        }
        if (!isInForce(row, day)) {
            return Kind.NONE;
        }
        return isStatement(row) ? Kind.STATED : Kind.VALID;
    }

    static boolean isInForce(JsonNode row, LocalDate day) {
        LocalDate from = Values.date(row, "valid_from");
        return (from == null || !day.isBefore(from)) && !day.isAfter(validTo(row));
    }

    static boolean isStatement(JsonNode row) {
        return Citation.of(row).word().equals("no-equivalent");
    }

    /** The subject that it names, empty for the whole operator. */
    static String scope(JsonNode row) {
        String scope = Values.text(row, "subject_id");
        return scope == null ? "" : scope;
    }

    private static LocalDate validTo(JsonNode row) {
        LocalDate to = Values.date(row, "valid_to");
        return to == null ? LocalDate.MAX : to;
    }

    /** The id of the exception, {@code null} for none. */
    String id() {
        return exception == null ? null : Values.text(exception, "id");
    }

    boolean isValid() {
        return kind == Kind.VALID;
    }
}
