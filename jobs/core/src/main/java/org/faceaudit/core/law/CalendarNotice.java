package org.faceaudit.core.law;

import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * A notice of the State Council on holidays and make-up workdays. It takes effect as a whole.
 *
 * @param publishedOn {@code null} for days certain by law alone
 * @param coversFrom first day it speaks for, {@code null} if it names single days only
 * @param coversTo last day it speaks for, {@code null} if it names single days only
 * @param source where it was read
 * @param active whether deadlines count by it
 * @param position the change this state of the row rests on; a correction takes two, out of force and in again
 */
public record CalendarNotice(
        String id,
        LegalDay publishedOn,
        LegalDay coversFrom,
        LegalDay coversTo,
        String source,
        boolean active,
        Position position) {

    /** The id of the holidays that stand in the law itself; never active, used past the last notice. */
    public static final String STATUTORY_DAYS = "statutory-days";

    public CalendarNotice {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(position, "position");
        if (coversFrom != null && coversTo != null && coversTo.isBefore(coversFrom)) {
            throw new IllegalArgumentException("a notice covers no day before its first");
        }
    }

    /** Whether the day lies in the range the notice speaks for, both ends included. */
    public boolean covers(LegalDay day) {
        return coversFrom != null && coversTo != null && !day.isBefore(coversFrom) && !day.isAfter(coversTo);
    }
}
