package org.faceaudit.runtime.source;

import java.util.Objects;

/**
 * One Kafka record as it stands in its topic, undecoded.
 *
 * @param topic Kafka topic
 * @param partition Kafka partition
 * @param offset Kafka offset
 * @param appendedAtMillis Kafka append time, milliseconds since the epoch
 * @param key key bytes, {@code null} without a key
 * @param value value bytes, {@code null} for a tombstone
 */
@SuppressWarnings(
        "ArrayRecordComponent") // The bytes travel once from the source to the decoder and are compared by nobody.
public record RawRecord(String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] value) {

    public RawRecord {
        Objects.requireNonNull(topic, "topic");
    }
}
