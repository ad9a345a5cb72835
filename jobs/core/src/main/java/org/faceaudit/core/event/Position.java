package org.faceaudit.core.event;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where a fact stands: in the evidence topic and in the operator's own log.
 *
 * @param topic Kafka topic the change was read from
 * @param partition Kafka partition
 * @param offset Kafka offset
 * @param logPosition the source's own log position as text (PostgreSQL LSN, MySQL file and position, GTID)
 * @param transaction the source's transaction id, {@code null} in a snapshot
 * @param table {@code schema.table} in the source
 * @param keyHash first 128 bits of SHA-256 over the row's key, hexadecimal; never the key itself
 * @param committedAt commit time of the change (snapshot time for a snapshot row)
 * @param snapshot whether the change is a row of a snapshot rather than of the log
 */
public record Position(
        String topic,
        int partition,
        long offset,
        String logPosition,
        String transaction,
        String table,
        String keyHash,
        Instant committedAt,
        boolean snapshot) {

    private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    /** The order of evidence: commit time, log position, key hash, then where the change was read. */
    public static final Comparator<Position> EVIDENCE_ORDER = Comparator.comparing(Position::committedAt)
            .thenComparing(Position::logPosition, TEXT)
            .thenComparing(Position::keyHash, TEXT)
            .thenComparing(Position::table, TEXT)
            .thenComparing(Position::topic)
            .thenComparing(Position::partition)
            .thenComparing(Position::offset);

    public Position {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(committedAt, "committedAt");
    }

    /** The same place, as far as one table is concerned. */
    public Position ofTable(String ofTable) {
        return new Position(
                topic, partition, offset, logPosition, transaction, ofTable, keyHash, committedAt, snapshot);
    }
}
