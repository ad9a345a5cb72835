package org.faceaudit.bench;

import java.util.Arrays;

/**
 * What repeated rounds gave.
 *
 * @param median the middle one
 * @param low the lowest
 * @param high the highest
 * @param rounds how many
 */
public record Spread(double median, double low, double high, int rounds) {

    /** Of at least one round. */
    public static Spread of(double... rounds) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
