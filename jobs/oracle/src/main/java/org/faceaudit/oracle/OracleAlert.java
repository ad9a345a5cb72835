package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * One row of the alert table as the specification has it: the convergent columns without explanations, versions of law and
 * mapping. Days are days in Asia/Shanghai. Columns that do not apply are {@code null}.
 *
 * @param positions the changes that the evidence lists, in its order; {@code null} where it gives a range, or where the
 *     oracle has no opinion, see {@link Oracle#EVIDENCED}
 */
public record OracleAlert(
        UUID alertId,
        String ruleId,
        String operator,
        String systemId,
        String subjectKind,
        String subjectId,
        String trigger,
        int episode,
        String verdict,
        String status,
        int severity,
        LocalDate occurredOn,
        Instant openedAt,
        Instant resolvedAt,
        LocalDate dueOn,
        BigDecimal measured,
        BigDecimal threshold,
        String unit,
        boolean provisional,
        String calendarVersion,
        String exceptionId,
        List<OraclePosition> positions) {

    /** A row of whose evidence nothing is said. */
    OracleAlert(
            UUID alertId,
            String ruleId,
            String operator,
            String systemId,
            String subjectKind,
            String subjectId,
            String trigger,
            int episode,
            String verdict,
            String status,
            int severity,
            LocalDate occurredOn,
            Instant openedAt,
            Instant resolvedAt,
            LocalDate dueOn,
            BigDecimal measured,
            BigDecimal threshold,
            String unit,
            boolean provisional,
            String calendarVersion,
            String exceptionId) {
        this(
                alertId,
                ruleId,
                operator,
                systemId,
                subjectKind,
                subjectId,
                trigger,
                episode,
                verdict,
                status,
                severity,
                occurredOn,
                openedAt,
                resolvedAt,
                dueOn,
                measured,
                threshold,
                unit,
                provisional,
                calendarVersion,
                exceptionId,
                null);
    }
}
