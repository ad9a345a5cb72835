package org.faceaudit.core.forecast;

import java.math.BigDecimal;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The terms of a forecast that hold on its day, from parameters {@code forecast.*} and the threshold in force.
 *
 * @param threshold persons
 * @param interval probability inside the interval, percent
 * @param minimumDays least length of the history, days; never less than growth by weeks can be read from
 * @param historyDays the history further back is not looked at, days
 * @param horizonDays how far ahead anything is said, days
 * @param yearlyChange standard deviation of the change of growth in a year before the history speaks, percent of the growth
 */
record ForecastTerms(
        long threshold,
        BigDecimal interval,
        int minimumDays,
        int historyDays,
        int horizonDays,
        BigDecimal yearlyChange) {

    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    static ForecastTerms on(LegalDay day, String operator, Registry registry) {
        return new ForecastTerms(
                registry.decimal("storage-reached.threshold", operator, day).longValueExact(),
                registry.decimal("forecast.interval", operator, day),
                Math.max(WeeklyGrowth.LEAST_DAYS, registry.integer("forecast.minimum-history", operator, day)),
                registry.integer("forecast.history", operator, day),
                registry.integer("forecast.horizon", operator, day),
                registry.decimal("forecast.yearly-change", operator, day));
    }

    /** Probability below the interval, and above it. */
    double tail() {
        return PERCENT.subtract(interval).divide(BigDecimal.valueOf(200)).doubleValue();
    }

    double yearlyChangeShare() {
        return yearlyChange.divide(PERCENT).doubleValue();
    }

    /** The method's name, version and terms as the view tells them. */
    String method() {
        return "local-linear-trend first passage v1; weeks; interval " + interval.toPlainString() + " %; history "
                + minimumDays + "-" + historyDays + " d; horizon " + horizonDays + " d; yearly change "
                + yearlyChange.toPlainString() + " %";
    }
}
