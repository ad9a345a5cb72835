package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of the registry itself: whether people have told it what every deadline needs.
 *
 * <ol>
 *   <li>{@link CalendarNoticeMissing}: no holiday notice covers the next year
 * </ol>
 */
public final class RegistryJudgements {

    private RegistryJudgements() {}

    /**
     * Judges the registry, as far as it is known.
     *
     * @param registryId the registry's own id, which its alerts name as operator
     * @param registryKnownThrough how far the registry is known; {@code null} gives nothing
     */
    public static Judged judge(String registryId, Registry registry, Instant registryKnownThrough) {
        if (registryKnownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(registryKnownThrough);
        return new Judged(
                CalendarNoticeMissing.derive(registryId, registry, registryKnownThrough, wake), List.of(), wake.next());
    }
}
