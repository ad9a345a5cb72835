package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.Registry;

/** What is judged of stored raw images. */
public final class ImageJudgements {

    private ImageJudgements() {}

    /**
     * The stretches of time during which images count against their operator, as the facts stand; they may reach into the
     * future.
     *
     * @param recordsOfPerson the records whose newest version names one person in one system, or one record without a
     *     person
     * @param purposesOfPerson that person's purposes in the system
     */
    public static List<ImageFinding> findings(
            Collection<FaceRecord> recordsOfPerson, Collection<Purpose> purposesOfPerson, Registry registry) {
        throw new UnsupportedOperationException("raw-image-retained");
    }

    /** What must be added to the counts when {@code after} replaces {@code before}: net, empty when they are equal. */
    public static List<ImageDelta> deltas(List<ImageFinding> before, List<ImageFinding> after, String mappingVersion) {
        throw new UnsupportedOperationException("raw-image-retained");
    }

    /**
     * Judges the images of one system.
     *
     * @param knownThrough how far the system's source is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator, String system, ImageCounts counts, Registry registry, Instant knownThrough) {
        throw new UnsupportedOperationException("raw-image-retained");
    }
}
