package org.faceaudit.core.counting;

import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * How many persons an operator stored at the end of one legal day.
 *
 * @param personsLow at the least: the largest comparable group on the narrowest time line
 * @param personsHigh at the most: the sum of all groups and of records without a person, on the widest time line
 * @param exact whether the two are equal
 * @param records face records stored, widest time line
 * @param rawImages raw images stored, widest time line
 * @param added persons whose storing began that day, summed over groups, widest time line
 * @param removed persons whose storing ended that day, likewise
 */
public record PersonCountDay(
        String operator,
        LegalDay day,
        long personsLow,
        long personsHigh,
        boolean exact,
        long records,
        long rawImages,
        long added,
        long removed) {

    public PersonCountDay {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(day, "day");
    }
}
