package org.faceaudit.runtime.step;

import java.time.Instant;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.runtime.fact.ImageFact;

/**
 * From where a page counts: what its entries tell is not far from it.
 *
 * @param second an instant, in seconds since the epoch
 * @param sequence a place in the source's log, 0 where it has none that is a number
 * @param day the legal day of the instant, as a number since the epoch
 */
record PageBase(long second, long sequence, int day) {

    static PageBase of(long second, long sequence) {
        return new PageBase(
                second, sequence, LegalDay.of(Instant.ofEpochSecond(second)).epochDay());
    }

    /** Near what a fact tells. */
    static PageBase near(ImageFact fact) {
        Instant from = Instant.EPOCH;
        Position position = null;
        if (fact.record() != null) {
            from = fact.record().versions().get(0).from().earliest();
            position = fact.record().versions().get(0).position();
        } else if (fact.purpose() != null) {
            from = fact.purpose().versions().get(0).from().earliest();
            position = fact.purpose().versions().get(0).position();
        } else if (fact.consent() != null) {
            from = fact.consent().versions().get(0).from().earliest();
            position = fact.consent().versions().get(0).position();
        }
        long second = from.getEpochSecond();
        boolean numbered = position != null
                && position.logPosition() != null
                && LogPosition.isSequenceNumber(position.logPosition());
        return of(
                Math.abs(second) < PageOutput.FAR ? second : 0,
                numbered ? LogPosition.sequenceNumber(position.logPosition()) : 0);
    }
}
