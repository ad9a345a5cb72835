package org.faceaudit.core.law;

import java.util.Objects;

/**
 * The last day of a duty, with the calendar it was counted by.
 *
 * @param trigger the legal day the duty arose
 * @param dueOn last day when counting begins on the day after the trigger (民法典 201); the legal date
 * @param dueOnStrict last day when a trigger on a working day counts as the first; the cautious date, for warnings
 * @param provisional whether a day counted lies past the last official notice
 * @param calendarVersion ids of the active notices, sorted, joined by {@code +}
 */
public record Deadline(
        LegalDay trigger, LegalDay dueOn, LegalDay dueOnStrict, boolean provisional, String calendarVersion) {

    public Deadline {
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(dueOn, "dueOn");
        Objects.requireNonNull(dueOnStrict, "dueOnStrict");
        Objects.requireNonNull(calendarVersion, "calendarVersion");
    }
}
