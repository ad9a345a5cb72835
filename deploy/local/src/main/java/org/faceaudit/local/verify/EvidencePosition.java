package org.faceaudit.local.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * One position of an alert's evidence, as the table tells it: what stands at one offset of a topic. A range has none.
 *
 * @param logPosition the source's own log position; {@code null} where the table has none
 * @param transaction the source's transaction; {@code null} in a snapshot
 * @param table {@code schema.table} in the source
 * @param keyHash hash of the row's key; {@code null} for a change of a whole table
 * @param committedAt commit time of the change
 */
record EvidencePosition(
        String topic,
        int partition,
        long offset,
        String logPosition,
        String transaction,
        String table,
        String keyHash,
        Instant committedAt) {

    /**
     * The positions of one episode.
     *
     * @param evidence the column {@code evidence}: {@code kafka} holds one element for each of the first of {@code source}
     */
    static List<EvidencePosition> of(JsonNode evidence) {
        JsonNode source = evidence.path("source");
        List<EvidencePosition> positions = new ArrayList<>();
        int index = 0;
        for (JsonNode place : evidence.path("kafka")) {
            JsonNode said = source.path(index++);
            String committedAt = text(said, "committed_at");
            positions.add(new EvidencePosition(
                    text(place, "topic"),
                    place.path("partition").asInt(),
                    place.path("offset").asLong(),
                    text(said, "log_position"),
                    text(said, "transaction"),
                    text(said, "table"),
                    text(said, "key_hash"),
                    committedAt == null ? null : Instant.parse(committedAt)));
        }
        return positions;
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    /** Whether a change that was read there is the one that the table tells of. */
    boolean isAt(Position read) {
        return Objects.equals(logPosition, read.logPosition())
                && Objects.equals(transaction, read.transaction())
                // The end of a snapshot tells of every table what is not in it any more.
                && (read.table() == null || Objects.equals(table, read.table()))
                && Objects.equals(keyHash, read.keyHash())
                && Objects.equals(committedAt, read.committedAt());
    }

    /** Where it is, for people. */
    String place() {
        return topic + " offset " + offset;
    }

    /** What it says, for people. */
    String words() {
        return words(table, keyHash, logPosition, transaction, committedAt);
    }

    /** The same of a change that was read. */
    static String words(Position read) {
        return words(read.table(), read.keyHash(), read.logPosition(), read.transaction(), read.committedAt());
    }

    private static String words(
            String table, String keyHash, String logPosition, String transaction, Instant committedAt) {
        return "table " + table + ", key " + keyHash + ", log position " + logPosition + ", transaction " + transaction
                + ", committed " + committedAt;
    }
}
