package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.Collection;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.law.Registry;

/** What is judged of access points. */
public final class AccessJudgements {

    private AccessJudgements() {}

    /**
     * Judges all access points of one system.
     *
     * @param points every point the system ever had; their order does not matter
     * @param knownThrough how far the system's source is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator, String system, Collection<AccessPoint> points, Registry registry, Instant knownThrough) {
        throw new UnsupportedOperationException("sole-face-method");
    }
}
