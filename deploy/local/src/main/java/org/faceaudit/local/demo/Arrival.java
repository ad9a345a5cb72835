package org.faceaudit.local.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.faceaudit.intake.operator.SourceKind;
import org.faceaudit.local.job.CompletedCheckpoint;
import org.faceaudit.local.job.JobRunner;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Connectors;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;

/**
 * Whether everything has come through: the job knows every source and the registry past a canary row written after all
 * others, and two further checkpoints are committed.
 */
final class Arrival {
    /** By how many checkpoints what the job knows must be followed: the first one that holds it, and one for its commit. */
    private static final int FURTHER_CHECKPOINTS = 2;

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final String REGISTRY = "registry/registry";

    private final AuditView view;
    private final JobRunner job;
    private final Connectors connectors;
    private final Progress progress;
    private final Map<String, Instant> canaries = new TreeMap<>();
    private final Map<String, String> said = new LinkedHashMap<>();
    private Map<String, SourceProgressRow> sources = Map.of();
    private long knownAtCheckpoint = -1;
    private long saidAt = System.nanoTime() - BETWEEN_LINES.toNanos();

    /** Writes the canary rows; everything that shall be waited for is committed already. */
    Arrival(Stack stack, AuditView view, JobRunner job, Progress progress) {
        this.view = view;
        this.job = job;
        this.connectors = stack.connectors();
        this.progress = progress;
        for (SampleSource source : SampleSource.all()) {
            canaries.put(
                    source.operator() + "/" + source.system(),
                    canary(stack.source(source.database()), source.heartbeatTable()));
        }
        canaries.put(REGISTRY, canary(stack.audit(), "registry.heartbeat"));
        progress.text("A canary row is written to " + canaries.size()
                + " databases; passed when the job knows all of them past it, and two checkpoints more are committed.");
    }

    private static Instant canary(Database database, String table) {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            boolean postgresql = database.kind() == SourceKind.POSTGRESQL;
            String now = postgresql ? "clock_timestamp()" : "sysdate(6)";
            int rows = statement.executeUpdate("UPDATE " + table + " SET beat_at = " + now + " WHERE id = 1");
            if (rows != 1) {
                throw new StackException(table + " of " + database.name() + " has no row with id 1.");
            }
            // Read after the commit, so it is not before the commit time that the change will carry; as seconds, which
            // mean the same in every zone.
            String seconds = (postgresql ? "extract(epoch FROM " : "unix_timestamp(") + now + ")";
            try (ResultSet read = statement.executeQuery("SELECT " + seconds)) {
                read.next();
                return Instant.EPOCH.plusNanos(
                        read.getBigDecimal(1).movePointRight(9).longValue());
            }
        } catch (SQLException e) {
            throw new StackException("The canary of " + database.name() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Looks once; says what has changed since it last said something. */
    boolean passed() {
        sources = view.sources().stream()
                .collect(Collectors.toMap(row -> row.operator() + "/" + row.system(), row -> row));
        Optional<CompletedCheckpoint> checkpoint = job.newestCheckpoint();
        long number = checkpoint.map(CompletedCheckpoint::number).orElse(0L);
        boolean known = behind().isEmpty();
        if (known && knownAtCheckpoint < 0) {
            knownAtCheckpoint = number;
        }
        boolean passed = known && number >= knownAtCheckpoint + FURTHER_CHECKPOINTS;
        if (passed || System.nanoTime() - saidAt >= BETWEEN_LINES.toNanos()) {
            say(number);
            saidAt = System.nanoTime();
        }
        return passed;
    }

    private void say(long checkpoint) {
        canaries.forEach((source, canary) -> {
            SourceProgressRow row = sources.get(source);
            String line = row == null ? "nothing read yet" + connectorState(source) : evidence(row, canary);
            // Heartbeats move every line each second; once past the canary the line is of no more interest.
            String gist = row != null && isPast(row, canary) ? "past" : line;
            if (!gist.equals(said.put(source, gist))) {
                progress.line(source, row == null ? "waiting" : row.state(), line);
            }
        });
        progress.line(
                "job", "works", checkpoint == 0 ? "no checkpoint yet" : "checkpoint " + checkpoint + " is complete");
    }

    private static String evidence(SourceProgressRow row, Instant canary) {
        String read = String.format(Locale.ROOT, "%,d changes read, %,d rejected", row.changes(), row.rejects());
        if (row.knownThrough() == null) {
            return read + ", the snapshot is not complete";
        }
        return read + ", known through " + row.knownThrough() + (isPast(row, canary) ? " (past the canary)" : "");
    }

    private String connectorState(String source) {
        return connectors
                .status(source.equals(REGISTRY) ? "cdc.registry" : "cdc." + source.replace('/', '.'))
                .filter(status -> !status.running())
                .map(status -> ", connector " + status.state() + " " + status.taskStates()
                        + status.trace().map(trace -> ": " + trace).orElse(""))
                .orElse("");
    }

    /** What has not come through yet, for people. */
    String waitingFor() {
        List<String> behind = behind();
        if (!behind.isEmpty()) {
            return "the job does not know past the canary of " + String.join(", ", behind) + ".";
        }
        return "fewer than " + FURTHER_CHECKPOINTS + " further checkpoints were committed.";
    }

    private List<String> behind() {
        return canaries.entrySet().stream()
                .filter(canary -> !isPast(sources.get(canary.getKey()), canary.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isPast(SourceProgressRow row, Instant canary) {
        return row != null && row.knownThrough() != null && !row.knownThrough().isBefore(canary);
    }
}
