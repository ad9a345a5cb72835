package org.faceaudit.core.counting;

import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * How many persons an operator stored at the end of one legal day.
 *
 * @param personsLow at the least: the largest comparable group on the narrowest time line, of persons whom a source speaks
 *     for on that day
 * @param personsHigh at the most as far as told: the sum of all groups and of records without a person, on the widest time
 *     line, but those once whom a record names by tokens of several groups; what a source that fell silent took in since is
 *     not in it
 * @param exact whether the two are equal and every source speaks for that day
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

    /** Whether nothing changed since an earlier day and nobody came or went: then that day's counts carry on. */
    boolean carriesOn(PersonCountDay earlier) {
        return earlier != null
                && added == 0
                && removed == 0
                && personsLow == earlier.personsLow
                && personsHigh == earlier.personsHigh
                && exact == earlier.exact
                && records == earlier.records
                && rawImages == earlier.rawImages;
    }
}
