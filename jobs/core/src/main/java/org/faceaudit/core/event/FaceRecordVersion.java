package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * What one face record was from an instant on, until the next version.
 *
 * @param from since when this holds
 * @param stored whether the artefact is stored (a soft-deleted row still is)
 * @param person whose face it is; {@code null} while unknown
 * @param alsoNamed further tokens of the same person, which the record carries beside the first
 * @param template whether a face template is stored
 * @param image whether a raw image is stored
 * @param storedAt when the artefact was first stored, as declared or bounded; {@code null} unless {@code stored}
 * @param retentionDays notified retention period in calendar days counted from storage; {@code null} if none is mapped
 * @param retainUntil last day of the notified period where the operator states a day; {@code null} if none is mapped
 * @param dataClass what the law calls such images where a statutory floor holds for them (for example {@code
 *     public-security-video}); {@code null} for a face library
 * @param position the change this version rests on
 */
public record FaceRecordVersion(
        TimeBounds from,
        boolean stored,
        PersonToken person,
        List<PersonToken> alsoNamed,
        boolean template,
        boolean image,
        TimeBounds storedAt,
        Integer retentionDays,
        LegalDay retainUntil,
        String dataClass,
        Position position) {

    public FaceRecordVersion {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(position, "position");
        alsoNamed = List.copyOf(alsoNamed);
    }

    /** A version of a face library that names its person by one token at most. */
    public FaceRecordVersion(
            TimeBounds from,
            boolean stored,
            PersonToken person,
            boolean template,
            boolean image,
            TimeBounds storedAt,
            Integer retentionDays,
            LegalDay retainUntil,
            Position position) {
        this(from, stored, person, List.of(), template, image, storedAt, retentionDays, retainUntil, null, position);
    }
}
