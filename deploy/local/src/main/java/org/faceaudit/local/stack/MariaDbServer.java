package org.faceaudit.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Component;
import org.faceaudit.local.process.OwnSession;
import org.faceaudit.local.process.StackException;

/** One MariaDB server with a binary log of whole rows, password logins only, on 127.0.0.1 only. */
final class MariaDbServer implements Component {
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "LANG", "C", "TZ", "UTC");

    private static final String LOG_FILE_SIZE = "--innodb-log-file-size=16M";

    private final String name;
    private final Database system;
    private final Path directory;
    private final MariaDbBinaries binaries;

    /**
     * @param name of the process
     * @param system its own database {@code mysql}, by which it is asked
     * @param directory of its files
     */
    MariaDbServer(String name, Database system, Path directory, MariaDbBinaries binaries) {
        this.name = name;
        this.system = system;
        this.directory = directory;
        this.binaries = binaries;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:" + system.port();
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        binaries.directory();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        if (!Files.exists(data().resolve("mysql"))) {
            initialise();
        }
        // Run at every start, so that whatever start made the first tables, the password is the stack's.
        Files.writeString(
                logins(), """
                SET SESSION sql_log_bin = 0;
                DELETE FROM mysql.global_priv WHERE User = '' OR User = '%1$s' AND Host <> '127.0.0.1';
                FLUSH PRIVILEGES;
                CREATE OR REPLACE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'127.0.0.1' WITH GRANT OPTION;
                """.formatted(system.superuserName(), system.secrets().superuserPassword()));
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path logins() {
        return directory.resolve("logins.sql");
    }

    private void initialise() throws IOException, InterruptedException {
        Path part = directory.resolve("initialising");
        DataDirectory.delete(part);
        Files.createDirectories(part);
        // What mariadb-install-db does, which is a script that breaks at a space in a path.
        Path statements = directory.resolve("system.sql");
        StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
        for (Path file : binaries.systemTables()) {
            sql.append(Files.readString(file)).append('\n');
        }
        Files.writeString(statements, sql);
        List<String> words = new ArrayList<>(OwnSession.prefix());
        words.addAll(List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--bootstrap",
                "--basedir=" + binaries.directory(),
                "--datadir=" + part,
                "--user=" + System.getProperty("user.name"),
                "--skip-name-resolve",
                LOG_FILE_SIZE));
        Path log = directory.resolve("bootstrap.log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectInput(statements.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(ENVIRONMENT);
        Process bootstrap = builder.start();
        try {
            if (!bootstrap.waitFor(120, TimeUnit.SECONDS) || bootstrap.exitValue() != 0) {
                throw new StackException("The first tables of " + name + " cannot be made; the log is " + log + ".");
            }
        } finally {
            bootstrap.destroyForcibly();
        }
        DataDirectory.delete(data());
        // All or nothing: a start killed meanwhile begins again.
        Files.move(part, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public CommandLine command() {
        List<String> words = new ArrayList<>();
        try {
            words.add(binaries.server().toString());
            words.addAll(List.of("--no-defaults", "--basedir=" + binaries.directory()));
        } catch (IOException e) {
            throw new StackException("The MariaDB programs cannot be unpacked: " + e.getMessage(), e);
        }
        words.addAll(List.of(
                "--datadir=" + data(),
                "--user=" + System.getProperty("user.name"),
                "--bind-address=127.0.0.1",
                "--port=" + system.port(),
                // Within the data: a path of its own might be longer than the system allows for a socket.
                "--socket=mariadb.sock",
                "--pid-file=" + directory.resolve("mariadb.pid"),
                "--init-file=" + logins(),
                "--skip-name-resolve",
                "--server-id=1",
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--max-binlog-size=64M",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+08:00",
                "--max-connections=40",
                "--performance-schema=OFF",
                "--innodb-buffer-pool-size=24M",
                LOG_FILE_SIZE,
                "--aria-pagecache-buffer-size=4M",
                "--key-buffer-size=1M"));
        return new CommandLine(words, ENVIRONMENT, directory);
    }

    @Override
    public Optional<String> probe() {
        try (Connection connection = system.superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version(), @@binlog_format")) {
            row.next();
            return Optional.of("MariaDB " + row.getString(1).split("-", 2)[0] + ", binlog_format " + row.getString(2));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
