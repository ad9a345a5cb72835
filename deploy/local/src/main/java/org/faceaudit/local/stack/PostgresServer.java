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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Component;
import org.faceaudit.local.process.OwnSession;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.process.StopSignal;

/** One PostgreSQL server with logical decoding, password logins only, on 127.0.0.1 only. */
final class PostgresServer implements Component {
    /** Times and sorting do not depend on the machine's locale or zone, and no locale has to be installed. */
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "LANG", "C", "TZ", "UTC");

    private final String name;
    private final Database database;
    private final Path directory;
    private final PostgresBinaries binaries;
    private final Unprivileged unprivileged;

    /**
     * @param name of the process
     * @param database by which it is asked
     * @param directory of its files
     */
    PostgresServer(
            String name, Database database, Path directory, PostgresBinaries binaries, Unprivileged unprivileged) {
        this.name = name;
        this.database = database;
        this.directory = directory;
        this.binaries = binaries;
        this.unprivileged = unprivileged;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:" + database.port();
    }

    @Override
    public StopSignal stopSignal() {
        return StopSignal.INT;
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        binaries.program("postgres");
        Path data = data();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(data);
        }
        removeMisleadingLock(data);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void initialise(Path data) throws IOException, InterruptedException {
        Path part = directory.resolve("initialising");
        DataDirectory.delete(part);
        Files.createDirectories(part);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Path passwordFile = part.resolve("password");
        Files.writeString(passwordFile, database.secrets().superuserPassword());
        unprivileged.own(directory);
        List<String> words = new ArrayList<>(OwnSession.prefix());
        words.addAll(unprivileged.prefix());
        words.addAll(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + part.resolve("data"),
                "--username=" + Database.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync",
                "--no-instructions"));
        Path log = directory.resolve("initdb.log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(ENVIRONMENT);
        Process initdb = builder.start();
        try {
            if (!initdb.waitFor(120, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
                throw new StackException("initdb failed for " + name() + ": "
                        + Files.readString(log)
                                .strip()
                                .lines()
                                .reduce((first, last) -> last)
                                .orElse("no message")
                        + " (whole log: " + log + ")");
            }
        } finally {
            initdb.destroyForcibly();
        }
        DataDirectory.delete(data);
        // All or nothing: a start killed meanwhile begins again.
        Files.move(part.resolve("data"), data, StandardCopyOption.ATOMIC_MOVE);
        DataDirectory.delete(part);
    }

    /**
     * After a kill the lock file stays. PostgreSQL sees by itself that nobody has that pid any more; that another program
     * has it by now, it takes for a running server.
     */
    private static void removeMisleadingLock(Path data) throws IOException {
        Path lock = data.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        List<String> lines = Files.readAllLines(lock);
        if (lines.isEmpty() || !lines.get(0).trim().matches("\\d{1,9}")) {
            return;
        }
        Optional<String> program = ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .flatMap(process -> process.info().command());
        if (program.isPresent() && !program.get().endsWith("postgres")) {
            Files.delete(lock);
        }
    }

    @Override
    public CommandLine command() {
        List<String> words = new ArrayList<>(unprivileged.prefix());
        try {
            words.add(binaries.program("postgres").toString());
        } catch (IOException e) {
            throw new StackException("The PostgreSQL programs cannot be unpacked: " + e.getMessage(), e);
        }
        words.addAll(List.of("-D", data().toString(), "-p", Integer.toString(database.port())));
        settings().forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return new CommandLine(words, ENVIRONMENT, directory);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("wal_level", "logical");
        settings.put("max_wal_senders", "20");
        settings.put("max_replication_slots", "20");
        // A forgotten slot must not fill the disk.
        settings.put("max_slot_wal_keep_size", "2GB");
        settings.put("max_connections", "60");
        settings.put("shared_buffers", "32MB");
        settings.put("max_wal_size", "256MB");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("jit", "off");
        return settings;
    }

    @Override
    public Optional<String> probe() {
        try (Connection connection = database.beside("postgres").superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('server_version'), current_setting('wal_level')")) {
            row.next();
            return Optional.of("PostgreSQL " + row.getString(1).split(" ", 2)[0] + ", wal_level " + row.getString(2));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
