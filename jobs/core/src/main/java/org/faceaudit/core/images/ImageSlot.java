package org.faceaudit.core.images;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.LegalDay;

/**
 * Where findings fall together when they are counted: what begins or ceases to count at one instant for one reason.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param cause see {@link ImageFinding#cause()}
 * @param at the instant; may lie in the future of what is known
 * @param stage see {@link ImageFinding#stage()}
 * @param dueOn see {@link ImageFinding#dueOn()}
 * @param exceptionId see {@link ImageFinding#exceptionId()}
 * @param exempt see {@link ImageFinding#exempt()}
 */
public record ImageSlot(
        String operator,
        String system,
        String cause,
        Instant at,
        Verdict stage,
        LegalDay dueOn,
        String exceptionId,
        boolean exempt)
        implements Comparable<ImageSlot> {

    private static final Comparator<ImageSlot> ORDER = Comparator.comparing(ImageSlot::operator)
            .thenComparing(ImageSlot::system)
            .thenComparing(ImageSlot::cause)
            .thenComparing(ImageSlot::at)
            .thenComparing(ImageSlot::stage)
            .thenComparing(ImageSlot::dueOn)
            .thenComparing(ImageSlot::exempt)
            .thenComparing(ImageSlot::exceptionId, Comparator.nullsFirst(Comparator.naturalOrder()));

    public ImageSlot {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(dueOn, "dueOn");
    }

    /** Where a finding begins to count. */
    public static ImageSlot of(ImageFinding finding) {
        return of(finding, finding.from());
    }

    static ImageSlot of(ImageFinding finding, Instant at) {
        return new ImageSlot(
                finding.operator(),
                finding.system(),
                finding.cause(),
                at,
                finding.stage(),
                finding.dueOn(),
                finding.exceptionId(),
                finding.exempt());
    }

    @Override
    public int compareTo(ImageSlot other) {
        return ORDER.compare(this, other);
    }
}
