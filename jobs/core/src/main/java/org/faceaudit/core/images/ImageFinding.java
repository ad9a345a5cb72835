package org.faceaudit.core.images;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;

/**
 * A stretch of time during which one stored image counts against its operator, under its earliest cause; or one person does
 * whose face is stored.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param recordKey the image's record; of a finding about a person, that person
 * @param cause {@code period-ended}, {@code purpose-ended}, …; of a finding about a person, the rule's id
 * @param stage {@link Verdict#WARNING} until the due day has passed, then {@link Verdict#VIOLATION};
 *     {@link Verdict#SUSPECTED} while only the earliest possible due day has passed, where a recommended standard alone
 *     speaks, and in frozen storage
 * @param personToken the person as text, {@code null} while unknown
 * @param storedOnLow earliest possible legal day of storage; {@code null} of a person
 * @param storedOnHigh latest possible legal day of storage; {@code null} of a person
 * @param dueOn last legal day on which the image may be stored; of a person, the first day of the stretch
 * @param from first instant of the stretch; may lie in the future of what is known
 * @param to when the image was cleared or the cause fell away; {@code null} while it counts
 * @param cleared whether {@code to} is the deletion of the image
 * @param exceptionId the registered exception that makes the stage what it is, {@code null} for none
 * @param exempt whether that exception covers the image: it is counted and not accused
 * @param positions the changes it rests on, in the order of evidence: what stored the image, what states its period or
 *     ended its purpose
 */
public record ImageFinding(
        String operator,
        String system,
        String recordKey,
        String cause,
        Verdict stage,
        String personToken,
        LegalDay storedOnLow,
        LegalDay storedOnHigh,
        LegalDay dueOn,
        Instant from,
        Instant to,
        boolean cleared,
        String exceptionId,
        boolean exempt,
        List<Position> positions) {

    public ImageFinding {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(recordKey, "recordKey");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(dueOn, "dueOn");
        Objects.requireNonNull(from, "from");
        positions = List.copyOf(positions);
    }

    /**
     * What the image's own row says: while an exception covers it, the image is not past due but comes due with the end of
     * that. Its alert says what it would be without, and that it is exempt.
     */
    public Verdict rowVerdict() {
        return exempt && stage == Verdict.VIOLATION ? Verdict.WARNING : stage;
    }
}
