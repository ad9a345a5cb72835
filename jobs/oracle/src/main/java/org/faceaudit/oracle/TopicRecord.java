package org.faceaudit.oracle;

import java.time.Instant;

/**
 * One record of a topic as it lies in Kafka.
 *
 * @param topic {@code cdc.<operator>.<system>} or {@code cdc.registry}
 * @param offset position in the topic's only partition
 * @param appendedAt when the broker appended it
 * @param key raw key, {@code null} if there is none
 * @param value raw value, {@code null} if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record TopicRecord(String topic, long offset, Instant appendedAt, byte[] key, byte[] value) {}
