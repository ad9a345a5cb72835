package org.faceaudit.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.faceaudit.local.process.StackException;

/** Guards what the demo may erase: only a directory that a demo made, or an empty one. */
final class DemoDirectory {
    /** Lies where a fresh start erases nothing, so that it outlives a start that fails half way. */
    private static final Path MARKER = Path.of("run", "erased-by-every-demo");
    /** What a start that failed early leaves behind. */
    private static final Set<String> REMAINS = Set.of("launcher.lock", "software", "run");

    private DemoDirectory() {}

    /**
     * Refuses a directory that holds anything else.
     *
     * @throws StackException with a sentence that names it
     */
    static void requireErasable(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        List<String> names;
        try (Stream<Path> entries = Files.list(directory)) {
            names = entries.map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StackException("The directory " + directory + " cannot be listed: " + e.getMessage(), e);
        }
        if (!Files.exists(directory.resolve(MARKER)) && !REMAINS.containsAll(names)) {
            throw new StackException("The demo erases its directory at every start, and " + directory
                    + " was not made by a demo: name an empty or a new one with --data DIR.");
        }
    }

    /** Marks a directory, which need not exist yet, as one that a demo made. */
    static void mark(Path directory) {
        Path marker = directory.resolve(MARKER);
        try {
            Files.createDirectories(marker.getParent());
            Files.writeString(marker, "./faceaudit demo erases this directory at every start.\n");
        } catch (IOException e) {
            throw new StackException("The directory " + directory + " cannot be written: " + e.getMessage(), e);
        }
    }
}
