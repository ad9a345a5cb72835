package org.faceaudit.core.judgement;

import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * One running statutory deadline.
 *
 * @param kind {@code FILING}, {@code CHANGE} or {@code DEREGISTRATION}
 * @param triggerId cycle, change id or termination id
 * @param triggerOnLow earliest possible day of the trigger
 * @param triggerOnHigh latest possible day of the trigger; {@code null} while it is not certain at all
 * @param basis what the trigger day rests on: {@code exact}, {@code bounds}, {@code possible} (not certain at all),
 *     {@code in-force} (older than the Measures, taken on their first day), or {@code declared} (in the registry)
 * @param dueOn from the latest possible trigger for a violation, else from the earliest
 * @param dueOnStrict the same with a trigger on a working day counted
 * @param daysLate calendar days between {@code dueOn} and the late submission; {@code null} unless {@link
 *     ClockStanding#MET_LATE}
 * @param filedOn the day of the submission that met the duty, {@code null} for none
 */
public record ClockState(
        String operator,
        String kind,
        String triggerId,
        LegalDay triggerOnLow,
        LegalDay triggerOnHigh,
        String basis,
        LegalDay dueOn,
        LegalDay dueOnStrict,
        ClockStanding state,
        Integer daysLate,
        String calendarVersion,
        boolean provisional,
        LegalDay filedOn) {

    public ClockState {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(triggerId, "triggerId");
        Objects.requireNonNull(state, "state");
    }
}
