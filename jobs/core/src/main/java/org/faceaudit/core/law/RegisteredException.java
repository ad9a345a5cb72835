package org.faceaudit.core.law;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.core.event.Position;

/**
 * A statement that a rule does not bind a subject, with its citation (Art. 10, last sentence, and the like). It counts
 * once a second person has approved it.
 *
 * @param subjectId {@code system/point}, {@code system/cause}, {@code system}, or empty for the whole operator
 * @param citation the instrument relied on; begins with {@value #NO_EQUIVALENT} when the operator merely states that no
 *     other method is equivalent, with {@value #FLOOR} and the name of a data class when a law has such images kept, with
 *     {@value #FROZEN} when it states that images cannot be deleted and are only stored; with {@value #ANONYMISED},
 *     {@value #NO_RECOGNITION} or {@value #TRAINING} and the name of a data class when it states that such images are
 *     anonymised irreversibly (PIPL 4, 73), serve no recognition, or are a segregated training copy (Art. 2 ¶2)
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
    public static final String FLOOR = "floor:";
    public static final String FROZEN = "frozen:";

    public static final String ANONYMISED = "anonymised:";
    public static final String NO_RECOGNITION = "no-recognition:";
    public static final String TRAINING = "training:";

    private static final List<String> OF_A_DATA_CLASS = List.of(FLOOR, ANONYMISED, NO_RECOGNITION, TRAINING);

    /** The first word and what follows its colon: typed by people, so capitals, blanks and a full-width colon do not matter. */
    private static final Pattern WORD =
            Pattern.compile("[\\s\\u00a0\\u3000]*([A-Za-z-]+)[\\s\\u00a0\\u3000]*[:\\uff1a](.*)", Pattern.DOTALL);

    private static final Pattern DATA_CLASS = Pattern.compile(
            "[\\s\\u00a0\\u3000]*([a-z0-9-]+)(?:[\\s\\u00a0\\u3000:;,\\uff1a\\uff0c\\uff1b].*)?", Pattern.DOTALL);

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
        return begins(NO_EQUIVALENT);
    }

    /** Whether a statutory floor is cited, known or not. */
    public boolean citesFloor() {
        return begins(FLOOR);
    }

    /** Whether it is for images of one data class only, named or not. */
    public boolean isOfADataClass() {
        return OF_A_DATA_CLASS.stream().anyMatch(this::begins);
    }

    /** The data class that is named behind the first word, empty if none is. */
    public Optional<String> dataClass() {
        Matcher word = WORD.matcher(citation);
        if (!isOfADataClass() || !word.matches()) {
            return Optional.empty();
        }
        Matcher named = DATA_CLASS.matcher(word.group(2));
        return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
    }

    /** Whether the citation begins with a word and its colon. */
    private boolean begins(String word) {
        Matcher first = WORD.matcher(citation);
        return first.matches() && word.equals(first.group(1).toLowerCase(Locale.ROOT) + ':');
    }

    public boolean statesFrozen() {
        return begins(FROZEN);
    }
}
