package org.faceaudit.core.event;

import java.util.Objects;

/**
 * What one consent row said from an instant on, until the next version. A field that the row does not carry is ABSENT, one
 * that could not be read is UNKNOWN; the two mean different things and are kept apart.
 *
 * @param from since when this holds; a consent that the log brought holds from its commit, whatever day it is given for
 * @param present whether the row exists: a consent whose row is gone is documented no longer, which is no withdrawal
 * @param person who consented; {@code null} while unknown
 * @param given whether it was given: ABSENT where the row leaves the time of giving empty
 * @param separate whether it is a separate consent (单独同意), {@code true} or {@code false}
 * @param scope to what, a {@link ConsentScope}
 * @param legalBasis on what the processing rests, a {@link LegalBasis}
 * @param guardian whether a parent or other guardian gave it, {@code true} or {@code false}; UNKNOWN where not mapped
 * @param withdrawnAt when it was withdrawn, ABSENT while it is not
 * @param expiresOn last day of the period consented to, ABSENT for none
 * @param bornOn the person's day of birth
 * @param position the change this version rests on
 */
public record ConsentVersion(
        TimeBounds from,
        boolean present,
        PersonToken person,
        FieldState given,
        FieldValue separate,
        FieldValue scope,
        FieldValue legalBasis,
        FieldValue guardian,
        TimeValue withdrawnAt,
        DayValue expiresOn,
        DayValue bornOn,
        Position position) {

    /** The text of a flag that is set. */
    public static final String YES = "true";

    /** The text of a flag that is not set. */
    public static final String NO = "false";

    public ConsentVersion {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(given, "given");
        Objects.requireNonNull(separate, "separate");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(legalBasis, "legalBasis");
        Objects.requireNonNull(guardian, "guardian");
        Objects.requireNonNull(withdrawnAt, "withdrawnAt");
        Objects.requireNonNull(expiresOn, "expiresOn");
        Objects.requireNonNull(bornOn, "bornOn");
        Objects.requireNonNull(position, "position");
    }

    /** The row is not there, or not the operator's. */
    public static ConsentVersion gone(TimeBounds from, Position position) {
        return new ConsentVersion(
                from,
                false,
                null,
                FieldState.ABSENT,
                FieldValue.ABSENT,
                FieldValue.ABSENT,
                FieldValue.ABSENT,
                FieldValue.ABSENT,
                TimeValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                position);
    }
}
