package org.faceaudit.intake.rows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.faceaudit.core.event.Position;

/** Notes what of one row version could not be read. Other versions were noted when they came. */
final class Complaints {

    private final RowVersion about;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Complaints(RowVersion about) {
        this.about = about;
    }

    static Complaints about(RowVersion version) {
        return new Complaints(version);
    }

    static Complaints none() {
        return new Complaints(null);
    }

    void add(RowVersion version, String field, String reason) {
        if (about != null && about.identity() == version.identity()) {
            reasons.putIfAbsent(field, reason);
        }
    }

    void tell(AttemptSink sink, Position position) {
        reasons.forEach((field, reason) -> sink.unreadable(field, reason, position));
    }
}
