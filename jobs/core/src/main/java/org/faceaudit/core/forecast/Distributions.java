package org.faceaudit.core.forecast;

/** The distribution functions that forecasts and bounds ask for, to about seven digits; deterministic. */
public final class Distributions {

    private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

    private Distributions() {}

    /** Logarithm of the standard normal distribution function, also far in its lower tail. */
    static double logNormal(double z) {
        if (z > -8) {
            return StrictMath.log(normal(z));
        }
        double z2 = z * z;
        return -z2 / 2 - StrictMath.log(-z * SQRT_TWO_PI) + StrictMath.log1p(-1 / z2 + 3 / (z2 * z2));
    }

    /** Standard normal distribution function: power series near zero, continued fraction in the tails. */
    static double normal(double z) {
        if (Double.isNaN(z)) {
            throw new IllegalArgumentException("no number");
        }
        double x = Math.abs(z);
        if (x > 38) {
            return z > 0 ? 1 : 0;
        }
        double density = StrictMath.exp(-x * x / 2) / SQRT_TWO_PI;
        double upper;
        if (x < 3) {
            double term = x;
            double sum = x;
            for (int i = 3; term > 1e-12 * sum; i += 2) {
                term *= x * x / i;
                sum += term;
            }
            upper = 0.5 - density * sum;
        } else {
            double fraction = x;
            for (int i = 40; i >= 1; i--) {
                fraction = x + i / fraction;
            }
            upper = density / fraction;
        }
        return z > 0 ? 1 - upper : upper;
    }

    /** Quantile of the standard normal distribution, by bisection; between -10 and 10 for 0 and 1. */
    public static double normalQuantile(double probability) {
        double low = -10;
        double high = 10;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            if (normal(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Quantile of the chi-square distribution by Wilson and Hilferty, good to a percent from two degrees of freedom on. */
    static double chiSquareQuantile(double probability, double degrees) {
        double spread = 2 / (9 * degrees);
        double root = 1 - spread + normalQuantile(probability) * Math.sqrt(spread);
        return degrees * StrictMath.pow(Math.max(root, 1e-3), 3);
    }
}
