package org.faceaudit.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes records as Debezium 3.7 for PostgreSQL does with schemas disabled: same fields, same order. */
public final class Envelopes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Envelopes() {}

    /** One record in the making. */
    public static final class Record {
        private final ObjectNode root = JSON.createObjectNode();
        private final ObjectNode source = JSON.createObjectNode();

        private Record(String topic, String op, String table, String before, String after) {
            root.set("before", parse(before));
            root.set("after", parse(after));
            source.put("version", "3.7.0.Final");
            source.put("connector", "postgresql");
            source.put("name", topic);
            source.put("ts_ms", 0L);
            source.put("snapshot", "false");
            source.put("db", "sample");
            source.put("sequence", "[null,\"0\"]");
            source.put("ts_us", 0L);
            source.put("ts_ns", 0L);
            source.put("schema", table.substring(0, table.indexOf('.')));
            source.put("table", table.substring(table.indexOf('.') + 1));
            source.put("txId", 700);
            source.put("lsn", 0L);
            source.putNull("xmin");
            source.putNull("origin");
            source.putNull("origin_lsn");
            root.set("source", source);
            root.putNull("transaction");
            root.put("op", op);
            root.put("ts_ms", 1_790_000_000_000L);
            root.put("ts_us", 1_790_000_000_000_000L);
            root.put("ts_ns", 1_790_000_000_000_000_000L);
        }

        public Record at(String instant) {
            Instant at = Instant.parse(instant);
            source.put("ts_ms", at.toEpochMilli());
            source.put("ts_us", at.toEpochMilli() * 1000);
            source.put("ts_ns", at.toEpochMilli() * 1_000_000);
            return this;
        }

        public Record lsn(long lsn) {
            source.put("lsn", lsn);
            source.put("sequence", "[\"" + lsn + "\",\"" + lsn + "\"]");
            return this;
        }

        public Record tx(long transaction) {
            source.put("txId", transaction);
            return this;
        }

        public Record snapshot(String state) {
            source.put("snapshot", state);
            return this;
        }

        public Record order(long totalOrder) {
            root.set("transaction", JSON.valueToTree(Map.of("id", "t", "total_order", totalOrder)));
            return this;
        }

        /** When the connector came upon the row: what equal rows of one snapshot differ by. */
        public Record readAt(long nanos) {
            root.put("ts_ns", nanos);
            return this;
        }

        /** For records that go wrong. */
        public ObjectNode root() {
            return root;
        }

        public ObjectNode source() {
            return source;
        }

        public byte[] bytes() {
            return root.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode parse(String json) {
        try {
            return json == null ? JSON.nullNode() : JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(json, wrong);
        }
    }

    /** What a product's database logs, record by record, from its golden file. */
    public static List<String> golden(String product) {
        try (InputStream in =
                Envelopes.class.getResourceAsStream("/faceaudit/schemas/products/" + product + ".golden.jsonl")) {
            List<String> records = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                records.add(JSON.readTree(line).get("record").toString());
            }
            return records;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A change of the log or a row of a snapshot; rows are JSON with single quotes. */
    public static Record record(String topic, String op, String table, String before, String after) {
        return new Record(topic, op, table, before, after);
    }
}
