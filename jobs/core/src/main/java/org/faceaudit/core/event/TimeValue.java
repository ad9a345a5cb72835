package org.faceaudit.core.event;

import java.time.Instant;
import java.util.Objects;

/**
 * A mapped instant of one row.
 *
 * @param state whether it is there
 * @param at the instant; {@code null} unless {@code state} is {@link FieldState#PRESENT}
 */
public record TimeValue(FieldState state, Instant at) {

    public static final TimeValue ABSENT = new TimeValue(FieldState.ABSENT, null);
    public static final TimeValue UNKNOWN = new TimeValue(FieldState.UNKNOWN, null);

    public TimeValue {
        Objects.requireNonNull(state, "state");
        if ((state == FieldState.PRESENT) != (at != null)) {
            throw new IllegalArgumentException("an instant belongs to PRESENT and to nothing else");
        }
    }

    public static TimeValue present(Instant at) {
        return new TimeValue(FieldState.PRESENT, at);
    }
}
