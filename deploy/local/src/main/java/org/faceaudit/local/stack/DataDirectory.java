package org.faceaudit.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.faceaudit.local.process.StackException;

/** Everything that one stack keeps on disk; held by one live launcher at a time. */
public final class DataDirectory implements AutoCloseable {
    /** Below this a start is refused: a log that cannot be written to its end is worse than no start. */
    static final long LEAST_FREE_BYTES = 2L << 30;

    /** Below this everything is stopped in good order, while the databases and the broker can still end as they should. */
    private static final long LEAST_FREE_BYTES_TO_GO_ON = 256L << 20;

    private static final String LOCK = "launcher.lock";

    /** What this process holds: on Linux, to close any second channel on a lock file would give the lock away. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the directory if need be, and takes its lock; the lock ends with the process, however that ends.
     *
     * @throws StackException when it cannot be written, has less than 2 GiB left, or belongs to a running launcher
     */
    public static DataDirectory open(Path root) {
        return open(root, LEAST_FREE_BYTES);
    }

    static DataDirectory open(Path root, long leastFreeBytes) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Path probe = Files.createTempFile(absolute, "writable", ".probe");
            Files.delete(probe);
        } catch (IOException e) {
            throw new StackException(
                    "The data directory " + absolute + " cannot be written (" + reason(e)
                            + "): choose another with --data DIR.",
                    e);
        }
        requireSpace(absolute, leastFreeBytes);
        return new DataDirectory(absolute, lock(absolute));
    }

    private static void requireSpace(Path root, long leastFreeBytes) {
        long free = freeBytes(root);
        if (free < leastFreeBytes) {
            throw new StackException(String.format(
                    Locale.ROOT,
                    "The disk of %s has only %d MiB left, and %d MiB are needed: free some, or choose another with --data DIR.",
                    root,
                    free >> 20,
                    leastFreeBytes >> 20));
        }
    }

    private static long freeBytes(Path root) {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw new StackException("The disk of " + root + " cannot be asked for its free space: " + reason(e), e);
        }
    }

    /**
     * Refuses to go on with a disk that is nearly full.
     *
     * @throws StackException when less than 256 MiB are left
     */
    public void requireSpaceToGoOn() {
        requireSpaceToGoOn(LEAST_FREE_BYTES_TO_GO_ON);
    }

    void requireSpaceToGoOn(long leastFreeBytes) {
        long free = freeBytes(root);
        if (free < leastFreeBytes) {
            throw new StackException(String.format(
                    Locale.ROOT,
                    "The disk of %s has only %d MiB left, so everything is stopped before something cannot be written:"
                            + " free %d MiB and start again; nothing is lost.",
                    root,
                    free >> 20,
                    LEAST_FREE_BYTES >> 20));
        }
    }

    private static FileChannel lock(Path root) {
        if (!HELD.add(root)) {
            throw held(root);
        }
        try {
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                HELD.remove(root);
                throw held(root);
            }
            return channel;
        } catch (IOException e) {
            HELD.remove(root);
            throw new StackException("The lock file in " + root + " cannot be used: " + reason(e), e);
        }
    }

    private static StackException held(Path root) {
        return new StackException("Another faceaudit runs on " + root
                + ": stop it first (Ctrl-C there), or choose another directory with --data DIR.");
    }

    /** Whether a live launcher holds the lock of a directory. */
    static boolean isHeld(Path root) {
        Path file = root.resolve(LOCK);
        if (HELD.contains(root)) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            throw new StackException("The lock file in " + root + " cannot be used: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    /** The absolute path of a part of it; parents are created. */
    public Path resolve(String first, String... more) {
        Path path = root.resolve(Path.of(first, more));
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    /** A directory inside; it exists on return. */
    public Path directory(String first, String... more) {
        Path path = resolve(first, more);
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory itself. */
    public Path root() {
        return root;
    }

    /**
     * Erases all data, so that the next start is a fresh one; unpacked software stays. Only to be called when no process
     * of the stack runs.
     */
    public void erase() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(LOCK) && !name.equals("software") && !name.equals("run")) {
                    delete(entry);
                }
            }
        }
    }

    /** Deletes a file or a directory with all that is in it, if it is there. */
    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        lockFile.close();
        HELD.remove(root);
    }
}
