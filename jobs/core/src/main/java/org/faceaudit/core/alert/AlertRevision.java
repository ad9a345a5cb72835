package org.faceaudit.core.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * One state of one episode of an alert as it leaves the job.
 *
 * @param generation compares before {@code revision}
 * @param revision ordinal within the alert, from 1, over all its episodes
 * @param detectedAt when this was derived
 * @param reason {@code opened}, {@code resolved}, {@code reopened}, {@code exempted}, {@code withdrawn}, {@code
 *     rederived} (nothing changed but the generation), or {@code amended: } and the columns that changed; in parentheses
 *     behind it what became of the calendar, when that was what changed
 */
public record AlertRevision(
        AlertKey key, Episode episode, long generation, long revision, Instant detectedAt, String reason) {

    public AlertRevision {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(episode, "episode");
        Objects.requireNonNull(detectedAt, "detectedAt");
        Objects.requireNonNull(reason, "reason");
    }
}
