package org.faceaudit.runtime.fact;

import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * Whether an operator's changes of one legal day are wanted by instant, or their sum alone.
 *
 * @param epochDay the legal day, as days since 1970-01-01
 */
public record DayLook(String operator, int epochDay, boolean closely) {

    public DayLook {
        Objects.requireNonNull(operator, "operator");
    }

    public LegalDay day() {
        return new LegalDay(epochDay);
    }

    /** The key under which the instants of the day, among others, are kept. */
    public String key() {
        return InstantPage.key(operator, InstantPage.stretch(day()));
    }
}
