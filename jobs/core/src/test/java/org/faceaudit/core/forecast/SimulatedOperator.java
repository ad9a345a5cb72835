package org.faceaudit.core.forecast;

import java.util.Random;

/**
 * A make-believe operator whose stock grows by a known regime: its history up to a day, and the day on which it truly reaches
 * the threshold.
 *
 * @param stock persons at the end of each day of the history, oldest first
 * @param reachesAfter days after the history's last, 0 when later than {@code horizonDays}
 */
record SimulatedOperator(long[] stock, int reachesAfter) {

    static final long THRESHOLD = 100_000;

    /** How growth goes. */
    enum Regime {
        /** Independent arrivals at one rate. */
        STEADY,
        /** Net days that scatter by one to three times their mean, often below zero. */
        NOISY,
        /** Working days against weekends. */
        WEEKLY,
        /** Growth that rises by a tenth to somewhat under a half within a year. */
        ACCELERATING,
        /** Growth that falls likewise. */
        DECELERATING,
        /** Bulk imports of ten to thirty days' growth, every two weeks to two months. */
        LUMPY,
        /** Growth that drifts at random by a few percent a week. */
        WANDERING
    }

    static SimulatedOperator of(Regime regime, long seed, int horizonDays) {
        Random random = new Random(seed * 31 + regime.ordinal());
        double rate = 20 * Math.exp(random.nextDouble() * Math.log(15));
        int history = 60 + random.nextInt(305);
        long missing = Math.max(50, Math.round(rate * (20 + random.nextDouble() * 380)));
        long[] growth = growth(regime, random, rate, history, horizonDays);
        long[] stock = new long[history + 1];
        stock[history] = THRESHOLD - missing;
        for (int day = history; day > 0; day--) {
            stock[day - 1] = stock[day] - growth[day];
        }
        long now = stock[history];
        for (int day = 1; day <= horizonDays; day++) {
            now += growth[history + day];
            if (now >= THRESHOLD) {
                return new SimulatedOperator(stock, day);
            }
        }
        return new SimulatedOperator(stock, 0);
    }

    private static long[] growth(Regime regime, Random random, double rate, int history, int horizonDays) {
        double scatter = 1 + 2 * random.nextDouble();
        double yearly = 0.1 + 0.35 * random.nextDouble();
        double importsEvery = 15 + 45 * random.nextDouble();
        double importSize = rate * (10 + 20 * random.nextDouble());
        double wandering = rate;
        long[] growth = new long[history + horizonDays + 1];
        for (int day = 0; day < growth.length; day++) {
            double years = (day - history) / 365.0;
            wandering *= Math.exp(0.01 * random.nextGaussian());
            growth[day] = switch (regime) {
                case STEADY -> arrivals(random, rate);
                case NOISY -> Math.round(rate * (1 + scatter * random.nextGaussian()));
                case WEEKLY -> arrivals(random, rate * (day % 7 < 5 ? 1.3 : 0.25));
                case ACCELERATING -> scattered(random, rate * Math.exp(yearly * years));
                case DECELERATING -> scattered(random, rate * Math.exp(-yearly * years));
                case LUMPY ->
                    arrivals(random, rate)
                            + (random.nextDouble() < 1 / importsEvery
                                    ? Math.round(importSize * Math.exp(0.6 * random.nextGaussian()))
                                    : 0);
                case WANDERING -> scattered(random, wandering);
            };
        }
        return growth;
    }

    private static long scattered(Random random, double rate) {
        return arrivals(random, rate) + Math.round(0.3 * rate * random.nextGaussian());
    }

    /** A Poisson number: by multiplication, or by its normal limit where that is near enough. */
    private static long arrivals(Random random, double mean) {
        if (mean > 50) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        long arrived = 0;
        double limit = Math.exp(-mean);
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            arrived++;
        }
        return arrived;
    }
}
