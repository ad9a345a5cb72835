package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.Test;

/**
 * What is read of records that Debezium 3.7 wrote of a PostgreSQL 17 under every replica identity, and Debezium 3.5 of a MariaDB
 * 11.4 under every row image, where it did not fail; the whole-stack tests' {@code RowImageRecorderIT} records them anew. Beside
 * them stand those of {@link RowImagesTest}, written by hand.
 */
class CapturedRowImagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESOURCES = "/org/faceaudit/intake/row-images.";

    @Test
    void recordsOfPostgresqlAreReadAsWhatWasDone() throws Exception {
        assertThat(read("postgresql"))
                .containsExactly(
                        "by_default: an insert -> UPSERT b1/7 branch=b1 day=2026-01-05 kept=true no=7 photo=d1:present:image/jpeg:64k",
                        "by_default: an update that leaves the photo alone -> UPDATE b1/7 branch=b1 day=2026-01-05 kept=false no=7 photo=UNCHANGED",
                        "by_default: an update to NULL of a column with a default -> UPDATE b1/7 branch=b1 day=ABSENT kept=ABSENT no=7 photo=ABSENT",
                        "by_default: a delete -> DELETE b1/7",
                        "by_index: an insert -> UPSERT b1/7 branch=b1 day=2026-01-05 kept=true no=7 photo=d1:present:image/jpeg:64k",
                        "by_index: an update that leaves the photo alone -> UPDATE b1/7 branch=b1 day=2026-01-05 kept=false no=7 photo=UNCHANGED",
                        "by_index: an update to NULL of a column with a default -> UPDATE b1/7 branch=b1 day=ABSENT kept=ABSENT no=7 photo=ABSENT",
                        "by_index: a delete -> DELETE b1/7",
                        "by_other_index: an insert -> UPSERT b1/7 branch=b1 day=2026-01-05 kept=true no=7 photo=d1:present:image/jpeg:64k",
                        "by_other_index: an update that leaves the photo alone -> UPDATE b1/7 branch=b1 day=2026-01-05 kept=false no=7 photo=UNCHANGED",
                        "by_other_index: an update to NULL of a column with a default -> UPDATE b1/7 branch=b1 day=ABSENT kept=ABSENT no=7 photo=ABSENT",
                        // The key that is not in the identity comes as an invented 0, and doctor refuses such a table.
                        "by_other_index: a delete -> key-not-logged",
                        "by_full: an insert -> UPSERT b1/7 branch=b1 day=2026-01-05 kept=true no=7 photo=d1:present:image/jpeg:64k",
                        "by_full: an update that leaves the photo alone -> UPDATE b1/7 branch=b1 day=2026-01-05 kept=false no=7 photo=d1:present:image/jpeg:64k",
                        "by_full: an update to NULL of a column with a default -> UPDATE b1/7 branch=b1 day=ABSENT kept=ABSENT no=7 photo=ABSENT",
                        "by_full: a delete -> DELETE b1/7",
                        "passage: an insert -> UPSERT row day=2026-01-05 kept=true photo=d1:present:image/jpeg:64k",
                        "passage: an update that leaves the photo alone -> UPDATE row day=2026-01-05 kept=false photo=d1:present:image/jpeg:64k",
                        "passage: an update to NULL of a column with a default -> UPDATE row day=ABSENT kept=ABSENT photo=ABSENT",
                        "passage: a delete -> DELETE row",
                        "by_default: an insert -> UPSERT b1/8 branch=b1 day=2026-01-05 kept=true no=8 photo=d1:present:image/jpeg:64k",
                        "by_default: an update of the key itself comes as a delete of the old one -> DELETE b1/8",
                        "by_default: and as an insert of the new one -> UPSERT b1/9 branch=b1 day=2026-01-05 kept=true no=9 photo=UNCHANGED",
                        "by_nothing: an insert -> UPSERT b1/7 branch=b1 day=2026-01-05 kept=true no=7 photo=d1:present:image/jpeg:64k",
                        "by_nothing: a truncate -> TRUNCATE",
                        "strict, no column of which may be NULL: an insert -> UPSERT b1/7 branch=b1 day=2026-01-05 kept=true no=7 photo=d1:present:image/jpeg:64k",
                        // A default and the first day of the epoch come as if the row had held them.
                        "strict, no column of which may be NULL: a delete -> DELETE b1/7");
    }

    @Test
    void recordsOfMariaDbAreReadAsWhatWasDoneAndRowsThatAreNotWholeAreNotThere() throws Exception {
        String whole = "day=2026-01-05 kept=1";
        String photo = "photo=d1:present:image/jpeg:64k";
        String fails =
                " -> the connector fails: io.debezium.DebeziumException: Error processing row in face, internal schema"
                        + " size 5, but row size %d , restart connector with schema recovery mode.";
        assertThat(read("mariadb"))
                .containsExactly(
                        "images.face: an insert -> UPSERT b1/7 branch=b1 " + whole + " no=7 " + photo,
                        "images.face: an update that leaves the photo alone -> UPDATE b1/7 branch=b1 day=2026-01-05 kept=0 no=7 "
                                + photo,
                        "images.face: an update to NULL of a column with a default -> UPDATE b1/7 branch=b1 day=ABSENT kept=ABSENT no=7 photo=ABSENT",
                        "images.face: a delete -> DELETE b1/7",
                        "images.passage: an insert -> UPSERT row " + whole + " " + photo,
                        "images.passage: an update that leaves the photo alone -> UPDATE row day=2026-01-05 kept=0 "
                                + photo,
                        "images.passage: an update to NULL of a column with a default -> UPDATE row day=ABSENT kept=ABSENT photo=ABSENT",
                        "images.passage: a delete -> DELETE row",
                        "images.face: an insert -> UPSERT b1/8 branch=b1 " + whole + " no=8 " + photo,
                        "images.face: an update of the key itself comes as a delete of the old one -> DELETE b1/8",
                        "images.face: and as an insert of the new one -> UPSERT b1/9 branch=b1 " + whole + " no=9 "
                                + photo,
                        "images.face: a truncate -> TRUNCATE",
                        "row image NOBLOB: an insert that names every column -> UPSERT b1/1 branch=b1 " + whole
                                + " no=1 " + photo,
                        "row image NOBLOB: an update that leaves the photo alone" + fails.formatted(4),
                        "row image NOBLOB: an update of the photo" + fails.formatted(4),
                        "row image NOBLOB: an insert without a key -> UPSERT row " + whole + " " + photo,
                        "row image NOBLOB: a delete without a key -> DELETE row",
                        "row image MINIMAL: an insert that names every column -> UPSERT b1/1 branch=b1 " + whole
                                + " no=1 " + photo,
                        "row image MINIMAL: an update that leaves the photo alone" + fails.formatted(2),
                        "row image MINIMAL: an update of the photo" + fails.formatted(2),
                        "row image MINIMAL: a delete" + fails.formatted(2),
                        "row image MINIMAL: an insert without a key -> UPSERT row " + whole + " " + photo,
                        "row image MINIMAL: a delete without a key -> DELETE row");
    }

    private static List<String> read(String kind) throws Exception {
        Path file = Path.of(CapturedRowImagesTest.class
                .getResource(RESOURCES + kind + ".yaml")
                .toURI());
        EnvelopeDecoder decoder = new EnvelopeDecoder(OperatorFiles.read(file).mapping());
        List<String> read = new ArrayList<>();
        for (String line : Files.readAllLines(file.resolveSibling("row-images." + kind + ".jsonl"))) {
            JsonNode pair = JSON.readTree(line);
            if (pair.has("failed")) {
                read.add(pair.get("about").asText() + " -> the connector fails: "
                        + pair.get("failed").asText());
                continue;
            }
            JsonNode record = pair.get("record");
            JsonNode key = pair.path("key");
            Decoded decoded = decoder.decode(
                    record.path("source").path("name").asText(),
                    0,
                    read.size(),
                    Instant.ofEpochMilli(record.path("ts_ms").asLong()).toEpochMilli(),
                    key.isObject() ? key.toString().getBytes(StandardCharsets.UTF_8) : null,
                    record.toString().getBytes(StandardCharsets.UTF_8));
            read.add(pair.get("about").asText() + " -> " + words(decoded));
        }
        return read;
    }

    private static String words(Decoded decoded) {
        if (decoded.rejected()) {
            return decoded.reject().reason();
        }
        RowChange change = decoded.change();
        StringBuilder words = new StringBuilder(change.kind().name());
        if (change.rowKey() != null) {
            words.append(' ').append(RowKey.isKeyless(change.rowKey()) ? "row" : change.rowKey());
        }
        new TreeMap<>(change.fields())
                .forEach((column, field) -> words.append(' ')
                        .append(column)
                        .append('=')
                        .append(field.state() == FieldState.PRESENT ? field.text() : field.state()));
        return words.toString();
    }
}
