package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One row of the alert table as the specification has it: the convergent columns without explanations, versions of law and
 * mapping, and evidence. Days are days in Asia/Shanghai. Columns that do not apply are {@code null}.
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
        String exceptionId) {}
