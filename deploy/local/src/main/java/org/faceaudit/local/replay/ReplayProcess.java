package org.faceaudit.local.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.DataDirectory;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.ReplayProgram;
import org.faceaudit.local.stack.ResidentMemory;
import org.faceaudit.local.stack.StackState;
import org.faceaudit.sql.ReplaySchema;

/** The process that reads a running stack's topics once and judges them into a schema of its own. */
public final class ReplayProcess {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int LAST_LINES = 12;

    private final StackState stack;
    private final ReplaySchema schema;
    private final Path operators;
    private final Path work;
    private final Progress progress;

    /**
     * @param schema is there, and empty
     * @param operators directory of the operators' files
     * @param progress is told how long it takes and how much memory it holds
     */
    public ReplayProcess(StackState stack, ReplaySchema schema, Path operators, Progress progress) {
        this.stack = stack;
        this.schema = schema;
        this.operators = operators;
        this.work = stack.data().resolve("replay").resolve(schema.name());
        this.progress = progress;
    }

    /**
     * Sees to it that no other command makes the schema, for as long as the connection is open.
     *
     * @throws StackException if one does
     */
    public static void requireAlone(Connection connection, ReplaySchema schema) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended('faceaudit ' || ?, 0))")) {
            lock.setString(1, schema.name());
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new StackException("Another replay is making " + schema.name() + ": wait until it is done.");
                }
            }
        }
    }

    /** A directory for files that the process is to read, made empty. */
    public Path directory() throws IOException {
        DataDirectory.delete(work);
        return Files.createDirectories(work);
    }

    /**
     * Runs to the end; {@link #directory} has been asked for before.
     *
     * @param further arguments besides those that say where to read and write
     * @throws StackException when it fails, with its last words; what it wrote is not whole then
     */
    public void run(List<String> further) {
        Database audit = stack.audit();
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap",
                "127.0.0.1:" + stack.ports().kafka(),
                "--jdbc-url",
                audit.jdbcUrl(),
                "--jdbc-user",
                Database.JOB_ROLE,
                "--jdbc-password-file",
                audit.passwordFile(Database.JOB_ROLE).toString(),
                "--operators",
                operators.toString(),
                "--audit-schema",
                schema.tables()));
        arguments.addAll(further);
        try {
            Path out = work.resolve("replay.out");
            Process process = start(ReplayProgram.command(stack, work, arguments), out);
            try {
                await(process, out);
            } finally {
                process.destroyForcibly();
            }
            DataDirectory.delete(work);
        } catch (IOException e) {
            throw new StackException("The process of the replay cannot be started: " + e.getMessage(), e);
        }
    }

    private static Process start(CommandLine command, Path out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    /** To the end of the process, or of the stack: without its topics the process would wait for them for ever. */
    void await(Process process, Path out) throws IOException {
        long began = System.nanoTime();
        progress.line("replay", "judging", "pid " + process.pid() + " reads the topics to their end");
        try {
            long most = 0;
            long told = began;
            while (!process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!stack.isHeld()) {
                    throw new StackException(
                            "The stack in " + stack.data() + " was stopped while its topics were read, so"
                                    + " this is given up and left nothing: start the stack, then this again.");
                }
                most = Math.max(most, ResidentMemory.bytes(process.toHandle()));
                if (System.nanoTime() - told > BETWEEN_LINES.toNanos()) {
                    told = System.nanoTime();
                    progress.line("replay", "judging", spent(began, most));
                }
            }
            if (process.exitValue() != 0) {
                throw new StackException("The replay failed and left nothing. Its log is " + ReplayProgram.log(stack)
                        + "; its last words were:\n" + lastLines(out));
            }
            progress.line("replay", "done", spent(began, most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("The replay was given up and left nothing.", e);
        }
    }

    private static String spent(long began, long most) {
        return String.format(
                Locale.ROOT, "%.1f s, %d MiB resident at most", (System.nanoTime() - began) / 1e9, most >> 20);
    }

    private static String lastLines(Path out) throws IOException {
        List<String> lines = new String(Files.readAllBytes(out), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.isEmpty()
                ? "(nothing)"
                : String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
