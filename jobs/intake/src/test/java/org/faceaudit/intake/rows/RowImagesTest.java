package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.Digests;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.junit.jupiter.api.Test;

/**
 * What is read of a change under the replica identities of PostgreSQL and the whole row image of MariaDB: pairs of a record and
 * what it becomes stand in {@code row-images.golden.jsonl}, written by hand. Those that real connectors wrote are read by {@link
 * CapturedRowImagesTest}: what MariaDB's other row images come to, and what is invented beside a deleted row's key, is seen there.
 */
class RowImagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EnvelopeDecoder decoder = new EnvelopeDecoder(MappingsUnderTest.of("""
            mapping:
              tables:
                public.face:
                  key: [branch, no]
                  facts:
                    - event: face-record
                      image: {column: photo, as: bytes}
                      retention: {until: day, type: date}
                  where: {column: kept, not: "x"}
                public.passage:
                  keyless: true
                  facts:
                    - event: face-record
                      image: {column: photo, as: bytes}
                  where: {column: kept, not: "x"}
                public.门禁:
                  key: [编号]
                  facts:
                    - event: access-point
                      methods: {flags: {开启: FACE}}
            """));

    @Test
    void everyImageIsReadAsTheFileSays() throws IOException {
        int lines = 0;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                RowImagesTest.class.getResourceAsStream("/org/faceaudit/intake/row-images.golden.jsonl"),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode pair = JSON.readTree(line);
                lines++;
                assertThat(becomes(pair.get("record")))
                        .as("line %d: %s", lines, pair.get("about").asText())
                        .isEqualTo(pair.get("becomes"));
            }
        }
        assertThat(lines).isGreaterThan(20);
    }

    private JsonNode becomes(JsonNode record) {
        long appendedAt = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
        byte[] value = record.toString().getBytes(StandardCharsets.UTF_8);
        Decoded decoded = decoder.decode("cdc.acme.one", 0, 7, appendedAt, null, value);
        ObjectNode becomes = JsonNodeFactory.instance.objectNode();
        if (decoded.rejected()) {
            return becomes.put("reject", decoded.reject().reason());
        }
        RowChange change = decoded.change();
        becomes.put("kind", change.kind().name()).put("row", name(change, record));
        ObjectNode fields = becomes.putObject("fields");
        new TreeMap<>(change.fields()).forEach((column, field) -> fields.put(column, words(field)));
        return becomes;
    }

    private static String words(FieldValue field) {
        return field.state() == FieldState.PRESENT
                ? "PRESENT " + field.text()
                : field.state().name();
    }

    private static String name(RowChange change, JsonNode record) {
        if (change.rowKey() == null || !RowKey.isKeyless(change.rowKey())) {
            return change.rowKey();
        }
        assertThat(change.position().keyHash()).isNull();
        boolean before = change.rowKey().equals(content(record.get("before")));
        return before
                ? "the row before"
                : change.rowKey().equals(content(record.get("after"))) ? "the row itself" : change.rowKey();
    }

    private static String content(JsonNode row) {
        Map<String, FieldValue> fields = new HashMap<>();
        row.fields()
                .forEachRemaining(field -> fields.put(
                        field.getKey(), FieldValue.present(field.getValue().asText())));
        return RowKey.ofContent(Digests.content(fields));
    }
}
