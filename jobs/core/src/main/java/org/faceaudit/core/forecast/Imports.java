package org.faceaudit.core.forecast;

import java.util.Arrays;

/**
 * Bulk imports: how often they came and how large they were. They come by chance at a constant rate (posterior under
 * Jeffreys' prior, hence a negative binomial number of them) and are of independent size.
 *
 * @param seen how many
 * @param weeks in how many weeks
 * @param size mean, persons above an ordinary week
 * @param sizeVariance variance of one size
 */
record Imports(int seen, int weeks, double size, double sizeVariance) {

    private static final int MOST = 400;
    private static final double NEGLIGIBLE = 1e-4;

    /** Upward ones only: a purge that was seen is not counted on again, so the forecast is rather early than late. */
    static Imports of(WeeklyGrowth growth) {
        int seen = 0;
        double sum = 0;
        double squares = 0;
        for (int week = 0; week < growth.weeks().length; week++) {
            double size = growth.weeks()[week] - growth.usual();
            if (growth.bulk()[week] && size > 0) {
                seen++;
                sum += size;
                squares += size * size;
            }
        }
        if (seen == 0) {
            return new Imports(0, growth.weeks().length, 0, 0);
        }
        double size = sum / seen;
        // One more observation as far from the mean as the mean is from zero: few sizes do not tell their spread.
        double variance = (squares - seen * size * size + size * size) / seen;
        return new Imports(seen, growth.weeks().length, size, variance);
    }

    /** Probabilities of 0, 1, 2 … imports within so many weeks; the last one holds what little is left. */
    double[] numbers(double weeksAhead) {
        if (seen == 0) {
            return new double[] {1};
        }
        double shape = seen + 0.5;
        double share = weeksAhead / (weeks + weeksAhead);
        double[] numbers = new double[MOST];
        double probability = StrictMath.exp(shape * StrictMath.log1p(-share));
        double left = 1;
        int number = 0;
        for (; number < MOST && left > NEGLIGIBLE; number++) {
            numbers[number] = probability;
            left -= probability;
            probability *= (shape + number) / (number + 1) * share;
        }
        numbers[number - 1] += Math.max(0, left);
        return Arrays.copyOf(numbers, number);
    }

    /** Variance of the sum of so many, that of the mean size included. */
    double variance(int number) {
        return seen == 0 ? 0 : sizeVariance * number * (1 + (double) number / seen);
    }
}
