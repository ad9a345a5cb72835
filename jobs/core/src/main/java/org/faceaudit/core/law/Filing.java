package org.faceaudit.core.law;

import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * One submission to the authority; a resubmission is another filing.
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
        covers = List.copyOf(covers);
    }

    /** Whether the filing speaks for the operator: its own, or one that names it. */
    public boolean coversOperator(String operator) {
        return operatorId.equals(operator) || covers.contains(operator);
    }

    public boolean withdrawn() {
        return withdrawnOn != null;
    }

    /** Whether it was returned for correction; what is submitted again is another filing. */
    public boolean returned() {
        return returnedOn != null;
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
