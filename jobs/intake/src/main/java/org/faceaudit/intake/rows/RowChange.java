package org.faceaudit.intake.rows;

import java.util.Map;
import java.util.Objects;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;

/**
 * One change of one source row, decoded: only mapped columns, nothing else of the row survives.
 *
 * @param operator the audited company, from the topic's name; {@code registry} for the registry
 * @param system the recognition product instance, from the topic's name; {@code registry} for the registry
 * @param kind what the change does
 * @param table the mapping's entry; of a table that no mapping names {@code schema.table} in the source, as {@code position}
 *     has it of every change; {@code null} unless {@code kind} concerns a table
 * @param rowKey the row's identity within the table as text; {@code null} unless {@code kind} concerns a row. Of a table without a
 *     key it names all rows that are equal to what the row was before an update or delete, and is after any other change
 * @param fields mapped column to value as of after the change; empty for a delete
 * @param identity 64-bit hash of what makes two records the same change (log position, transaction, order in it, table,
 *     key, operation), so that a repeated record changes nothing
 * @param snapshotId identifies the snapshot a row belongs to; 0 for a change of the log
 * @param position where the change stands
 * @param appendedAtMillis Kafka append time, milliseconds since the epoch
 */
public record RowChange(
        String operator,
        String system,
        Kind kind,
        String table,
        String rowKey,
        Map<String, FieldValue> fields,
        long identity,
        long snapshotId,
        Position position,
        long appendedAtMillis) {

    /** Of a row that a snapshot finds in a table without a key: a field that no table has, when its table was read. */
    public static final String READING = "#reading";

    /** What a change does. */
    public enum Kind {
        /** A row as it stands in a snapshot. */
        SNAPSHOT_ROW,
        /** The same, of a source's first whole snapshot: what is there was there before anybody looked. The progress step tells. */
        FIRST_SNAPSHOT_ROW,
        /** The row that its snapshot ends with. Only the progress step sees it: it passes on what the others are. */
        LAST_SNAPSHOT_ROW,
        /** A row of an incremental snapshot: it never sweeps. */
        INCREMENTAL_ROW,
        /** An insert. */
        UPSERT,
        /** An update: the row was there before. */
        UPDATE,
        DELETE,
        TRUNCATE,
        /** The heartbeat row of the source. */
        HEARTBEAT,
        /** A record that carries no row (transaction marker, message) or a row of a table that no mapping names. */
        NOT_APPLICABLE,
        /** From the progress step to every bucket: a new snapshot has begun. */
        SNAPSHOT_BEGAN,
        /** From the progress step to every bucket: the snapshot has ended; rows it did not repeat are gone. */
        SNAPSHOT_ENDED
    }

    public RowChange {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(position, "position");
        fields = fields instanceof SharedFields ? fields : Map.copyOf(fields);
    }
}
