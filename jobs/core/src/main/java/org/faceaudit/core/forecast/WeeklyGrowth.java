package org.faceaudit.core.forecast;

import java.util.Arrays;

/**
 * Net growth of a stock of persons, week by week: weekdays cancel, and days that depend on each other meet in one number.
 *
 * @param weeks net growth of each whole week, oldest first
 * @param bulk whether the week lies so far from the others that it is a bulk import or, below them, a purge
 * @param usual the median of the weeks
 * @param noise robust variance of a week around the weeks beside it
 */
record WeeklyGrowth(double[] weeks, boolean[] bulk, double usual, double noise) {

    static final int DAYS = 7;

    /** A history of fewer days has too few weeks to tell what is usual. */
    static final int LEAST_DAYS = 3 * DAYS;

    /** Between the median absolute deviation and the standard deviation of a normal distribution. */
    private static final double DEVIATION = 1.4826;
    /** So many standard deviations from the median no ordinary week lies. */
    private static final double FAR = 6;

    /**
     * Cuts a history into weeks, back from its last day; days before the first whole week are left out.
     *
     * @param stock persons at the end of each day, oldest first, at least {@link #LEAST_DAYS} after the first
     */
    static WeeklyGrowth of(long[] stock) {
        int last = stock.length - 1;
        int count = last / DAYS;
        double[] weeks = new double[count];
        for (int week = 0; week < count; week++) {
            int end = last - DAYS * (count - 1 - week);
            weeks[week] = stock[end] - stock[end - DAYS];
        }
        double usual = median(weeks);
        double[] far = new double[count];
        double[] steps = new double[count - 1];
        for (int week = 0; week < count; week++) {
            far[week] = Math.abs(weeks[week] - usual);
            if (week > 0) {
                steps[week - 1] = Math.abs(weeks[week] - weeks[week - 1]);
            }
        }
        double scale = Math.max(DEVIATION * median(far), Math.sqrt(leastNoise(usual)));
        boolean[] bulk = new boolean[count];
        for (int week = 0; week < count; week++) {
            bulk[week] = far[week] > FAR * scale;
        }
        double step = DEVIATION * median(steps);
        return new WeeklyGrowth(weeks, bulk, usual, Math.max(step * step / 2, leastNoise(usual)));
    }

    /** Persons come one by one: no variance of a week is smaller than that of independent arrivals. */
    double leastNoise() {
        return leastNoise(usual);
    }

    private static double leastNoise(double usual) {
        return Math.max(1, Math.abs(usual));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
