package org.faceaudit.oracle;

import java.time.LocalDate;

/**
 * How many persons an operator stored at the end of one legal day.
 *
 * @param personsLow at least that many: the largest group of comparable tokens on the narrowest time line
 * @param personsHigh at most that many: all groups and the records without a person on the widest time line
 */
public record PersonDay(String operator, LocalDate day, long personsLow, long personsHigh) {}
