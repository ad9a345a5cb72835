package org.faceaudit.sql.catalogue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the rows of a CSV file as column to text. */
final class CsvRows {

    private static final ObjectReader ROWS = new CsvMapper()
            .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader());

    private CsvRows() {}

    /**
     * The rows in the order of the file; a column that a row leaves empty is the empty text.
     *
     * @throws IOException when a row has more or fewer cells than the header, too
     */
    static List<Map<String, String>> of(Path file) throws IOException {
        try (MappingIterator<Map<String, String>> rows =
                ROWS.readValues(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return rows.readAll();
        }
    }
}
