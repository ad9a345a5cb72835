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
 * What is judged of access points by their configuration (Art. 10 and 13 of the Measures).
 *
 * <ol>
 *   <li>{@link SoleFaceMethod}: a face is the only way in
 *   <li>{@link PrivateSpaceDevice}: a face device inside a guest room, bath, changing room or toilet
 * </ol>
 *
 * <p>What is judged of the attempts made there: {@link AttemptJudgements}.
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
        PrivateSpaceDevice privateSpace = new PrivateSpaceDevice(operator, system, registry, knownThrough, wake);
        List<Derivation> derivations = new ArrayList<>();
        points.stream().sorted(Comparator.comparing(AccessPoint::pointId)).forEach(point -> {
            derivations.add(soleFaceMethod.derive(point));
            Derivation inside = privateSpace.derive(point);
            if (!inside.episodes().isEmpty()) {
                derivations.add(inside);
            }
        });
        wake.at(registry.nextParameterChange(operator, knownThrough).orElse(null));
        return new Judged(derivations, List.of(), wake.next());
    }
}
