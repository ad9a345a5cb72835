package org.faceaudit.core.event;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a source is known. Absence may be claimed up to {@code knownThrough} and no further.
 *
 * @param operator the audited company; {@code registry} for the registry itself
 * @param system the recognition product instance; {@code registry} for the registry itself
 * @param snapshotComplete whether the first snapshot has ended
 * @param knownThrough commit time of the newest heartbeat or streamed change, capped at its Kafka append time;
 *     {@code null} before the snapshot's end
 * @param incarnation how many snapshots of the source have begun
 * @param changes changes read, duplicates excluded
 * @param rejects records refused
 * @param unmapped changes of tables that no mapping names
 * @param lastChangeAt commit time of the newest change that was not a heartbeat; {@code null} if none
 * @param mappingVersion hash of the mapping by which its records are read; {@code null} where nobody asks for it
 */
public record SourceProgress(
        String operator,
        String system,
        boolean snapshotComplete,
        Instant knownThrough,
        int incarnation,
        long changes,
        long rejects,
        long unmapped,
        Instant lastChangeAt,
        String mappingVersion) {

    public SourceProgress {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
    }

    /** Without a word of the mapping. */
    public SourceProgress(
            String operator,
            String system,
            boolean snapshotComplete,
            Instant knownThrough,
            int incarnation,
            long changes,
            long rejects,
            long unmapped,
            Instant lastChangeAt) {
        this(
                operator,
                system,
                snapshotComplete,
                knownThrough,
                incarnation,
                changes,
                rejects,
                unmapped,
                lastChangeAt,
                null);
    }
}
