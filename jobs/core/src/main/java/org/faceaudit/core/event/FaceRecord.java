package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;

/**
 * One stored face artefact (template, raw image or both) through time.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param recordKey stable id of the record within the system (table and encoded key); tells nothing of a person
 * @param mappingVersion hash of the mapping that read it
 * @param versions in the order of the source's log, never empty
 */
public record FaceRecord(
        String operator, String system, String recordKey, String mappingVersion, List<FaceRecordVersion> versions) {

    public FaceRecord {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(recordKey, "recordKey");
        versions = List.copyOf(versions);
    }
}
