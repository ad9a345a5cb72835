package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of access points (Art. 10 of the Measures).
 *
 * <ol>
 *   <li>{@link SoleFaceMethod}: a face is the only way in
 * </ol>
 */
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
        if (knownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(knownThrough);
        SoleFaceMethod soleFaceMethod = new SoleFaceMethod(operator, system, points, registry, knownThrough, wake);
        List<Derivation> derivations = new ArrayList<>();
        points.stream()
                .sorted(Comparator.comparing(AccessPoint::pointId))
                .forEach(point -> derivations.add(soleFaceMethod.derive(point)));
        wake.at(registry.nextParameterChange(operator, knownThrough).orElse(null));
        return new Judged(derivations, List.of(), wake.next());
    }
}
