package org.faceaudit.local.demo;

import java.time.Duration;
import java.time.Instant;
import org.faceaudit.core.law.LegalDay;

/** Keeps a run within one legal day, so that what is expected at its start is still expected at its end. */
final class MidnightGuard {
    /** How near to midnight in Shanghai no run begins. */
    static final Duration MARGIN = Duration.ofMinutes(30);

    private MidnightGuard() {}

    /** How long a start has to wait until the last midnight is half an hour ago; zero when the next one is far enough. */
    static Duration waitFrom(Instant now) {
        LegalDay day = LegalDay.of(now);
        Instant earliest = day.start().plus(MARGIN);
        if (now.isBefore(earliest)) {
            return Duration.between(now, earliest);
        }
        Instant next = day.plusDays(1).start();
        return now.isBefore(next.minus(MARGIN)) ? Duration.ZERO : Duration.between(now, next.plus(MARGIN));
    }
}
