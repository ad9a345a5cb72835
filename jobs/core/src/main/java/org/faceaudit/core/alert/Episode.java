package org.faceaudit.core.alert;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * One episode of an alert as derived from the facts: the convergent columns. A pure function of the changes in the
 * sources, the registry's changes and the as-of instant.
 *
 * @param episode ordinal from 1 on the facts' own time line
 * @param systemId the recognition system concerned; {@code null} when the subject spans systems
 * @param severity 1 (least) to 5
 * @param occurredOn the legal day the law counts from
 * @param openedAt when the alert's condition was met
 * @param resolvedAt when it ceased; {@code null} while it holds
 * @param dueOn last day of the duty; {@code null} when the rule knows none
 * @param measured the number judged; {@code null} when the rule measures nothing
 * @param threshold the number it was judged against
 * @param unit {@code persons}, {@code images}, {@code hours}, {@code working-days}, …
 * @param provisional whether a working day counted for {@code dueOn} lies past the last official calendar notice
 * @param calendarVersion ids of the active notices, sorted, joined by {@code +}; {@code null} without {@code dueOn}
 * @param lawVersion which set of legal rows judged
 * @param mappingVersion hash of the mapping the facts were read by; of a whole operator those of its systems, in the order of
 *     their ids, joined by {@code +}; {@code null} when no mapping was asked
 * @param exceptionId the exception that covers it, expired or not; {@code null} for none
 */
public record Episode(
        int episode,
        String systemId,
        Verdict verdict,
        Status status,
        int severity,
        LegalDay occurredOn,
        Instant openedAt,
        Instant resolvedAt,
        LegalDay dueOn,
        BigDecimal measured,
        BigDecimal threshold,
        String unit,
        boolean provisional,
        String calendarVersion,
        String lawVersion,
        String mappingVersion,
        String exceptionId,
        String explanationZh,
        String explanationEn,
        Evidence evidence) {

    public Episode {
        if (episode < 1) {
            throw new IllegalArgumentException("episodes count from 1, not " + episode);
        }
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(occurredOn, "occurredOn");
        Objects.requireNonNull(openedAt, "openedAt");
        Objects.requireNonNull(evidence, "evidence");
        if ((status == Status.RESOLVED) != (resolvedAt != null)) {
            throw new IllegalArgumentException("resolvedAt belongs to RESOLVED and to nothing else");
        }
    }

    /** The same, with facts read by a mapping. */
    public Episode readBy(String version) {
        return new Episode(
                episode,
                systemId,
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
                lawVersion,
                version,
                exceptionId,
                explanationZh,
                explanationEn,
                evidence);
    }
}
