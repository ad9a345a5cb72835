package org.faceaudit.runtime.judge;

import org.faceaudit.core.counting.CountDelta;

/** Adds count deltas of one series and instant. */
public final class CountSums {

    private CountSums() {}

    /** The sum of two deltas of the same operator, series and instant. */
    public static CountDelta sum(CountDelta one, CountDelta other) {
        return new CountDelta(
                one.operator(),
                one.series(),
                one.at(),
                one.widestAdded() + other.widestAdded(),
                one.widestRemoved() + other.widestRemoved(),
                one.narrowestAdded() + other.narrowestAdded(),
                one.narrowestRemoved() + other.narrowestRemoved(),
                one.hash() + other.hash());
    }

    /** Whether the delta changes nothing. */
    public static boolean isNothing(CountDelta delta) {
        return delta.widestAdded() == 0
                && delta.widestRemoved() == 0
                && delta.narrowestAdded() == 0
                && delta.narrowestRemoved() == 0
                && delta.hash() == 0;
    }
}
