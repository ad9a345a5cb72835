package org.faceaudit.core.forecast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When a growing stock first reaches a threshold: the predictive distribution of the first-passage time of a random walk
 * whose drift is uncertain, may have a trend and may wander.
 *
 * <p>The noise's variance is integrated over its scaled inverse chi-square posterior by quadrature, the drift over its
 * normal posterior in closed form, the drift's restlessness over a grid weighted by its posterior, bulk imports over their
 * number. Between the weeks the walk is taken as Brownian motion on a clock that runs with the walk's variance; the
 * reflection principle then gives the probability of having reached, exact for a drift that neither wanders nor bends. No
 * randomness is used. Not thread-safe.
 */
final class FirstReaching {

    private static final int NOISE_NODES = 5;
    private static final double STRIDE = 1.1;
    private static final double NEGLIGIBLE = 0.002;

    private final double missing;
    private final Imports imports;
    private final List<Drift> drifts;
    private final double[] weights;
    private final double[][] noises;
    private final Map<Integer, Double> within = new HashMap<>();

    private FirstReaching(double missing, Imports imports, List<Drift> drifts) {
        this.missing = missing;
        this.imports = imports;
        this.drifts = drifts;
        this.weights = new double[drifts.size()];
        this.noises = new double[drifts.size()][NOISE_NODES];
        double best = drifts.stream().mapToDouble(Drift::plausibility).max().orElseThrow();
        double sum = 0;
        for (int each = 0; each < weights.length; each++) {
            double weight = StrictMath.exp(drifts.get(each).plausibility() - best);
            weights[each] = weight < NEGLIGIBLE ? 0 : weight;
            sum += weights[each];
        }
        for (int each = 0; each < weights.length; each++) {
            weights[each] /= sum;
            for (int node = 0; node < NOISE_NODES; node++) {
                double probability = (node + 0.5) / NOISE_NODES;
                Drift drift = drifts.get(each);
                noises[each][node] = drift.squares() / Distributions.chiSquareQuantile(probability, drift.degrees());
            }
        }
    }

    /**
     * The distribution that follows from a history.
     *
     * @param stock persons at the end of each day, oldest first, below the threshold on the last
     * @param yearlyChange see {@link Drift#of}
     */
    static FirstReaching of(long[] stock, long threshold, double yearlyChange) {
        WeeklyGrowth growth = WeeklyGrowth.of(stock);
        return new FirstReaching(
                threshold - stock[stock.length - 1], Imports.of(growth), Drift.of(growth, yearlyChange));
    }

    /** Expected net growth as seen now, bulk imports included; persons per week. */
    double growthPerWeek() {
        double growth = imports.seen() * imports.size() / imports.weeks();
        for (int each = 0; each < weights.length; each++) {
            growth += weights[each] * drifts.get(each).level();
        }
        return growth;
    }

    /** How many weeks of the history were bulk imports. */
    int imports() {
        return imports.seen();
    }

    /**
     * The first day, counted from the history's last, by whose end the threshold is reached with at least a probability.
     *
     * @return 0 when that is not so within the horizon
     */
    int quantile(double probability, int horizonDays) {
        int notYet = 0;
        int day = 1;
        while (within(day) < probability) {
            if (day >= horizonDays) {
                return 0;
            }
            notYet = day;
            day = Math.min(horizonDays, (int) Math.ceil(day * STRIDE));
        }
        while (day - notYet > 1) {
            int middle = (notYet + day) / 2;
            if (within(middle) >= probability) {
                day = middle;
            } else {
                notYet = middle;
            }
        }
        return day;
    }

    /** Probability that the threshold is reached within so many days. */
    double within(int days) {
        return within.computeIfAbsent(days, each -> reached((double) each / WeeklyGrowth.DAYS));
    }

    private double reached(double weeks) {
        double[] numbers = imports.numbers(weeks);
        double reached = 0;
        for (int number = 0; number < numbers.length; number++) {
            double left = missing - number * imports.size();
            double variance = imports.variance(number);
            for (int each = 0; each < weights.length; each++) {
                if (weights[each] == 0) {
                    continue;
                }
                double share = numbers[number] * weights[each] / NOISE_NODES;
                for (double noise : noises[each]) {
                    reached += share * reached(weeks, left, variance, drifts.get(each), noise);
                }
            }
        }
        return reached;
    }

    /** Given one drift's restlessness, the noise's variance and the number of imports. */
    private static double reached(double weeks, double left, double ofImports, Drift drift, double noise) {
        double walk = noise * (weeks + drift.restlessness() * weeks * weeks * weeks / 3);
        double mean = drift.mean(weeks);
        double ofMean = noise * drift.ofMean(weeks);
        double total = walk + ofMean * weeks * weeks;
        double there = Distributions.normal((mean * weeks - left) / Math.sqrt(total + ofImports));
        if (left <= 0) {
            return there;
        }
        // E over the mean of exp(2 · mean · left · weeks / walk) Φ((−mean · weeks − left) / √walk).
        double pull = 2 * left * weeks / walk;
        double beenThere = pull * mean
                + pull * pull * ofMean / 2
                + Distributions.logNormal((-(mean + pull * ofMean) * weeks - left) / Math.sqrt(total));
        return Math.min(1, there + StrictMath.exp(beenThere));
    }
}
