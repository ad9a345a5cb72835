package org.faceaudit.local.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Notices that the files of a directory have changed, once they have stood still from one look to the next: an editor may be in
 * the middle of writing one. A file that was touched counts as changed, so that one that was refused for a reason outside itself
 * can be offered again.
 */
public final class DirectoryWatch {
    /** What a file was like at a look. */
    private record Print(FileTime modified, ByteBuffer content) {}

    private static final int DEPTH = 3;

    private final Path directory;
    private Map<String, Print> read;
    private Map<String, Print> seen;

    /** Takes what is there now as read. */
    public DirectoryWatch(Path directory) {
        this.directory = directory;
        this.read = look();
        this.seen = read;
    }

    Path directory() {
        return directory;
    }

    /** Whether there is something to read: what is there now is what was there at the look before, and was not read yet. */
    boolean hasNews() {
        Map<String, Print> now = look();
        boolean still = now.equals(seen);
        seen = now;
        if (!still || now.equals(read)) {
            return false;
        }
        read = now;
        return true;
    }

    /** Lets what is there be news again: it could not be taken this time. */
    void again() {
        read = Map.of();
    }

    private Map<String, Print> look() {
        Map<String, Print> prints = new TreeMap<>();
        for (Path file : files()) {
            try {
                prints.put(
                        directory.relativize(file).toString(),
                        new Print(Files.getLastModifiedTime(file), ByteBuffer.wrap(Files.readAllBytes(file))));
            } catch (NoSuchFileException gone) {
                // Between being listed and being read.
                continue;
            } catch (IOException unreadable) {
                prints.put(
                        directory.relativize(file).toString(),
                        new Print(FileTime.fromMillis(0), ByteBuffer.allocate(0)));
            }
        }
        return prints;
    }

    private List<Path> files() {
        // Below it lie the mappings of products that a file may use.
        try (Stream<Path> entries = Files.walk(directory, DEPTH)) {
            return entries.filter(entry -> entry.toString().matches(".*\\.ya?ml"))
                    .toList();
        } catch (IOException | UncheckedIOException away) {
            return List.of();
        }
    }
}
