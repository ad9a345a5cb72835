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
    public OracleAlert(
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

    /** The same without the changes that its evidence lists. */
    public OracleAlert withoutPositions() {
        return new OracleAlert(
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
                exceptionId);
    }

    /** When an episode began and, unless it goes on, ended. */
    record Span(Instant from, Instant to) {

        static Span ofDays(LocalDate from, LocalDate to) {
            return new Span(Values.start(from), to == null ? null : Values.start(to));
        }
    }

    /** A number and what it is held against, which may be {@code null}. */
    record Measure(BigDecimal measured, BigDecimal threshold, String unit) {

        static final Measure NONE = new Measure(null, null, null);
    }

    /**
     * A last day and the calendar it was counted by.
     *
     * @param calendarVersion {@code null} if there is no last day
     */
    record Deadline(LocalDate on, boolean provisional, String calendarVersion) {

        static final Deadline NONE = new Deadline(null, false, null);
    }

    /** An alert about an operator as a whole, open or resolved. */
    static OracleAlert ofOperator(
            String ruleId,
            String operator,
            String trigger,
            int episode,
            String verdict,
            int severity,
            Span span,
            Deadline deadline,
            Measure measure) {
        return new OracleAlert(
                AlertId.of(ruleId, operator, "operator", operator, trigger),
                ruleId,
                operator,
                null,
                "operator",
                operator,
                trigger,
                episode,
                verdict,
                span.to() == null ? "OPEN" : "RESOLVED",
                severity,
                Values.day(span.from()),
                span.from(),
                span.to(),
                deadline.on(),
                measure.measured(),
                measure.threshold(),
                measure.unit(),
                deadline.provisional(),
                deadline.calendarVersion(),
                null);
    }

    /**
     * An alert about something within a system, without a last day.
     *
     * @param subject its kind and its id
     * @param occurred when what it says of began, which may be before it opened
     * @param covered what the registered exceptions say of it
     */
    static OracleAlert ofSystem(
            String ruleId,
            SourceFacts facts,
            List<String> subject,
            int episode,
            String verdict,
            int severity,
            Instant occurred,
            Span span,
            Measure measure,
            Exemption covered) {
        return new OracleAlert(
                AlertId.of(ruleId, facts.operator(), subject.get(0), subject.get(1), ""),
                ruleId,
                facts.operator(),
                facts.system(),
                subject.get(0),
                subject.get(1),
                "",
                episode,
                verdict,
                span.to() != null ? "RESOLVED" : covered.isValid() ? "EXEMPT" : "OPEN",
                severity,
                Values.day(occurred),
                span.from(),
                span.to(),
                null,
                measure.measured(),
                measure.threshold(),
                measure.unit(),
                false,
                null,
                covered.id());
    }
}
