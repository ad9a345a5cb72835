package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;

/** What was enabled at a point at an instant, as far as that is certain. */
final class Configuration {

    private final List<AccessPointVersion> versions;
    /** By version: when it or a later one surely holds; ascending, so that an instant finds its version by halving. */
    private final Instant[] surely;

    /** {@code null} for a point that no configuration ever told of: only the log knows it. */
    Configuration(AccessPoint point) {
        versions = point == null ? List.of() : point.versions();
        surely = new Instant[versions.size()];
        for (int i = surely.length - 1; i >= 0; i--) {
            Instant latest = versions.get(i).from().latest();
            surely[i] = i + 1 < surely.length && surely[i + 1].isBefore(latest) ? surely[i + 1] : latest;
        }
    }

    /** Whether anything was ever told of the point's configuration. */
    boolean told() {
        return !versions.isEmpty();
    }

    /** The instants from which on each version surely holds, ascending. */
    List<Instant> changes() {
        return List.of(surely);
    }

    /**
     * The version that surely holds, readable or not; {@code null} before the first and while the next may hold already.
     */
    AccessPointVersion at(Instant at) {
        int low = 0;
        int high = surely.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (surely[middle].isAfter(at)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == 0
                || (low < surely.length && !versions.get(low).from().earliest().isAfter(at))) {
            return null;
        }
        return versions.get(low - 1);
    }

    /** The methods that were surely enabled and no others; {@code null} while that is not known. */
    List<String> methods(Instant at) {
        AccessPointVersion version = at(at);
        return version == null || version.methodsState() == FieldState.UNKNOWN ? null : version.methods();
    }

    /** Whether the point was surely out of service, or not there: what was tried at it then counts for nothing. */
    boolean outOfService(Instant at) {
        AccessPointVersion version = at(at);
        return version != null && !version.inForce();
    }
}
