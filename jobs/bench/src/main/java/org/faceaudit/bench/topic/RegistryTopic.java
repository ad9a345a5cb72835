package org.faceaudit.bench.topic;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.sql.LawFiles;

/** The registry's topic: the law as it is seeded, the operators, a heartbeat after everything. */
final class RegistryTopic {

    private static final String TOPIC = "cdc.registry";
    private static final Instant SNAPSHOT_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<String> DATES = Set.of("valid_from", "published_on", "covers_from", "covers_to", "day");

    private final List<RawRecord> records = new ArrayList<>();

    RegistryTopic(int operators) {
        table("parameter");
        table("calendar_notice");
        table("calendar_day");
        for (int operator = 0; operator < operators; operator++) {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            row.put("id", Population.operator(operator));
            row.put("name", "示例 " + operator);
            row.put("region", "310000");
            add(SNAPSHOT_AT, "r", "operator", row, operator == operators - 1 ? "last" : "true", 1_000);
        }
        add(
                Population.END,
                "u",
                "heartbeat",
                JsonNodeFactory.instance.objectNode().put("id", 1),
                "false",
                2_000);
    }

    int size() {
        return records.size();
    }

    RawRecord record(int offset) {
        return records.get(offset);
    }

    private void table(String name) {
        try (InputStream file = LawFiles.open(name + ".csv");
                MappingIterator<Map<String, String>> lines = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            while (lines.hasNext()) {
                ObjectNode row = JsonNodeFactory.instance.objectNode();
                lines.next().forEach((column, value) -> put(row, column, value));
                add(SNAPSHOT_AT, "r", name, row, "true", 1_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the seed rows of the law cannot be read", e);
        }
    }

    /** Dates as Debezium writes them, days since 1970. */
    private static void put(ObjectNode row, String column, String value) {
        if (value.isEmpty()) {
            row.putNull(column);
        } else if (DATES.contains(column)) {
            row.put(column, (int) LocalDate.parse(value).toEpochDay());
        } else {
            row.put(column, value);
        }
    }

    private void add(Instant at, String op, String table, ObjectNode row, String snapshot, long position) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("connector", "postgresql").put("name", TOPIC).put("ts_ms", at.toEpochMilli());
        source.put("snapshot", snapshot).put("schema", "registry").put("table", table);
        source.put("txId", position).put("lsn", position);
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.putNull("before");
        envelope.set("after", row);
        envelope.set("source", source);
        envelope.putNull("transaction");
        envelope.put("op", op).put("ts_ms", at.toEpochMilli());
        records.add(new RawRecord(
                TOPIC,
                0,
                records.size(),
                at.toEpochMilli() + 5,
                null,
                envelope.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
