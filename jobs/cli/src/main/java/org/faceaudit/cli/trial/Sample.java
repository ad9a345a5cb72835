package org.faceaudit.cli.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.SourceKind;

/** Sample changes: what the connector would write, one record after the other. */
final class Sample {

    private static final ObjectMapper JSON = JsonMapper.builder()
            // What the decoder would reject must come to it as it stands.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A number keeps its digits.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private static final String LOG_FILE = "sample.000001";
    private static final int LAST_PLACE = 1;

    /**
     * One record.
     *
     * @param envelope {@code null} if the record's value is no JSON object
     * @param value as it stands in the sample, used when there is no envelope; {@code null} for a record without value
     * @param withSchema whether the envelope came wrapped together with its schema
     */
    record Entry(ObjectNode envelope, String value, boolean withSchema) {

        byte[] bytes() {
            String text = envelope == null ? value : envelope.toString();
            return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private Sample() {}

    /**
     * Envelopes as JSON lines, blank lines left out. A line may also be a record's key, a tab and its value, as Kafka's
     * console prints it; an envelope may be wrapped together with its schema, as Connect writes it unless told otherwise.
     *
     * @param name says in messages where the text comes from
     * @throws SampleException if there is none
     */
    static List<Entry> envelopes(String name, String text) throws SampleException {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                entries.add(entry(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
            }
        }
        return notEmpty(name, entries);
    }

    private static ObjectNode object(String line) {
        try {
            return JSON.readTree(line) instanceof ObjectNode node ? node : null;
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }

    private static Entry entry(String line) {
        ObjectNode whole = object(line);
        int tab = line.indexOf('\t');
        String value = whole != null || tab < 0 ? line : line.substring(tab + 1);
        if (value.isBlank() || value.strip().equals("null")) {
            return new Entry(null, null, false);
        }
        ObjectNode object = whole != null ? whole : object(value);
        if (object != null && object.size() == 2 && object.has("schema") && object.has("payload")) {
            JsonNode payload = object.get("payload");
            return payload instanceof ObjectNode envelope
                    ? new Entry(envelope, null, true)
                    : new Entry(null, payload.isNull() ? null : payload.toString(), true);
        }
        return new Entry(object, value, false);
    }

    /**
     * Rows as CSV with a header of column names, each as if it had just been inserted; an empty cell is SQL NULL.
     *
     * @param name says in messages where the text comes from
     * @param table {@code schema.table}
     * @param at when they were committed
     * @throws SampleException if it is no CSV, or holds none
     */
    static List<Entry> rows(String name, String text, String table, OperatorFile operator, Instant at)
            throws SampleException {
        List<Entry> entries = new ArrayList<>();
        try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            while (lines.hasNext()) {
                ObjectNode row = JSON.createObjectNode();
                lines.next().forEach((column, cell) -> row.put(column, cell.isEmpty() ? null : cell));
                entries.add(new Entry(inserted(row, table, operator, at, entries.size() + 1), null, false));
            }
        } catch (IOException | RuntimeException e) {
            // The parser's own words would show the cell.
            throw new SampleException(
                    name + " is no CSV with a header of column names: row " + (entries.size() + 1) + " cannot be read.",
                    e);
        }
        return notEmpty(name, entries);
    }

    private static ObjectNode inserted(ObjectNode row, String table, OperatorFile operator, Instant at, int number) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.putNull("before");
        envelope.set("after", row);
        ObjectNode source = envelope.putObject("source");
        source.put("name", operator.mapping().topic());
        source.put("snapshot", "false");
        source.put("ts_ms", at.toEpochMilli());
        boolean inFiles = operator.source().kind() == SourceKind.MARIADB;
        int dot = table.indexOf('.');
        source.put(inFiles ? "db" : "schema", table.substring(0, dot));
        source.put("table", table.substring(dot + 1));
        if (inFiles) {
            source.put("file", LOG_FILE);
            source.put("pos", number);
            source.put("row", 0);
            source.put("gtid", "0-1-" + number);
        } else {
            source.put("lsn", number);
            source.put("txId", number);
        }
        envelope.put("op", "c");
        return envelope;
    }

    /** A heartbeat behind the last envelope, as one comes in life; {@code null} if there is no envelope to follow. */
    static ObjectNode heartbeatAfter(List<Entry> entries, String table) {
        ObjectNode last = null;
        for (Entry entry : entries) {
            if (entry.envelope() != null && entry.envelope().path("source").hasNonNull("name")) {
                last = entry.envelope();
            }
        }
        if (last == null) {
            return null;
        }
        ObjectNode beat = last.deepCopy();
        ObjectNode source = (ObjectNode) beat.get("source");
        int dot = table.indexOf('.');
        boolean inFiles = source.hasNonNull("file");
        source.put(inFiles ? "db" : "schema", table.substring(0, dot));
        source.put("table", table.substring(dot + 1));
        source.put("snapshot", "false");
        for (String place : new String[] {"lsn", "pos", "ts_ms"}) {
            if (source.hasNonNull(place)) {
                source.put(place, source.get(place).asLong() + LAST_PLACE);
            }
        }
        source.remove(List.of("ts_us", "ts_ns"));
        source.putNull("txId");
        beat.putNull("transaction");
        beat.putNull("before");
        JsonNode row = JSON.createObjectNode().put("id", 1);
        beat.set("after", row);
        beat.put("op", "u");
        return beat;
    }

    /**
     * The text of a file.
     *
     * @throws SampleException if it cannot be read
     */
    static String text(Path file) throws SampleException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new SampleException(file + " is not UTF-8.", e);
        } catch (IOException e) {
            throw new SampleException(file + " cannot be read.", e);
        }
    }

    private static List<Entry> notEmpty(String name, List<Entry> entries) throws SampleException {
        if (entries.isEmpty()) {
            throw new SampleException(name + " holds no change.");
        }
        return entries;
    }
}
