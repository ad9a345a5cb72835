package org.faceaudit.oracle;

import java.time.LocalDate;

/**
 * How many persons an operator stored at the end of one legal day.
 *
 * @param personsLow at least that many: the largest group of comparable tokens on the narrowest time line, of persons whose
 *     source is known through the day
 * @param personsHigh at most that many as far as told: all groups and the records without a person on the widest time line
 * @param exact whether both are the same and every source is known through the day
 */
public record PersonDay(String operator, LocalDate day, long personsLow, long personsHigh, boolean exact) {}
