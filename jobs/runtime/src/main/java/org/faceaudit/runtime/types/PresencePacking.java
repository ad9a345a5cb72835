package org.faceaudit.runtime.types;

import java.io.IOException;
import java.time.Instant;
import org.faceaudit.core.counting.Presence;

/** How a stretch of time is written: bounds that are one instant once. */
public final class PresencePacking {

    private static final int EXACT_START = 1;
    private static final int ENDED = 2;
    private static final int EXACT_END = 4;

    private PresencePacking() {}

    public static void write(Presence presence, PackedOutput out) throws IOException {
        boolean exactStart = presence.startEarliest().equals(presence.startLatest());
        boolean ended = presence.endEarliest() != null;
        boolean exactEnd = ended && presence.endEarliest().equals(presence.endLatest());
        out.bits((exactStart ? EXACT_START : 0) | (ended ? ENDED : 0) | (exactEnd ? EXACT_END : 0));
        out.instant(presence.startEarliest());
        if (!exactStart) {
            out.instant(presence.startLatest());
        }
        if (ended) {
            out.instant(presence.endEarliest());
            if (!exactEnd) {
                out.instant(presence.endLatest());
            }
        }
    }

    public static Presence read(PackedInput in) throws IOException {
        int bits = in.bits();
        Instant startEarliest = in.instant();
        Instant startLatest = (bits & EXACT_START) != 0 ? startEarliest : in.instant();
        if ((bits & ENDED) == 0) {
            return new Presence(startEarliest, startLatest, null, null);
        }
        Instant endEarliest = in.instant();
        return new Presence(
                startEarliest, startLatest, endEarliest, (bits & EXACT_END) != 0 ? endEarliest : in.instant());
    }
}
