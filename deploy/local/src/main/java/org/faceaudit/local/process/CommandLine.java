package org.faceaudit.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one operating system process is started.
 *
 * @param words the program and its arguments
 * @param environment variables added to those of the launcher
 * @param directory the working directory
 */
public record CommandLine(List<String> words, Map<String, String> environment, Path directory) {
    /** Copies the collections. */
    public CommandLine {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }
}
