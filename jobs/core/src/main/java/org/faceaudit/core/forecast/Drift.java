package org.faceaudit.core.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * How fast a stock grows now and how that changes, as far as its weeks tell under one supposition of how restless the growth
 * is. A local linear trend: week = level + noise, level = level before + slope + change, with var(change) = restlessness ·
 * var(noise). Before the weeks speak the level is unknown and the slope near zero. Variances are in units of the noise's.
 *
 * @param restlessness of the level, per week
 * @param plausibility logarithm of prior weight and marginal likelihood of the weeks, up to a constant
 * @param level persons per week, now
 * @param slope persons per week and week, now
 * @param ofLevel variance of the level
 * @param ofBoth covariance of level and slope
 * @param ofSlope variance of the slope
 * @param squares sum of squared standardised innovations
 * @param degrees degrees of freedom of {@code squares}
 */
record Drift(
        double restlessness,
        double plausibility,
        double level,
        double slope,
        double ofLevel,
        double ofBoth,
        double ofSlope,
        double squares,
        int degrees) {

    /** Deviation of how far growth wanders in a year, from not at all to all that its yearly change allows. */
    private static final double[] SUPPOSED = {0, 0.25, 0.5, 1};

    /** Prior weight of each supposition by that of the calmer one before it. */
    private static final double LESS_LIKELY = 0.25;

    private static final double WEEKS_PER_YEAR = 52;

    /**
     * What the weeks tell under each supposition.
     *
     * @param yearlyChange standard deviation of the change of growth in a year as a share of the growth, before the weeks
     *     speak
     */
    static List<Drift> of(WeeklyGrowth growth, double yearlyChange) {
        double yearly = yearlyChange * growth.usual();
        double slope = yearly / WEEKS_PER_YEAR;
        List<Drift> drifts = new ArrayList<>();
        for (int each = 0; each < SUPPOSED.length; each++) {
            double wander = SUPPOSED[each] * yearly;
            drifts.add(filtered(
                    growth,
                    wander * wander / WEEKS_PER_YEAR / growth.noise(),
                    slope * slope / growth.noise(),
                    each * StrictMath.log(LESS_LIKELY)));
        }
        return drifts;
    }

    /** Kalman filter; a week with a bulk import tells nothing of ordinary growth. */
    private static Drift filtered(WeeklyGrowth growth, double restlessness, double priorOfSlope, double prior) {
        double level = 0;
        double slope = 0;
        double ofLevel = 0;
        double ofBoth = 0;
        double ofSlope = priorOfSlope;
        double squares = 0;
        double determinant = 0;
        int seen = 0;
        for (int week = 0; week < growth.weeks().length; week++) {
            level += slope;
            ofLevel += 2 * ofBoth + ofSlope + restlessness;
            ofBoth += ofSlope;
            if (growth.bulk()[week]) {
                continue;
            }
            if (seen++ == 0) {
                level = growth.weeks()[week];
                ofLevel = 1;
                ofBoth = 0;
                continue;
            }
            double variance = ofLevel + 1;
            double innovation = growth.weeks()[week] - level;
            squares += innovation * innovation / variance;
            determinant += StrictMath.log(variance);
            double gainOfLevel = ofLevel / variance;
            double gainOfSlope = ofBoth / variance;
            level += gainOfLevel * innovation;
            slope += gainOfSlope * innovation;
            ofSlope -= gainOfSlope * ofBoth;
            ofBoth *= 1 - gainOfLevel;
            ofLevel *= 1 - gainOfLevel;
        }
        int degrees = seen - 1;
        squares = Math.max(squares, degrees * growth.leastNoise());
        double plausibility = prior - determinant / 2 - degrees / 2.0 * StrictMath.log(squares);
        return new Drift(restlessness, plausibility, level, slope, ofLevel, ofBoth, ofSlope, squares, degrees);
    }

    /** Expected growth per week over so many weeks ahead. */
    double mean(double weeks) {
        return level + slope * weeks / 2;
    }

    /** Variance of {@link #mean}. */
    double ofMean(double weeks) {
        return ofLevel + ofBoth * weeks + ofSlope * weeks * weeks / 4;
    }
}
