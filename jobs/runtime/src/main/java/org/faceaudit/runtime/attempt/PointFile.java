package org.faceaudit.runtime.attempt;

import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.judgement.PointDay;
import org.faceaudit.core.judgement.SealedPoint;

/**
 * What is known of an access point beside the attempts that may still count.
 *
 * @param point how it is configured through time, {@code null} if the source does not hold it
 * @param sealed what is concluded of earlier attempts
 * @param window with which the days were added up, see {@link org.faceaudit.core.judgement.PointSurvey#shortestWindow}
 * @param days the sums of the legal days on which something was attempted, in order
 * @param said whether any alert was raised
 */
public record PointFile(AccessPoint point, SealedPoint sealed, long window, List<PointDay> days, boolean said) {

    public static final PointFile NEW = new PointFile(null, SealedPoint.NOTHING, 0, List.of(), false);

    public PointFile {
        Objects.requireNonNull(sealed, "sealed");
        days = List.copyOf(days);
    }

    public PointFile of(AccessPoint configured) {
        return new PointFile(configured, sealed, window, days, said);
    }

    /** Whether nothing more is known than of a point of which nothing was ever told. */
    public boolean isEmpty() {
        return point == null
                && days.isEmpty()
                && !said
                && sealed.refusals().isEmpty()
                && sealed.fallbacks().isEmpty();
    }
}
