package org.faceaudit.core.law;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.faceaudit.core.event.Position;

/**
 * One submission to the authority; a resubmission is another filing. Each of its days counts from itself on and not before.
 *
 * @param id the registry's id
 * @param operatorId who submitted it
 * @param submittedOn legal day of submission; the duty is met by submission, not by acceptance
 * @param returnedOn legal day it was returned for correction, {@code null} if it was not
 * @param acceptedOn legal day it was accepted, {@code null} if it was not
 * @param withdrawnOn legal day it was withdrawn, {@code null} if it was not
 * @param authority GB/T 2260 code of the authority, {@code null} if unknown
 * @param declaredPersons persons declared as stored, {@code null} if unknown
 * @param covers further operators that a group or joint filing names
 * @param position the change this state of the row rests on
 */
public record Filing(
        String id,
        String operatorId,
        FilingKind kind,
        LegalDay submittedOn,
        LegalDay returnedOn,
        LegalDay acceptedOn,
        LegalDay withdrawnOn,
        String authority,
        Long declaredPersons,
        List<String> covers,
        Position position) {

    private static final int CODE_LENGTH = 6;
    private static final int DIGITS_OF_A_RANK = 2;

    public Filing {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operatorId, "operatorId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(submittedOn, "submittedOn");
        for (LegalDay later : Arrays.asList(returnedOn, acceptedOn, withdrawnOn)) {
            if (later != null && later.isBefore(submittedOn)) {
                throw new IllegalArgumentException("a filing is answered or withdrawn after it was submitted");
            }
        }
        covers = List.copyOf(covers);
    }

    /** Whether the filing speaks for the operator: its own, or one that names it. */
    public boolean coversOperator(String operator) {
        return operatorId.equals(operator) || covers.contains(operator);
    }

    /** Whether the filer has taken it back by the end of a day. */
    public boolean withdrawnBy(LegalDay day) {
        return by(withdrawnOn, day);
    }

    /** Whether it lies returned for correction at the end of a day: an acceptance after the return cures it. */
    public boolean returnedBy(LegalDay day) {
        return by(returnedOn, day) && !(acceptedBy(day) && !acceptedOn.isBefore(returnedOn));
    }

    public boolean acceptedBy(LegalDay day) {
        return by(acceptedOn, day);
    }

    /**
     * The last legal day on which it stands as submitted, by what has happened until the end of {@code today}: the day of
     * its return or withdrawal; {@code null} while it stands.
     */
    public LegalDay lastDay(LegalDay today) {
        LegalDay last = withdrawnBy(today) ? withdrawnOn : null;
        return returnedBy(today) && (last == null || returnedOn.isBefore(last)) ? returnedOn : last;
    }

    /** The days on which something happens to it, in no order. */
    public List<LegalDay> days() {
        return Stream.of(submittedOn, returnedOn, acceptedOn, withdrawnOn)
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean by(LegalDay event, LegalDay day) {
        return event != null && !event.isAfter(day);
    }

    /**
     * Whether it went to an authority that is competent for the operator and of a rank, or above: national, provincial and
     * so on down. An operator whose region is unknown may file with any authority of the rank.
     *
     * @param digits how many leading digits of the operator's GB/T 2260 code the authority of the lowest competent rank has
     */
    boolean rightAuthority(Operator operator, int digits) {
        for (int shared = 0; shared <= digits; shared += DIGITS_OF_A_RANK) {
            String rest = "0".repeat(CODE_LENGTH - shared);
            if (operator.region() == null
                    ? authority != null && authority.endsWith(rest)
                    : (operator.region().substring(0, shared) + rest).equals(authority)) {
                return true;
            }
        }
        return false;
    }
}
