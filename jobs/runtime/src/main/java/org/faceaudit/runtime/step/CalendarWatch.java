package org.faceaudit.runtime.step;

import org.faceaudit.core.law.CalendarEdition;

/** Notices how the calendar has changed from one cut to the next. */
final class CalendarWatch {

    /** The calendar that the last cut judged by, {@code null} before the first. */
    private CalendarEdition judgedBy;

    private String news;

    /** Goes on from what was saved: whoever saved had judged by it, since a checkpoint is a cut. */
    void restore(RegistryState registry) throws Exception {
        judgedBy = registry.known() ? registry.read().calendar().edition() : null;
    }

    /** A cut judges by this registry. */
    void atCut(RegistryState registry) {
        CalendarEdition edition = registry.read().calendar().edition();
        news = judgedBy == null ? null : edition.since(judgedBy).orElse(null);
        judgedBy = edition;
    }

    /** How the calendar has changed since the last cut, {@code null} if it has not. */
    String news() {
        return news;
    }
}
