package org.faceaudit.cli.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
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

    /** Half a surrogate pair stays one. */
    private static final ObjectWriter ESCAPING = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final String LOG_FILE = "sample.000001";
    private static final int LAST_PLACE = 1;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * One record.
     *
     * @param key as it stands in the sample; {@code null} for a record without key
     * @param envelope {@code null} if the record's value is no JSON object
     * @param value as it stands in the sample; {@code null} for a record without value, and for one made from a row
     * @param withSchema whether the envelope came wrapped together with its schema
     */
    record Entry(String key, ObjectNode envelope, String value, boolean withSchema) {

        byte[] keyBytes() {
            return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        }

        /** The value as it stands there: the job reads those very bytes. */
        byte[] bytes() {
            return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        }

        /** The value as its envelope is now. */
        byte[] rewritten() throws JsonProcessingException {
            return ESCAPING.writeValueAsBytes(envelope);
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

    private static Entry entry(String line) throws SampleException {
        ObjectNode whole = object(line);
        int tab = line.indexOf('\t');
        boolean keyed = whole == null && tab >= 0 && isKeyed(line.substring(0, tab), line.substring(tab + 1));
        String key = keyed && !line.substring(0, tab).equals("null") ? line.substring(0, tab) : null;
        String value = keyed ? line.substring(tab + 1) : line;
        if (value.isBlank() || value.strip().equals("null")) {
            return new Entry(key, null, null, false);
        }
        ObjectNode object = whole != null ? whole : object(value);
        if (object != null && object.size() == 2 && object.has("schema") && object.has("payload")) {
            JsonNode payload = object.get("payload");
            ObjectNode envelope = payload instanceof ObjectNode node ? node : null;
            return new Entry(key, envelope, payload.isNull() ? null : text(payload), true);
        }
        return new Entry(key, object, value, false);
    }

    /** Whether a tab parts a key from its value; in the middle of a value that breaks off it does not. */
    private static boolean isKeyed(String before, String behind) {
        return isValue(before) || behind.strip().equals("null") || object(behind) != null;
    }

    private static boolean isValue(String text) {
        try {
            return !JSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException noJson) {
            return false;
        }
    }

    private static String text(JsonNode payload) throws SampleException {
        try {
            return ESCAPING.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new SampleException("A record's payload cannot be taken out of its schema.", e);
        }
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
                entries.add(new Entry(null, inserted(row, table, operator, at, entries.size() + 1), null, false));
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

    /** A heartbeat behind an envelope that has a source, as one comes in life. */
    static ObjectNode heartbeatAfter(ObjectNode last, String table) {
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
     * The text of a file, without the mark that some programs put before it.
     *
     * @throws SampleException if it cannot be read, or is no text in UTF-8
     */
    static String text(Path file) throws SampleException {
        try {
            return text(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SampleException(file + " cannot be read.", e);
        }
    }

    /** The same of what was read already. */
    static String text(String name, byte[] bytes) throws SampleException {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(read, text, true).isError()) {
            long line = 1;
            for (int i = 0; i < read.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new SampleException(name + " is not UTF-8: see line " + line + ".");
        }
        String whole = text.flip().toString();
        return whole.startsWith(BYTE_ORDER_MARK) ? whole.substring(1) : whole;
    }

    private static List<Entry> notEmpty(String name, List<Entry> entries) throws SampleException {
        if (entries.isEmpty()) {
            throw new SampleException(name + " holds no change.");
        }
        return entries;
    }
}
