package org.faceaudit.core.judgement;

import java.time.Instant;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.law.LegalDay;

/**
 * How many persons an operator stores from an instant on.
 *
 * @param low the largest comparable group as last told, widest time line
 * @param knownLow the same of persons whom a source known so far speaks for
 * @param certain the largest comparable group as last told, narrowest time line
 * @param knownCertain the same of persons whom a source known so far speaks for: they certainly were stored
 * @param high all groups and records without a person, widest time line
 * @param thresholds what it is judged against on that day
 * @param since first change of the whole history
 * @param changes beginnings and ends of persons since then
 * @param hash order-independent hash of the persons that began
 */
record Stock(
        Instant at,
        long low,
        long knownLow,
        long certain,
        long knownCertain,
        long high,
        StorageThresholds thresholds,
        Instant since,
        long changes,
        long hash) {

    LegalDay day() {
        return LegalDay.of(at);
    }

    /** The changes that make this count, as a range. */
    Evidence evidence() {
        return Evidence.range(since, at, changes, ThingHash.text(hash));
    }
}
