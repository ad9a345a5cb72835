package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.Objects;

/**
 * A change of how many things begin and cease to be stored at one instant of the facts' time line. Deltas are additive: a
 * correction is the negative of what it corrects.
 *
 * <p>Two time lines are kept: the <em>widest</em> takes the earliest start and the latest end (the most that may have
 * been stored), the <em>narrowest</em> the latest start and the earliest end (the least that was).
 *
 * @param operator the audited company
 * @param series what is counted, see {@link CountSeries}
 * @param at the instant
 * @param widestAdded beginnings on the widest time line
 * @param widestRemoved ends on the widest time line
 * @param narrowestAdded beginnings on the narrowest time line
 * @param narrowestRemoved ends on the narrowest time line
 * @param hash sum of the 64-bit hashes of the things that begin here on the widest time line, wrapping
 */
public record CountDelta(
        String operator,
        String series,
        Instant at,
        int widestAdded,
        int widestRemoved,
        int narrowestAdded,
        int narrowestRemoved,
        long hash) {

    public CountDelta {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(at, "at");
    }
}
