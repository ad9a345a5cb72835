package org.faceaudit.core.event;

import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * A mapped day of one row.
 *
 * @param state whether it is there
 * @param day the legal day; {@code null} unless {@code state} is {@link FieldState#PRESENT}
 */
public record DayValue(FieldState state, LegalDay day) {

    public static final DayValue ABSENT = new DayValue(FieldState.ABSENT, null);
    public static final DayValue UNKNOWN = new DayValue(FieldState.UNKNOWN, null);

    public DayValue {
        Objects.requireNonNull(state, "state");
        if ((state == FieldState.PRESENT) != (day != null)) {
            throw new IllegalArgumentException("a day belongs to PRESENT and to nothing else");
        }
    }

    public static DayValue present(LegalDay day) {
        return new DayValue(FieldState.PRESENT, day);
    }
}
