package org.faceaudit.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.faceaudit.core.forecast.SimulatedOperator.Regime;
import org.junit.jupiter.api.Test;

class FirstReachingTest {

    private static final int HORIZON = 730;
    private static final int OPERATORS = 300;
    private static final double YEARLY_CHANGE = 0.3;

    /** The proof that the interval is what it says: eight of ten true first reachings lie in it, in every kind of growth. */
    @Test
    void fourOfFiveTrueReachingsLieInTheInterval() {
        Map<Regime, Double> covered = new EnumMap<>(Regime.class);
        for (Regime regime : Regime.values()) {
            int given = 0;
            int inside = 0;
            for (long seed = 1; seed <= OPERATORS; seed++) {
                SimulatedOperator operator = SimulatedOperator.of(regime, seed, HORIZON);
                FirstReaching reaching = FirstReaching.of(operator.stock(), SimulatedOperator.THRESHOLD, YEARLY_CHANGE);
                int low = reaching.quantile(0.1, HORIZON);
                if (low == 0) {
                    continue;
                }
                given++;
                inside += inside(operator.reachesAfter(), low, reaching.quantile(0.9, HORIZON)) ? 1 : 0;
            }
            assertThat(given).as("forecasts given, %s", regime).isGreaterThan(OPERATORS * 9 / 10);
            covered.put(regime, (double) inside / given);
        }

        assertThat(covered.values().stream().mapToDouble(each -> each).average().orElseThrow())
                .as("covered: %s", covered)
                .isBetween(0.75, 0.85);
        assertThat(covered.values())
                .as("covered: %s", covered)
                .allSatisfy(each -> assertThat(each).isBetween(0.62, 0.95));
    }

    private static boolean inside(int truth, int low, int high) {
        return truth == 0 ? high == 0 : low <= truth && (high == 0 || truth <= high);
    }

    @Test
    void evenGrowthReachesWhenItsRateSays() {
        FirstReaching reaching = FirstReaching.of(days(200, 80_000, 100), 100_000, YEARLY_CHANGE);

        assertThat(reaching.growthPerWeek()).isCloseTo(700, within(1e-6));
        assertThat(reaching.quantile(0.5, HORIZON)).isBetween(1, 3);
        assertThat(FirstReaching.of(days(150, 80_000, 100), 100_000, YEARLY_CHANGE)
                        .quantile(0.5, HORIZON))
                .isBetween(49, 53);
    }

    @Test
    void probabilityNeverExceedsOneAndGrowsWithTime() {
        FirstReaching reaching = FirstReaching.of(
                SimulatedOperator.of(Regime.LUMPY, 7, HORIZON).stock(), SimulatedOperator.THRESHOLD, YEARLY_CHANGE);

        double before = 0;
        for (int day : new int[] {1, 7, 30, 90, 180, 365, 730}) {
            assertThat(reaching.within(day)).isBetween(before, 1 + 1e-9);
            before = reaching.within(day);
        }
        assertThat(before).isGreaterThan(0.9);
    }

    @Test
    void oneMergedStockIsABulkImportAndNotGrowth() {
        long[] stock = days(140, 20_000, 50);
        for (int day = 70; day < stock.length; day++) {
            stock[day] += 40_000;
        }
        FirstReaching reaching = FirstReaching.of(stock, 100_000, YEARLY_CHANGE);

        assertThat(reaching.imports()).isEqualTo(1);
        // 33,050 are missing. By the mean growth they would come within 98 days for sure; by ordinary growth in 661.
        // What
        // happened once in twenty weeks may happen again.
        assertThat(reaching.within(98)).isBetween(0.25, 0.5);
        assertThat(reaching.quantile(0.9, HORIZON))
                .satisfiesAnyOf(
                        day -> assertThat(day).isZero(), day -> assertThat(day).isGreaterThan(500));
    }

    @Test
    void aShrinkingStockIsNotExpectedToReach() {
        FirstReaching reaching = FirstReaching.of(days(100, 90_000, -30), 100_000, YEARLY_CHANGE);

        assertThat(reaching.growthPerWeek()).isNegative();
        assertThat(reaching.quantile(0.1, HORIZON)).isZero();
    }

    @Test
    void distributionsAgreeWithTheirTables() {
        assertThat(Distributions.normal(1.2815515655)).isCloseTo(0.9, within(1e-8));
        assertThat(Distributions.normal(-5)).isCloseTo(2.866515719e-7, within(1e-13));
        assertThat(Distributions.normal(-3.5)).isCloseTo(2.326290790e-4, within(1e-11));
        assertThat(Distributions.logNormal(-20)).isCloseTo(-203.917155, within(1e-4));
        assertThat(Distributions.normalQuantile(0.975)).isCloseTo(1.959963985, within(1e-7));
        assertThat(Distributions.chiSquareQuantile(0.1, 7)).isCloseTo(2.833, within(0.03));
        assertThat(Distributions.chiSquareQuantile(0.9, 51)).isCloseTo(64.295, within(0.1));
    }

    private static long[] days(int count, long first, long perDay) {
        return LongStream.range(0, count).map(day -> first + day * perDay).toArray();
    }
}
