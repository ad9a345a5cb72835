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

    /** Whether a first filing had been made by a day, if only to the wrong authority or to be sent back. */
    boolean tried(LocalDate day) {
        return initial.madeBy(day);
    }

    /** Whether a first filing stood on a day. */
    boolean filed(LocalDate day) {
        return initial.standOn(day);
    }

    /** Whether a first filing stood on a day and had been accepted. */
    boolean accepted(LocalDate day) {
        return initial.filings().stream().anyMatch(filing -> filing.standsOn(day) && filing.acceptedBy(day));
    }
}
