package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * One filing as it bears on one operator. Days are legal days; each counts from itself on, and one that does not stand in
 * the registry is {@code null}.
 *
 * @param filer operator id of who filed
 * @param rightAuthority whether it went to the province of an operator whom it is for, or to the national authority
 * @param declared declared number of persons, or {@code null}
 * @param covers operators whom it is for besides the filer
 */
record Filing(
        String id,
        String filer,
        String kind,
        LocalDate submitted,
        LocalDate accepted,
        LocalDate returned,
        LocalDate withdrawn,
        boolean rightAuthority,
        BigDecimal declared,
        List<String> covers) {

    /** Whether it is of the kind and the day of another. */
    boolean isLike(Filing other) {
        return kind.equals(other.kind) && submitted.equals(other.submitted);
    }

    private static boolean happened(LocalDate on, LocalDate day) {
        return on != null && !on.isAfter(day);
    }

    /** Whether it is before the right authority at the end of a day, neither sent back nor taken back. */
    boolean standsOn(LocalDate day) {
        return rightAuthority && happened(submitted, day) && !lostBy(day);
    }

    /** Whether it had been taken back by the end of a day, or sent back and not accepted since. */
    boolean lostBy(LocalDate day) {
        boolean acceptedSince = returned != null && acceptedBy(day) && !accepted.isBefore(returned);
        return (happened(returned, day) && !acceptedSince) || happened(withdrawn, day);
    }

    /** Whether it had been made by the end of a day and not taken back, wherever it went and whatever became of it. */
    boolean madeBy(LocalDate day) {
        return happened(submitted, day) && !happened(withdrawn, day);
    }

    boolean acceptedBy(LocalDate day) {
        return happened(accepted, day);
    }

    boolean withdrawnBy(LocalDate day) {
        return happened(withdrawn, day);
    }
}
