package org.faceaudit.oracle;

import java.time.LocalDate;

/**
 * What an operator filed between one deregistration and the next.
 *
 * @param after legal day of the deregistration before it, {@code null} if there was none
 * @param deregisteredOn legal day of the deregistration that ends it, {@code null} while it goes on
 * @param initial its first filings, every attempt
 */
record FilingLife(LocalDate after, LocalDate deregisteredOn, Submissions initial) {

    /** The life that a legal day belongs to; the day of a deregistration is the last of its life. */
    static FilingLife at(LocalDate day, String operator, OracleRegistry registry) {
        LocalDate after = registry.deregistrations(operator).lower(day);
        LocalDate end = registry.deregistrations(operator).ceiling(day);
        Submissions initial = registry.filings(operator, OracleRegistry.INITIAL)
                .only(filing -> after == null || filing.submitted().isAfter(after));
        return new FilingLife(after, end, initial);
    }

    /** The same with what was filed before a day alone. */
    FilingLife before(LocalDate day) {
        return new FilingLife(
                after, deregisteredOn, initial.only(filing -> filing.submitted().isBefore(day)));
    }

    /** Whether a first filing stood on a day. */
    boolean filed(LocalDate day) {
        return initial.standOn(day);
    }

    /** Whether the first filing stood on a day, but had not been accepted. */
    boolean pending(LocalDate day) {
        return filed(day)
                && initial.filings().stream().noneMatch(filing -> filing.standsOn(day) && filing.acceptedBy(day));
    }
}
