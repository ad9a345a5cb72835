package org.faceaudit.core.law;

import java.util.Objects;

/**
 * A day that a notice takes out of the ordinary week.
 *
 * @param workday {@code true} for a make-up workday, {@code false} for a holiday
 */
public record CalendarDay(String noticeId, LegalDay day, boolean workday, String name) {

    public CalendarDay {
        Objects.requireNonNull(noticeId, "noticeId");
        Objects.requireNonNull(day, "day");
    }
}
