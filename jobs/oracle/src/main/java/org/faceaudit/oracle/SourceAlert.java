package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** The alert of one rule about one source: always unknown, and of the source as a whole. */
record SourceAlert(String rule, String operator, String system, OracleRegistry registry) {

    /**
     * One episode.
     *
     * @param day on which it occurred
     * @param resolved {@code null} while it stands
     */
    OracleAlert episode(
            int number,
            LocalDate day,
            Instant opened,
            Instant resolved,
            BigDecimal measured,
            BigDecimal threshold,
            String unit) {
        LocalDate judged = Values.day(Values.later(Values.start(day), registry.inForce()));
        return new OracleAlert(
                AlertId.of(rule, operator, "source", system, ""),
                rule,
                operator,
                system,
                "source",
                system,
                "",
                number,
                "UNKNOWN",
                resolved == null ? "OPEN" : "RESOLVED",
                registry.number(rule + ".severity", operator, judged).intValueExact(),
                day,
                opened,
                resolved,
                null,
                measured,
                threshold,
                unit,
                false,
                null,
                null);
    }
}
