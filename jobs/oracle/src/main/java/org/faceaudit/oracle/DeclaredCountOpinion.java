package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rule declared-count-mismatch (Measures, Art. 15 ¶2): does the declared number fit the persons stored on that day? Who was
 * deleted before the first look was never seen and is not counted. Of the others whom a group's number is for too only the
 * filer's own persons are looked at: there are that many at least.
 */
final class DeclaredCountOpinion {

    private static final String RULE = "declared-count-mismatch";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String operator;
    private final OracleRegistry registry;
    private final OperatorPersons persons;
    private final TreeMap<Instant, PersonLine.Count> counts;

    DeclaredCountOpinion(String operator, OracleRegistry registry, OperatorPersons persons) {
        this.operator = operator;
        this.registry = registry;
        this.persons = persons;
        this.counts = new TreeMap<>(persons.line().counts());
    }

    List<OracleAlert> alerts() {
        LocalDate asOf = registry.asOf();
        List<Filing> registered = registry.filings(operator, OracleRegistry.INITIAL, OracleRegistry.CHANGE)
                .filings();
        // Of what the register has too, the register speaks.
        List<Filing> told = registry.own().filings(operator).stream()
                .filter(own -> !own.kind().equals(OracleRegistry.DEREGISTRATION))
                .filter(own -> registered.stream().noneMatch(filing -> filing.isLike(own)))
                .toList();
        List<Filing> filings = Stream.concat(registered.stream(), told.stream())
                .filter(filing -> filing.filer().equals(operator))
                .filter(filing -> !filing.submitted().isAfter(asOf))
                .filter(filing -> !filing.withdrawnBy(filing.submitted()))
                .filter(filing -> !Values.start(filing.submitted()).isBefore(registry.inForce()))
                .filter(filing -> isKnown(filing.submitted()))
                .sorted(Comparator.comparing(Filing::submitted).thenComparing(Filing::id))
                .toList();
        List<Fit> fits = filings.stream().map(this::fit).toList();
        List<OracleAlert> alerts = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            if (fits.get(i).tooSmall() || fits.get(i).tooGreat()) {
                alerts.add(alert(fits.get(i), resolvedOn(fits.get(i), later(i, fits, told))));
            }
        }
        return alerts;
    }

    /** What may correct one: the operator's own word corrects nothing that was filed. */
    private static List<Fit> later(int number, List<Fit> fits, List<Filing> told) {
        boolean own = told.contains(fits.get(number).filing());
        return fits.subList(number + 1, fits.size()).stream()
                .filter(fit -> own || !told.contains(fit.filing()))
                .toList();
    }

    /**
     * A declared number beside the number of persons stored.
     *
     * @param high {@code null} if nobody can say how many there were at most: of a group
     */
    private record Fit(Filing filing, long low, Long high, BigDecimal tolerance) {

        BigDecimal declared() {
            return filing.declared();
        }

        boolean tooSmall() {
            return declared() != null
                    && declared()
                                    .multiply(HUNDRED)
                                    .compareTo(HUNDRED.subtract(tolerance).multiply(BigDecimal.valueOf(low)))
                            < 0;
        }

        boolean tooGreat() {
            return declared() != null
                    && high != null
                    && declared()
                                    .multiply(HUNDRED)
                                    .compareTo(HUNDRED.add(tolerance).multiply(BigDecimal.valueOf(high)))
                            > 0;
        }

        boolean inside() {
            return declared() != null && !tooSmall() && !tooGreat();
        }
    }

    private Fit fit(Filing filing) {
        LocalDate day = filing.submitted();
        PersonLine.Count stored =
                counts.lowerEntry(Values.start(day.plusDays(1))).getValue();
        boolean group = filing.covers().stream().anyMatch(covered -> !covered.equals(operator));
        return new Fit(
                filing,
                stored.lowNarrowest(),
                group ? null : stored.highWidest(),
                registry.number(RULE + ".tolerance", operator, day));
    }

    /** Whether a day is over in every source, and not before anybody was stored at all. */
    private boolean isKnown(LocalDate day) {
        Instant end = Values.start(day.plusDays(1));
        return counts.lowerEntry(end) != null
                && persons.sources().stream()
                        .allMatch(source -> source.book().snapshotComplete()
                                && !source.knownThrough().isBefore(end));
    }

    /** The day of a newer filing that fits or of this one's withdrawal, {@code null} while there is neither. */
    private LocalDate resolvedOn(Fit fit, List<Fit> newer) {
        LocalDate asOf = registry.asOf();
        LocalDate resolved = fit.filing().withdrawnBy(asOf) ? fit.filing().withdrawn() : null;
        for (Fit later : newer) {
            LocalDate submitted = later.filing().submitted();
            if (!later.filing().withdrawnBy(asOf)
                    && later.inside()
                    && (resolved == null || submitted.isBefore(resolved))) {
                resolved = submitted;
            }
        }
        return resolved;
    }

    private OracleAlert alert(Fit fit, LocalDate resolved) {
        Filing filing = fit.filing();
        return OracleAlert.ofOperator(
                RULE,
                operator,
                filing.id(),
                1,
                "SUSPECTED",
                registry.number(RULE + ".severity", operator, filing.submitted())
                        .intValueExact(),
                OracleAlert.Span.ofDays(filing.submitted(), resolved),
                OracleAlert.Deadline.NONE,
                new OracleAlert.Measure(
                        fit.declared(), BigDecimal.valueOf(fit.tooSmall() ? fit.low() : fit.high()), "persons"));
    }
}
