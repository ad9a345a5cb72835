package org.faceaudit.core.law;

import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * One scene in which an operator applies face recognition.
 *
 * @param scene what it is used for
 * @param startedOn first legal day of use, {@code null} if unknown
 * @param terminatedOn the legal day on which the use ended, {@code null} while in use
 * @param endUnknown whether nobody can read whether it ended: it neither ended nor goes on
 * @param position the change this state of the row rests on
 */
public record TechnologyUse(
        String id,
        String operatorId,
        String scene,
        LegalDay startedOn,
        LegalDay terminatedOn,
        boolean endUnknown,
        Position position) {

    public TechnologyUse {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operatorId, "operatorId");
        if (startedOn != null && terminatedOn != null && terminatedOn.isBefore(startedOn)) {
            throw new IllegalArgumentException("a use ends after it has begun");
        }
        if (endUnknown && terminatedOn != null) {
            throw new IllegalArgumentException("an end that is known is not unknown");
        }
    }

    /** Whether it has ended by the end of a day. */
    public boolean endedBy(LegalDay day) {
        return terminatedOn != null && !terminatedOn.isAfter(day);
    }

    /** Whether it is certain that it had not ended by the end of a day. */
    public boolean goesOnAfter(LegalDay day) {
        return !endUnknown && !endedBy(day);
    }
}
