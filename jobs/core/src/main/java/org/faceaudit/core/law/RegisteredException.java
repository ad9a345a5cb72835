package org.faceaudit.core.law;

import java.util.Locale;
import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * A statement that a rule does not bind a subject, with its citation (Art. 10, last sentence, and the like). It counts
 * once a second person has approved it.
 *
 * @param subjectId {@code system/point}, {@code system}, or empty for the whole operator
 * @param citation the instrument relied on; begins with {@value #NO_EQUIVALENT} when the operator merely states that no
 *     other method is equivalent
 * @param validFrom first legal day, {@code null} for no beginning
 * @param validTo last legal day, {@code null} for no end
 * @param approvedBy {@code null} until approved
 */
public record RegisteredException(
        String id,
        String ruleId,
        String operatorId,
        String subjectId,
        String citation,
        LegalDay validFrom,
        LegalDay validTo,
        String enteredBy,
        String approvedBy,
        Position position) {

    public static final String NO_EQUIVALENT = "no-equivalent:";

    public RegisteredException {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(operatorId, "operatorId");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(citation, "citation");
        if (validFrom != null && validTo != null && validTo.isBefore(validFrom)) {
            throw new IllegalArgumentException("an exception ends after it has begun");
        }
        if (approvedBy != null && enteredBy != null && name(approvedBy).equals(name(enteredBy))) {
            throw new IllegalArgumentException("an exception is approved by another person than entered it");
        }
    }

    private static String name(String person) {
        return person.strip().toLowerCase(Locale.ROOT);
    }

    public boolean approved() {
        return approvedBy != null;
    }

    /** Whether the subject is named, lies in the system named, or the whole operator is meant. */
    public boolean concerns(String subject) {
        return subjectId.isEmpty() || subjectId.equals(subject) || subject.startsWith(subjectId + "/");
    }

    /** Both ends of the range are included. */
    public boolean validOn(LegalDay day) {
        return (validFrom == null || !day.isBefore(validFrom)) && !expiredOn(day);
    }

    public boolean expiredOn(LegalDay day) {
        return validTo != null && day.isAfter(validTo);
    }

    public boolean statesNoEquivalent() {
        return citation.startsWith(NO_EQUIVALENT);
    }
}
