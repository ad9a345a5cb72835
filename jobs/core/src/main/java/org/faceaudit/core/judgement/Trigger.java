package org.faceaudit.core.judgement;

import java.time.Instant;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * When a cycle reached the threshold of Art. 15 ¶1.
 *
 * @param earliest the stock with which it may have been reached first
 * @param latest the stock with which it certainly was; {@code null} while that is not certain, also because it leans on
 *     persons of a source that had fallen silent by then
 * @param byHigh whether only the upper bound of the persons reaches it
 * @param leansOnSilence whether it would be certain if the sources that fell silent still stored what they last told of
 */
record Trigger(Stock earliest, Stock latest, boolean byHigh, boolean leansOnSilence) {

    /** {@code null} when the cycle has not reached the threshold by any bound. */
    static Trigger of(StorageCycle cycle) {
        Stock low = cycle.first(stock -> stock.low() >= stock.thresholds().reached());
        if (low != null) {
            Stock latest = cycle.first(
                    stock -> stock.knownCertain() >= stock.thresholds().reached());
            Stock asTold =
                    cycle.first(stock -> stock.certain() >= stock.thresholds().reached());
            return new Trigger(low, latest, false, latest == null && asTold != null);
        }
        Stock high = cycle.first(stock -> stock.high() >= stock.thresholds().reached());
        return high == null ? null : new Trigger(high, null, true, false);
    }

    boolean certain() {
        return latest != null;
    }

    LegalDay earliestDay() {
        return earliest.day();
    }

    /** {@code null} while it is not certain. */
    LegalDay latestDay() {
        return latest == null ? null : latest.day();
    }

    /** The count that reached the threshold. */
    long measured() {
        return byHigh ? earliest.high() : earliest.low();
    }

    /** That so much was reached, and when, no surer than it is; of a stock older than the Measures only by when. */
    String reachedZh(String what, Registry registry) {
        if (certain() && !earliestDay().equals(latestDay())) {
            return "最迟于" + latestDay() + "、最早可能于" + earliestDay() + "达到" + what;
        }
        return (certain() ? "" : "可能") + (older(registry) ? "至" + earliestDay() + "已" : "于" + earliestDay()) + "达到"
                + what;
    }

    /** {@link #reachedZh} in English. */
    String reachedEn(String what, Registry registry) {
        if (certain() && !earliestDay().equals(latestDay())) {
            return "reached " + what + " on " + latestDay() + " at the latest, possibly as early as " + earliestDay();
        }
        return (certain() ? "" : "may have ") + "reached " + what + (older(registry) ? " by " : " on ") + earliestDay();
    }

    private boolean older(Registry registry) {
        return earliest.at().equals(registry.inForce().start());
    }

    /** What the trigger day rests on, see {@link ClockState#basis()}. */
    String basis(Instant inForce) {
        if (!certain()) {
            return "possible";
        }
        if (!earliestDay().equals(latestDay())) {
            return "bounds";
        }
        return earliest.at().equals(inForce) ? "in-force" : "exact";
    }
}
