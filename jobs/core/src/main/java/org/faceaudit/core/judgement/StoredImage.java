package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.counting.Holdings;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.Position;

/**
 * One raw image from its storage to its deletion; a soft delete is none.
 *
 * @param versions of the record while the image is stored
 * @param presence when it was stored
 */
record StoredImage(List<FaceRecordVersion> versions, Presence presence) {

    StoredImage {
        versions = List.copyOf(versions);
    }

    static List<StoredImage> of(FaceRecord record) {
        List<Presence> presences = Holdings.stretches(record, StoredImage::stored);
        List<StoredImage> images = new ArrayList<>();
        List<FaceRecordVersion> run = new ArrayList<>();
        for (FaceRecordVersion version : record.versions()) {
            if (stored(version)) {
                run.add(version);
            } else if (!run.isEmpty()) {
                images.add(new StoredImage(run, presences.get(images.size())));
                run = new ArrayList<>();
            }
        }
        if (!run.isEmpty()) {
            images.add(new StoredImage(run, presences.get(images.size())));
        }
        return images;
    }

    private static boolean stored(FaceRecordVersion version) {
        return version.stored() && version.image();
    }

    /** The change that stored the image. */
    Position position() {
        return versions.get(0).position();
    }

    /** See {@link FaceRecordVersion#dataClass}. */
    String dataClass() {
        return versions.get(0).dataClass();
    }

    /** The change that said first what a version still says of the period. */
    Position periodStatedBy(int version) {
        int first = version;
        while (first > 0 && samePeriod(versions.get(first - 1), versions.get(version))) {
            first--;
        }
        return versions.get(first).position();
    }

    private static boolean samePeriod(FaceRecordVersion one, FaceRecordVersion other) {
        return Objects.equals(one.retainUntil(), other.retainUntil())
                && Objects.equals(one.retentionDays(), other.retentionDays());
    }

    /** Since when a version speaks for the image, at the earliest. */
    Instant from(int version) {
        return version == 0
                ? presence.startEarliest()
                : versions.get(version).from().earliest();
    }

    /** Until when a version speaks for the image, {@code null} while it does. */
    Instant to(int version) {
        return version + 1 < versions.size() ? versions.get(version + 1).from().earliest() : presence.endEarliest();
    }
}
