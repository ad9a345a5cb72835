package org.faceaudit.core.judgement;

import java.time.Instant;

/** The earliest of the instants after what is known at which a result changes by itself. */
final class Wake {

    private final Instant known;
    private Instant next;

    Wake(Instant known) {
        this.known = known;
    }

    /** Notes an instant; {@code null} and what is known already do not count. */
    void at(Instant instant) {
        if (instant != null && instant.isAfter(known) && (next == null || instant.isBefore(next))) {
            next = instant;
        }
    }

    /** {@code null} for none. */
    Instant next() {
        return next;
    }
}
