package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * A change of how many things begin and cease to be stored at one instant of the facts' time line. Deltas are additive: a
 * correction is the negative of what it corrects.
 *
 * <p>Two time lines are kept: the <em>widest</em> takes the earliest start and the latest end (the most that may have
 * been stored), the <em>narrowest</em> the latest start and the earliest end (the least that was).
 *
 * <p>A person who stays stored while the systems that hold it change begins and ends nowhere: it leaves the series of one
 * set of systems and enters that of another.
 *
 * @param operator the audited company
 * @param series what is counted, see {@link CountSeries}
 * @param at the instant; the first one of the legal day in a sum over that day
 * @param widestAdded how many enter the series on the widest time line
 * @param widestRemoved how many leave it on the widest time line
 * @param widestMoved how many of those who enter come from another series, on the widest time line
 * @param narrowestAdded how many enter the series on the narrowest time line
 * @param narrowestRemoved how many leave it on the narrowest time line
 * @param narrowestMoved how many of those who enter come from another series, on the narrowest time line
 * @param hash sum of the 64-bit hashes of the things that begin here on the widest time line, wrapping
 */
public record CountDelta(
        String operator,
        String series,
        Instant at,
        int widestAdded,
        int widestRemoved,
        int widestMoved,
        int narrowestAdded,
        int narrowestRemoved,
        int narrowestMoved,
        long hash) {

    public CountDelta {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(at, "at");
    }

    /** The sum of this delta and another of the same operator, series and instant. */
    public CountDelta plus(CountDelta other) {
        return new CountDelta(
                operator,
                series,
                at,
                widestAdded + other.widestAdded,
                widestRemoved + other.widestRemoved,
                widestMoved + other.widestMoved,
                narrowestAdded + other.narrowestAdded,
                narrowestRemoved + other.narrowestRemoved,
                narrowestMoved + other.narrowestMoved,
                hash + other.hash);
    }

    /** What takes this delta back. */
    public CountDelta negated() {
        return new CountDelta(
                operator,
                series,
                at,
                -widestAdded,
                -widestRemoved,
                -widestMoved,
                -narrowestAdded,
                -narrowestRemoved,
                -narrowestMoved,
                -hash);
    }

    /** The legal day of the instant. */
    public LegalDay day() {
        return LegalDay.of(at);
    }

    /** The same as a part of the sum over its legal day. */
    public CountDelta ofDay() {
        return new CountDelta(
                operator,
                series,
                day().start(),
                widestAdded,
                widestRemoved,
                widestMoved,
                narrowestAdded,
                narrowestRemoved,
                narrowestMoved,
                hash);
    }

    /** Whether the delta changes nothing. */
    public boolean isNothing() {
        return widestAdded == 0
                && widestRemoved == 0
                && widestMoved == 0
                && narrowestAdded == 0
                && narrowestRemoved == 0
                && narrowestMoved == 0
                && hash == 0;
    }

    /** By how many more are stored on the widest time line. */
    public int widest() {
        return widestAdded - widestRemoved;
    }

    /** By how many more are stored on the narrowest time line. */
    public int narrowest() {
        return narrowestAdded - narrowestRemoved;
    }
}
