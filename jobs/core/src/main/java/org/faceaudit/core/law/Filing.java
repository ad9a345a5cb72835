package org.faceaudit.core.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /** By day of submission, then id. */
    public static final Comparator<Filing> BY_SUBMISSION =
            Comparator.comparing(Filing::submittedOn).thenComparing(Filing::id);

    private static final int CODE_LENGTH = 6;
    private static final int DIGITS_OF_A_RANK = 2;

    /**
     * Legal days during which it lay with the authority as submitted.
     *
     * @param from day of the submission, or of the acceptance that followed a return
     * @param last day of the return or withdrawal, {@code null} while it stands
     */
    public record Standing(LegalDay from, LegalDay last) {

        /** Whether it ended on the day on which it began: it stood at the end of no day. */
        public boolean ofNoDay() {
            return from.equals(last);
        }
    }

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

    /** Whether it lies returned for correction at the end of a day: an acceptance after the return ends that. */
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

    /**
     * When it stood as submitted, by what has happened until the end of {@code today}; in order, never empty. A filing that
     * was returned and accepted all the same stands again from the day of the acceptance on.
     */
    public List<Standing> standings(LegalDay today) {
        LegalDay withdrawn = withdrawnBy(today) ? withdrawnOn : null;
        boolean returned = by(returnedOn, today) && (withdrawn == null || returnedOn.isBefore(withdrawn));
        boolean cured = returned && acceptedBy(today) && !acceptedOn.isBefore(returnedOn);
        if (!returned || (cured && acceptedOn.equals(returnedOn))) {
            return List.of(new Standing(submittedOn, withdrawn));
        }
        List<Standing> standings = new ArrayList<>(List.of(new Standing(submittedOn, returnedOn)));
        if (cured && (withdrawn == null || acceptedOn.isBefore(withdrawn))) {
            standings.add(new Standing(acceptedOn, withdrawn));
        }
        return List.copyOf(standings);
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
        for (int shared = 0; shared <= Math.min(digits, CODE_LENGTH); shared += DIGITS_OF_A_RANK) {
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
