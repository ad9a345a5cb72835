package org.faceaudit.oracle.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.faceaudit.oracle.Csv;

/**
 * The seed rows that every registry begins with.
 *
 * @param parameters rows of {@code parameter}
 * @param notices rows of {@code calendar_notice}
 * @param days rows of {@code calendar_day}
 */
public record LawRows(
        List<Map<String, String>> parameters, List<Map<String, String>> notices, List<Map<String, String>> days) {

    /**
     * Reads {@code parameter.csv}, {@code calendar_notice.csv} and {@code calendar_day.csv}.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static LawRows read(Path directory) {
        return new LawRows(
                rows(directory, "parameter.csv"),
                rows(directory, "calendar_notice.csv"),
                rows(directory, "calendar_day.csv"));
    }

    private static List<Map<String, String>> rows(Path directory, String file) {
        try {
            return Csv.rows(Files.readString(directory.resolve(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
