package org.faceaudit.core.forecast;

import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * When an operator may first reach the threshold of Art. 15 ¶1, as it could be said at the end of one legal day.
 *
 * @param asOf the last legal day whose count it rests on
 * @param reachesLow first day by whose end the threshold is reached with the probability that the interval leaves below it;
 *     {@code null} when withheld
 * @param reachesMid median; {@code null} when beyond the horizon
 * @param reachesHigh like {@code reachesLow}, above; {@code null} when beyond the horizon
 * @param lastFilingDay legal due day of the filing duty that would arise on {@code reachesLow}, the cautious end: whoever
 *     plans by the median is late every other time. Provisional past the last holiday notice
 * @param method how it was made, with its version and terms
 * @param withheld why no forecast is given, {@code null} when one is
 */
public record Forecast(
        String operator,
        LegalDay asOf,
        LegalDay reachesLow,
        LegalDay reachesMid,
        LegalDay reachesHigh,
        LegalDay lastFilingDay,
        String method,
        Withheld withheld) {

    public Forecast {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(method, "method");
        if ((withheld == null) != (reachesLow != null)) {
            throw new IllegalArgumentException("a forecast names a day or the reason why it does not");
        }
    }
}
