package org.faceaudit.oracle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The filings that can meet one duty, looked at day by day. */
record Submissions(List<Filing> filings) {

    /**
     * Legal days on which a duty whose last day has passed is not met.
     *
     * @param from the first day of the breach
     * @param to the first day on which the duty is met again, {@code null} while it is not
     */
    record Gap(LocalDate from, LocalDate to) {}

    /** These and others, each once; one that is among both went to the right authority if it did for either. */
    Submissions and(Submissions others) {
        Map<String, Filing> together = new LinkedHashMap<>();
        Stream.concat(filings.stream(), others.filings.stream())
                .forEach(filing ->
                        together.merge(filing.id(), filing, (one, other) -> one.rightAuthority() ? one : other));
        return new Submissions(List.copyOf(together.values()));
    }

    Submissions only(Predicate<Filing> condition) {
        return new Submissions(filings.stream().filter(condition).toList());
    }

    /** Whether a filing stands at the end of a day. */
    boolean standOn(LocalDate day) {
        return filings.stream().anyMatch(filing -> filing.standsOn(day));
    }

    /** Whether a filing had been made by the end of a day, if only to the wrong authority or to be sent back. */
    boolean madeBy(LocalDate day) {
        return filings.stream().anyMatch(filing -> filing.madeBy(day));
    }

    /**
     * When the duty was missed. Whoever has no filing standing at the end of the last day, or of a later one, is in breach
     * from the next day on, until the day of a submission that stands.
     *
     * @param due the last day
     * @param asOf the day up to which anything is said
     */
    List<Gap> gaps(LocalDate due, LocalDate asOf) {
        List<Gap> gaps = new ArrayList<>();
        LocalDate from = null;
        for (LocalDate day = due.plusDays(1); !day.isAfter(asOf); day = day.plusDays(1)) {
            if (from == null && !standOn(day.minusDays(1))) {
                from = day;
            }
            if (from != null && standOn(day)) {
                gaps.add(new Gap(from, day));
                from = null;
            }
        }
        if (from != null) {
            gaps.add(new Gap(from, null));
        }
        return gaps;
    }

    /** Whether the last day itself was missed, rather than a filing made in time lost later. */
    static boolean missedLastDay(Gap gap, LocalDate due) {
        return gap.from().equals(due.plusDays(1));
    }
}
