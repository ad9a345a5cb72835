package org.faceaudit.local.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.faceaudit.cli.ShippedLaw;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.DataDirectory;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.ReplayProgram;
import org.faceaudit.local.stack.ResidentMemory;
import org.faceaudit.local.stack.StackState;
import org.faceaudit.sql.ReplaySchema;
import org.flywaydb.core.api.FlywayException;

/**
 * Rebuilds the tables of a running stack as they would have stood, in schemas of their own. Reads the stack's topics, and of
 * its database the registry's names and numbers; the live tables, topics and job stay as they are.
 */
public final class Replay {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int LAST_LINES = 12;

    private final StackState stack;
    private final LegalDay day;
    private final Instant asOf;
    private final ShippedLaw law;
    private final ReplaySchema schema;
    private final Progress progress;

    /**
     * @param stack runs
     * @param day the legal day whose end is the as-of instant
     * @param asOf the last instant that may be known
     * @param law {@code null} for the law in force
     */
    public Replay(StackState stack, LegalDay day, Instant asOf, ShippedLaw law, Progress progress) {
        this.stack = stack;
        this.day = day;
        this.asOf = asOf;
        this.law = law;
        this.progress = progress;
        this.schema = new ReplaySchema("replay_" + day.toString().replace("-", "")
                + (law == null ? "" : "_" + law.law().version().replace('-', '_')));
    }

    /** Where the views are. */
    public String schema() {
        return schema.name();
    }

    /**
     * Runs to the end, in place of an earlier replay of the same day and law.
     *
     * @param operators directory of the operators' files; {@code null} for the one that the stack's job was started with
     * @throws StackException when it cannot be done, as a sentence; no schema is left then
     */
    public void run(Path operators) {
        Path files = operators != null ? operators : PipelineJob.operators(stack);
        if (!Files.isDirectory(files)) {
            throw new StackException(files + " is not a directory: name the one with the operators' YAML files by"
                    + " --operators DIR.");
        }
        Database audit = stack.audit();
        try (Connection connection = audit.superuser()) {
            requireAlone(connection);
            boolean whole = false;
            try {
                makeSchema(audit);
                judge(files.toAbsolutePath());
                requireJudged(audit);
                schema.open(connection, comment());
                whole = true;
            } finally {
                if (!whole) {
                    schema.drop(connection);
                }
            }
        } catch (SQLException e) {
            throw new StackException("The audit database of the stack refuses the replay: " + e.getMessage(), e);
        }
    }

    private void requireAlone(Connection connection) throws SQLException {
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

    private void makeSchema(Database audit) throws SQLException {
        try {
            schema.create(
                    audit.jdbcUrl(),
                    Database.SUPERUSER,
                    audit.passwordOf(Database.SUPERUSER),
                    day.date(),
                    law == null ? null : law.law().version());
        } catch (IOException | FlywayException e) {
            throw new StackException("The tables of the replay cannot be made: " + e.getMessage(), e);
        }
        progress.line("replay", "prepared", "schema " + schema.name() + ", as of " + asOf);
    }

    /** Without the registry nothing is judged, and no alert would look like no breach. */
    private void requireJudged(Database audit) {
        if (!new ReplayView(audit, schema.name()).knowsTheRegistry()) {
            throw new StackException("The registry has not been captured yet, so nothing can be judged: wait until"
                    + " ./faceaudit status knows it.");
        }
    }

    private String comment() {
        return "As of " + day + " (Asia/Shanghai), by " + lawName() + "; made " + Instant.now() + " / 截至" + day + "的回放";
    }

    private String lawName() {
        return law == null ? "the law in force" : law.law().version();
    }

    private void judge(Path operators) {
        Path work = stack.data().resolve("replay").resolve(schema.name());
        try {
            DataDirectory.delete(work);
            Files.createDirectories(work);
            Path out = work.resolve("replay.out");
            Process process = start(ReplayProgram.command(stack, work, arguments(operators, work)), out);
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

    private List<String> arguments(Path operators, Path work) throws IOException {
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
                "--as-of",
                asOf.toString(),
                "--audit-schema",
                schema.tables()));
        if (law != null) {
            Path file = work.resolve("law.json");
            new ObjectMapper().writeValue(file.toFile(), law.law());
            // Another set of law speaks of the filing duty alone.
            arguments.addAll(List.of("--law-file", file.toString(), "--judge", "persons"));
        }
        return arguments;
    }

    private static Process start(CommandLine command, Path out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    private void await(Process process, Path out) throws IOException {
        long began = System.nanoTime();
        progress.line("replay", "judging", "pid " + process.pid() + " reads the topics to their end");
        try {
            long most = 0;
            while (!process.waitFor(BETWEEN_LINES.toMillis(), TimeUnit.MILLISECONDS)) {
                most = Math.max(most, ResidentMemory.bytes(process.toHandle()));
                progress.line("replay", "judging", seconds(began) + ", " + (most >> 20) + " MiB resident");
            }
            if (process.exitValue() != 0) {
                throw new StackException("The replay failed and left nothing. Its log is " + ReplayProgram.log(stack)
                        + "; its last words were:\n" + lastLines(out));
            }
            progress.line("replay", "done", seconds(began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("The replay was given up and left nothing.", e);
        }
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
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
