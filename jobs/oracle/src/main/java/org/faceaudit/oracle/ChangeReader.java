package org.faceaudit.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Reads one topic in order. What is no change event is left out; what was read before is left out too. */
final class ChangeReader {

    private static final Set<String> OPERATIONS = Set.of("r", "c", "u", "d", "t");

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The changes of one topic in the order of its offsets. */
    List<Change> read(List<TopicRecord> topic) {
        Set<String> seen = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        for (TopicRecord record : topic) {
            JsonNode value = tree(record.value());
            JsonNode source = value == null ? null : value.get("source");
            if (Values.isNull(source) || !isChangeOf(record.topic(), value, source)) {
                continue;
            }
            String op = value.get("op").asText();
            String key = op.equals("t") ? null : key(record.key());
            boolean keyless = key == null && !op.equals("t");
            boolean untold = op.matches("[ud]") && Values.isNull(value.get("before"));
            if (keyless
                    && (record.key() != null
                            || untold
                            || source.path("snapshot").asText().equals("incremental"))) {
                continue;
            }
            Change change = new Change(
                    source.path("schema").asText() + "." + source.path("table").asText(),
                    key,
                    keyless,
                    op,
                    Values.isNull(value.get("before")) ? null : value.get("before"),
                    Values.isNull(value.get("after")) ? null : value.get("after"),
                    committedAt(source),
                    source.path("snapshot").asText("false"),
                    source.path("lsn").asText(),
                    Values.text(source, "txId"),
                    record.appendedAt());
            if (seen.add(identity(change, source, value))) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Whether it is what a connector of this very source would write: any other record is a reject. */
    private static boolean isChangeOf(String topic, JsonNode value, JsonNode source) {
        boolean positioned = source.path("lsn").isIntegralNumber()
                || source.path("snapshot").asText().equals("incremental");
        return source.isObject()
                && topic.equals(source.path("name").asText())
                && OPERATIONS.contains(value.path("op").asText())
                && positioned
                && isRowOrNothing(value.get("before"))
                && isRowOrNothing(value.get("after"));
    }

    private static boolean isRowOrNothing(JsonNode row) {
        return Values.isNull(row) || row.isObject();
    }

    private static String identity(Change change, JsonNode source, JsonNode value) {
        String what = change.lsn() + '|' + change.table() + '|' + change.key();
        if (change.ofSnapshot()) {
            // Equal rows differ by nothing but when each of them was read.
            return "snapshot|" + what + (change.keyless() ? value.path("ts_ns").asText() : "");
        }
        return change.op()
                + '|'
                + what
                + '|'
                + source.path("txId").asText()
                + '|'
                + value.path("transaction").path("total_order").asText();
    }

    private static Instant committedAt(JsonNode source) {
        if (source.hasNonNull("ts_us")) {
            long micros = source.get("ts_us").asLong();
            return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        }
        return Instant.ofEpochMilli(source.path("ts_ms").asLong());
    }

    private JsonNode tree(byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        try {
            return json.readTree(bytes);
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** The key's columns in the order of their names, or {@code null} if it has none. */
    private String key(byte[] bytes) {
        JsonNode key = tree(bytes);
        if (key == null || !key.isObject() || key.isEmpty()) {
            return null;
        }
        TreeMap<String, String> columns = new TreeMap<>();
        key.fields()
                .forEachRemaining(
                        field -> columns.put(field.getKey(), field.getValue().asText()));
        return String.join("/", columns.values());
    }
}
