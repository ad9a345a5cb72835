package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of stored raw images (Art. 8 ¶2 of the Measures, PIPL 47).
 *
 * <ol>
 *   <li>{@link RawImageRetained}: images are stored past the day they became due, by cause
 *       <ul>
 *         <li>{@link PeriodEnded}: the notified retention period has ended
 *         <li>{@link PurposeEnded}: membership, employment or visit is over
 *       </ul>
 * </ol>
 */
public final class ImageJudgements {

    private ImageJudgements() {}

    /**
     * The stretches of time during which images count against their operator, as the facts stand; they may reach into the
     * future. By record, then time; the order of the arguments' elements does not matter.
     *
     * @param recordsOfPerson the records whose newest version names one person in one system, or one record without a
     *     person
     * @param purposesOfPerson that person's purposes in the system
     */
    public static List<ImageFinding> findings(
            Collection<FaceRecord> recordsOfPerson, Collection<Purpose> purposesOfPerson, Registry registry) {
        return RawImageRetained.findings(recordsOfPerson, purposesOfPerson, registry);
    }

    /**
     * Judges the images of one system.
     *
     * @param knownThrough how far the system's source is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator, String system, ImageCounts counts, Registry registry, Instant knownThrough) {
        if (knownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(knownThrough);
        Map<String, List<ImageDelta>> byCause = counts.byCause();
        List<Derivation> derivations = new ArrayList<>();
        for (ImageCause cause : ImageCause.values()) {
            derivations.add(RawImageRetained.derive(
                    operator,
                    system,
                    cause.id(),
                    byCause.getOrDefault(cause.id(), List.of()),
                    registry,
                    knownThrough,
                    wake));
        }
        return new Judged(derivations, List.of(), wake.next());
    }
}
