package org.faceaudit.local.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.local.process.StackException;

/**
 * Which columns of a source were captured when it was last read from its beginning: of a row that is there already the log tells
 * nothing until it changes, so for more of them the source is to be read anew. Kept in a file of its own, which outlives the
 * connector, and written only when the connector has been told: whatever is interrupted is done again.
 */
final class CapturedColumns {
    /** The connector's setting that names them. */
    static final String SETTING = "column.include.list";

    private static final String DIRECTORY = "captured-columns";

    private final Path file;

    /** @param data directory of the stack */
    CapturedColumns(Path data, Mapping mapping) {
        this.file = data.resolve(DIRECTORY).resolve(mapping.topic());
    }

    /**
     * What is captured now and was not before, as a connector names columns; nothing of a source that was never captured.
     *
     * @param configured what the connector has been told, where an earlier version wrote no file; empty for a new one
     * @param now its configuration from now on
     */
    List<String> beside(Map<String, String> configured, Map<String, String> now) {
        String before = Files.exists(file) ? read() : configured.get(SETTING);
        if (before == null) {
            return List.of();
        }
        Set<String> captured = new TreeSet<>(Arrays.asList(now.get(SETTING).split(",", -1)));
        captured.removeAll(Arrays.asList(before.split(",", -1)));
        return captured.stream().map(name -> name.replace("\\", "")).toList();
    }

    private String read() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StackException("The data directory cannot be read: " + e.getMessage(), e);
        }
    }

    /** These columns are captured, from the source's beginning. */
    void keep(Map<String, String> now) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now.get(SETTING) + "\n");
        } catch (IOException e) {
            throw new StackException("The data directory cannot be written: " + e.getMessage(), e);
        }
    }
}
