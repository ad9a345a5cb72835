package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/**
 * A time during which one image counts under a cause; {@code to} is {@code null} while it does.
 *
 * @param rests the changes without which it would not
 */
record ImageStretch(String cause, Stage stage, LocalDate due, Instant from, Instant to, Set<OraclePosition> rests) {

    /** How grave it is, the gravest last. */
    enum Stage {
        SUSPECTED,
        WARNING,
        VIOLATION
    }

    boolean covers(Instant at) {
        return !from.isAfter(at) && (to == null || to.isAfter(at));
    }
}
