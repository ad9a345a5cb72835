package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Rule declared-count-mismatch (Measures, Art. 15 ¶2): does the declared number fit the persons stored on that day? */
final class DeclaredCountOpinion {

    private static final String RULE = "declared-count-mismatch";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String operator;
    private final OracleRegistry registry;
    private final Map<String, OperatorPersons> persons;

    /**
     * @param persons of every operator who is captured
     */
    DeclaredCountOpinion(String operator, OracleRegistry registry, Map<String, OperatorPersons> persons) {
        this.operator = operator;
        this.registry = registry;
        this.persons = persons;
    }

    List<OracleAlert> alerts() {
        LocalDate asOf = registry.asOf();
        List<Filing> filings =
                registry.filings(operator, OracleRegistry.INITIAL, OracleRegistry.CHANGE).filings().stream()
                        .filter(filing -> filing.filer().equals(operator))
                        .filter(filing -> !filing.submitted().isAfter(asOf))
                        .filter(filing -> !filing.withdrawnBy(filing.submitted()))
                        .filter(filing -> !Values.start(filing.submitted()).isBefore(registry.inForce()))
                        .sorted(Comparator.comparing(Filing::submitted).thenComparing(Filing::id))
                        .toList();
        List<Fit> fits = filings.stream().map(this::fit).toList();
        List<OracleAlert> alerts = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            if (fits.get(i).tooSmall() || fits.get(i).tooGreat()) {
                alerts.add(alert(fits.get(i), resolvedOn(fits.get(i), fits.subList(i + 1, fits.size()))));
            }
        }
        return alerts;
    }

    /**
     * A declared number beside the number of persons stored.
     *
     * @param high {@code null} if nobody can say how many there were at most
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
            return declared() != null && high != null && !tooSmall() && !tooGreat();
        }
    }

    private Fit fit(Filing filing) {
        LocalDate day = filing.submitted();
        long low = 0;
        Long high = 0L;
        List<String> declaredFor = new ArrayList<>(filing.covers());
        declaredFor.remove(operator);
        declaredFor.add(operator);
        for (String handler : declaredFor) {
            OperatorPersons stored = persons.get(handler);
            low = stored == null ? low : Math.max(low, stored.low(day));
            Long atMost = stored == null ? null : stored.high(day);
            high = high == null || atMost == null ? null : Long.valueOf(high + atMost);
        }
        return new Fit(filing, low, high, registry.number(RULE + ".tolerance", operator, day));
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
