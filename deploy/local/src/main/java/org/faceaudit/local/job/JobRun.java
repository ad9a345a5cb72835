package org.faceaudit.local.job;

import java.time.Instant;
import java.util.Set;

/**
 * One submission of a job to Flink.
 *
 * @param jobId Flink's id of it, 32 hexadecimal digits
 * @param generation which derivation of the alerts it continues or begins
 * @param generationBegan when that derivation was begun: its own submission, or an earlier one that it continues
 * @param submittedAt when
 * @param restoredFrom path of the checkpoint it started from; empty when it started without state
 * @param readings how it reads its sources
 * @param anew the operators whom it derives anew, though it goes on from a checkpoint
 */
public record JobRun(
        String jobId,
        long generation,
        Instant generationBegan,
        Instant submittedAt,
        String restoredFrom,
        Readings readings,
        Set<String> anew) {
    /** Copies the set. */
    public JobRun {
        anew = Set.copyOf(anew);
    }
}
