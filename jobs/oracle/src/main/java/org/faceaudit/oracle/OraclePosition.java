package org.faceaudit.oracle;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One change in a source as evidence names it: where it stands in the source's own log.
 *
 * @param logPosition PostgreSQL's spelling of a log sequence number
 * @param transaction {@code null} for a row of a snapshot
 * @param table {@code schema.table}; {@code null} for a row that a snapshot no longer had
 * @param keyHash first 128 bits of SHA-256 over table and key, hexadecimal; {@code null} where no single row is meant
 * @param committedAt commit time; the snapshot's time for a row of a snapshot
 */
public record OraclePosition(
        String logPosition, String transaction, String table, String keyHash, Instant committedAt) {

    private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    /** Without repeats, in the order of evidence. */
    static List<OraclePosition> listed(Collection<OraclePosition> positions) {
        return positions.stream()
                .distinct()
                .sorted(Comparator.comparing(OraclePosition::committedAt)
                        .thenComparing(OraclePosition::logPosition, TEXT)
                        .thenComparing(OraclePosition::keyHash, TEXT)
                        .thenComparing(OraclePosition::table, TEXT))
                .toList();
    }
}
