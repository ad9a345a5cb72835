package org.faceaudit.cli;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.sql.LawFiles;

/** Reads the seed files of the law, column to text; an empty cell is SQL NULL, as COPY reads it, and left out. */
final class LawCsv {

    private LawCsv() {}

    /** @throws UncheckedIOException if the file is missing or no CSV: the build is broken */
    static List<Map<String, String>> rows(String file) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (InputStream stream = LawFiles.open(file);
                MappingIterator<Map<String, String>> lines = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(stream)) {
            while (lines.hasNext()) {
                Map<String, String> values = new HashMap<>(lines.next());
                values.values().removeIf(String::isEmpty);
                rows.add(values);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sql/law/" + file + " cannot be read", e);
        }
        return rows;
    }
}
