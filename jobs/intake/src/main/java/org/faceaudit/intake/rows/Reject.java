package org.faceaudit.intake.rows;

import java.util.Objects;

/**
 * A record that was refused. Nothing of its content is kept but a hash.
 *
 * @param topic Kafka topic
 * @param partition Kafka partition
 * @param offset Kafka offset
 * @param reason one kebab-case word group, for example {@code not-json}
 * @param sha256 SHA-256 over the record's value (over its key when the value is null), hexadecimal
 * @param appendedAtMillis Kafka append time, milliseconds since the epoch
 */
public record Reject(String topic, int partition, long offset, String reason, String sha256, long appendedAtMillis) {

    public Reject {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(sha256, "sha256");
    }
}
