package org.faceaudit.intake.rows;

import java.util.Objects;

/**
 * A record that was refused. Nothing of its content is kept but a hash.
 *
 * @param topic Kafka topic
 * @param partition Kafka partition
 * @param offset Kafka offset
 * @param reason one kebab-case word group, for example {@code not-json}
 * @param sha256 SHA-256 over all bytes of the record's value as it stands in the topic (over its key when the value is null),
 *     hexadecimal: it tells whoever may read the topic that this is the record, and nobody else what stood in it. It is over the
 *     whole envelope with its position and times, never over one column, so that no two rows with the same content have the
 *     same hash, and nothing can be looked up by it; an image or a template cannot be found by trying
 *     either. An identifier that came without a token could, by whoever knows all other bytes of the envelope, and that is
 *     who may read the topic
 * @param appendedAtMillis Kafka append time, milliseconds since the epoch
 */
public record Reject(String topic, int partition, long offset, String reason, String sha256, long appendedAtMillis) {

    public Reject {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(sha256, "sha256");
    }
}
