package org.faceaudit.cli;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.Registry;
import org.faceaudit.sql.LawFiles;

/** The law as it is seeded: calendar and parameters from the files that the migrations read too. */
final class SeedLaw {

    private SeedLaw() {}

    /** @throws UncheckedIOException if a seed file is missing or no CSV: the build is broken */
    static Registry registry() {
        List<RegistryChange> rows = new ArrayList<>();
        rows.addAll(rows("calendar_notice", "id"));
        rows.addAll(rows("calendar_day", "notice_id", "day"));
        rows.addAll(rows("parameter", "name", "scope", "valid_from"));
        return Registry.of(rows);
    }

    private static List<RegistryChange> rows(String table, String... keyColumns) {
        List<RegistryChange> rows = new ArrayList<>();
        String file = table + ".csv";
        try (InputStream stream = LawFiles.open(file);
                MappingIterator<Map<String, String>> lines = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(stream)) {
            while (lines.hasNext()) {
                Map<String, String> values = new HashMap<>(lines.next());
                // an empty cell is SQL NULL, as COPY reads it
                values.values().removeIf(String::isEmpty);
                List<String> key = new ArrayList<>();
                for (String column : keyColumns) {
                    key.add(values.get(column));
                }
                rows.add(new RegistryChange(
                        table, String.join("/", key), true, values, position(file, rows.size() + 1L)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sql/law/" + file + " cannot be read", e);
        }
        return rows;
    }

    private static Position position(String file, long row) {
        return new Position("sql/law/" + file, 0, row, null, null, null, null, Instant.EPOCH, true);
    }
}
