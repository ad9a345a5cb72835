package org.faceaudit.core.event;

import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * What one purpose row (a membership, an employment, a visit) said from an instant on, until the next version.
 *
 * @param from since when this holds
 * @param present whether the row exists
 * @param person whom the purpose concerns; {@code null} while unknown
 * @param endsOn last day of the purpose; {@code null} while it has no end
 * @param position the change this version rests on
 */
public record PurposeVersion(TimeBounds from, boolean present, PersonToken person, LegalDay endsOn, Position position) {

    public PurposeVersion {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(position, "position");
    }
}
