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
 * @param undecided attempts of which it is not decided yet whether the source holds the point
 */
public record PointFile(
        AccessPoint point, SealedPoint sealed, long window, List<PointDay> days, boolean said, int undecided) {

    public static final PointFile NEW = new PointFile(null, SealedPoint.NOTHING, 0, List.of(), false, 0);

    public PointFile {
        Objects.requireNonNull(sealed, "sealed");
        days = List.copyOf(days);
    }

    public PointFile of(AccessPoint configured) {
        return new PointFile(configured, sealed, window, days, said, undecided);
    }

    /** With other sums of days. */
    public PointFile summed(long newWindow, List<PointDay> newDays) {
        return new PointFile(point, sealed, newWindow, newDays, said, undecided);
    }

    public PointFile said(boolean anyAlert) {
        return new PointFile(point, sealed, window, days, anyAlert, undecided);
    }

    public PointFile undecided(int attempts) {
        return new PointFile(point, sealed, window, days, said, attempts);
    }

    /** With more concluded, and the days that this leaves. */
    public PointFile sealed(SealedPoint concluded, List<PointDay> left) {
        return new PointFile(point, concluded, window, left, said, undecided);
    }

    /** Whether nothing more is known than of a point of which nothing was ever told. */
    public boolean isEmpty() {
        return point == null
                && days.isEmpty()
                && !said
                && undecided == 0
                && sealed.refusals().isEmpty()
                && sealed.fallbacks().isEmpty();
    }
}
