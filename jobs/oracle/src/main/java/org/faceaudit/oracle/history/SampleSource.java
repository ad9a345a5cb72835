package org.faceaudit.oracle.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.faceaudit.oracle.TopicRecord;

/**
 * A make-believe PostgreSQL database under Debezium: what happens to its rows becomes the records of one topic, as Debezium
 * 3.7 writes them without schemas and with ISO times.
 */
public final class SampleSource {

    private static final long BROKER_DELAY_MILLIS = 300;

    private record Table(
            String schema, String name, List<String> keyColumns, TreeMap<String, Map<String, Object>> rows) {

        private boolean keyless() {
            return keyColumns.isEmpty();
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final String topic;
    private final String database;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final List<TopicRecord> records = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private Instant lastAppended = Instant.EPOCH;
    private long lsn;
    private long transaction;
    private int unnamed;

    /**
     * @param topic {@code cdc.<operator>.<system>} or {@code cdc.registry}
     * @param database name of the database
     * @param firstLsn where the log begins
     */
    public SampleSource(String topic, String database, long firstLsn) {
        this.topic = topic;
        this.database = database;
        this.lsn = firstLsn;
        this.transaction = 700 + firstLsn % 97;
    }

    /**
     * Adds a table; snapshots read tables in the order they were added. Of one without a key the log tells whole rows, and
     * {@link #rows} has names that nobody else knows.
     */
    public SampleSource table(String qualifiedName, String... keyColumns) {
        String[] parts = qualifiedName.split("\\.", -1);
        tables.put(qualifiedName, new Table(parts[0], parts[1], List.of(keyColumns), new TreeMap<>()));
        return this;
    }

    /** A column is renamed to something that nobody captures: from now on no record holds it. */
    public void drop(String table, String column) {
        gone.add(table + '.' + column);
    }

    /** It has its name again, with what its rows held all the time. */
    public void restore(String table, String column) {
        gone.remove(table + '.' + column);
    }

    /** Whether a column is gone now. */
    public boolean isGone(String table, String column) {
        return gone.contains(table + '.' + column);
    }

    /** The topic written to. */
    public String topic() {
        return topic;
    }

    /** All records so far, in the order of their offsets. */
    public List<TopicRecord> records() {
        return List.copyOf(records);
    }

    /** Rows of one table now, by key. */
    public Map<String, Map<String, Object>> rows(String table) {
        return tables.get(table).rows();
    }

    /** One committed transaction, seen by the log. */
    public void commit(Instant at, Consumer<Transaction> work) {
        transaction++;
        lsn += 512;
        work.accept(new Transaction(at, true));
    }

    /** Changes that the log lost: only the next snapshot can tell of them. */
    public void unseen(Consumer<Transaction> work) {
        work.accept(new Transaction(Instant.EPOCH, false));
    }

    /** A capturing snapshot of everything. */
    public void snapshot(Instant at) {
        lsn += 4096;
        int left =
                tables.values().stream().mapToInt(table -> table.rows().size()).sum();
        boolean first = true;
        for (Table table : tables.values()) {
            int inTable = table.rows().size();
            int seen = 0;
            for (Map<String, Object> row : table.rows().values()) {
                left--;
                seen++;
                String marker;
                if (left == 0) {
                    marker = "last";
                } else if (first) {
                    marker = "first";
                } else if (seen == 1) {
                    marker = "first_in_data_collection";
                } else {
                    marker = seen == inTable ? "last_in_data_collection" : "true";
                }
                first = false;
                emit(table, "r", null, row, row, at, marker, null);
            }
        }
    }

    /** What Kafka Connect does after a crash: the newest records are written once more. */
    public void repeat(int newest) {
        int size = records.size();
        for (TopicRecord record :
                records.subList(Math.max(0, size - newest), size).toArray(TopicRecord[]::new)) {
            append(record.key(), record.value(), lastAppended);
        }
    }

    /** Something that is no change event. */
    public void poison(String key, String value) {
        append(bytes(key), bytes(value), lastAppended);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The statements of one transaction. */
    public final class Transaction {

        private final Instant at;
        private final boolean logged;
        private final Map<String, Integer> orders = new LinkedHashMap<>();
        private int order;

        private Transaction(Instant at, boolean logged) {
            this.at = at;
            this.logged = logged;
        }

        /** Inserts a row, columns in their order, values as JSON has them. */
        public void insert(String table, Map<String, Object> row) {
            Table into = tables.get(table);
            into.rows().put(into.keyless() ? "%08d".formatted(unnamed++) : key(into, row), new LinkedHashMap<>(row));
            write(into, "c", null, row, row);
        }

        /** Sets some columns of a row. */
        public void update(String table, String key, Map<String, Object> changes) {
            Table of = tables.get(table);
            Map<String, Object> row = new LinkedHashMap<>(of.rows().get(key));
            row.putAll(changes);
            Map<String, Object> before = of.rows().put(key, row);
            write(of, "u", of.keyless() ? before : null, row, row);
        }

        /** Deletes a row: the log knows its key only and invents the rest, unless there is no key. */
        public void delete(String table, String key) {
            Table of = tables.get(table);
            Map<String, Object> row = of.rows().remove(key);
            Map<String, Object> before = new LinkedHashMap<>();
            row.forEach((column, value) -> before.put(
                    column, of.keyless() || of.keyColumns().contains(column) ? value : invented(column, value)));
            write(of, "d", before, null, row);
        }

        private static Object invented(String column, Object value) {
            if (column.equals("create_time")) {
                return "1970-01-01T00:00:00Z";
            }
            return value instanceof Boolean ? Boolean.FALSE : null;
        }

        /** Empties a table. */
        public void truncate(String table) {
            tables.get(table).rows().clear();
            write(tables.get(table), "t", null, null, null);
        }

        private void write(
                Table table,
                String op,
                Map<String, Object> before,
                Map<String, Object> after,
                Map<String, Object> keyed) {
            if (!logged) {
                return;
            }
            // Every third change shares the log position of the one before it, as multi-row statements do.
            lsn += order % 3 == 2 ? 0 : 56;
            order++;
            ObjectNode block = json.createObjectNode();
            block.put("id", transaction + ":" + lsn);
            block.put("total_order", order);
            block.put("data_collection_order", orders.merge(table.name(), 1, Integer::sum));
            emit(table, op, before, after, keyed, at, "false", block);
        }
    }

    private static String key(Table table, Map<String, Object> row) {
        List<String> parts = new ArrayList<>();
        table.keyColumns().forEach(column -> parts.add(String.valueOf(row.get(column))));
        return String.join("/", parts);
    }

    private void emit(
            Table table,
            String op,
            Map<String, Object> before,
            Map<String, Object> after,
            Map<String, Object> keyed,
            Instant at,
            String marker,
            ObjectNode block) {
        ObjectNode value = json.createObjectNode();
        value.set("before", before == null ? json.nullNode() : row(table, before));
        value.set("after", after == null ? json.nullNode() : row(table, after));
        ObjectNode source = value.putObject("source");
        source.put("version", "3.7.0.Final");
        source.put("connector", "postgresql");
        source.put("name", topic);
        source.put("ts_ms", at.toEpochMilli());
        source.put("snapshot", marker);
        source.put("db", database);
        source.put("sequence", "[" + (block == null ? "null" : "\"" + (lsn - 56) + "\"") + ",\"" + lsn + "\"]");
        source.put("ts_us", at.toEpochMilli() * 1_000);
        source.put("ts_ns", at.toEpochMilli() * 1_000_000);
        source.put("schema", table.schema());
        source.put("table", table.name());
        source.put("txId", transaction);
        source.put("lsn", lsn);
        source.putNull("xmin");
        source.putNull("origin");
        source.putNull("origin_lsn");
        value.set("transaction", block == null ? json.nullNode() : block);
        value.put("op", op);
        Instant read = at.plusMillis(BROKER_DELAY_MILLIS / 2);
        value.put("ts_ms", read.toEpochMilli());
        value.put("ts_us", read.toEpochMilli() * 1_000);
        // No two rows are read at one instant.
        value.put("ts_ns", read.toEpochMilli() * 1_000_000 + records.size() % 1_000_000);
        ObjectNode key = null;
        if (keyed != null && !table.keyless()) {
            key = json.createObjectNode();
            for (String column : table.keyColumns()) {
                key.set(column, json.valueToTree(keyed.get(column)));
            }
        }
        append(write(key), write(value), at);
    }

    private ObjectNode row(Table table, Map<String, Object> row) {
        ObjectNode node = json.valueToTree(row);
        row.keySet().stream()
                .filter(column -> isGone(table.schema() + '.' + table.name(), column))
                .forEach(node::remove);
        return node;
    }

    private byte[] write(ObjectNode node) {
        try {
            return node == null ? null : json.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private void append(byte[] key, byte[] value, Instant at) {
        Instant appended = at.plusMillis(BROKER_DELAY_MILLIS);
        lastAppended = appended.isAfter(lastAppended) ? appended : lastAppended;
        records.add(new TopicRecord(topic, records.size(), lastAppended, key, value));
    }
}
