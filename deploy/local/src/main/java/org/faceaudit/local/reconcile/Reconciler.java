package org.faceaudit.local.reconcile;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.faceaudit.cli.reconcile.Counts;
import org.faceaudit.cli.reconcile.NotComparableException;
import org.faceaudit.cli.reconcile.SourceReading;
import org.faceaudit.cli.reconcile.TopicReading;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.StackState;

/**
 * Compares one source with its topic: first the topic's end, then the source as one snapshot sees it, then the topic from its
 * beginning up to that snapshot, so that nothing is called a difference that is only on its way.
 *
 * <p>Independent of capture and job are the numbers of rows at the source ({@code count(*)}) and the reading of its columns by
 * SQL. What both sides share is the mapping as read, the making of tokens, and how persons follow of rows; the topic's records
 * are decoded by the decoder that the job uses, so that what it refuses is missing here as it is there. The job's own state
 * is not asked.
 */
final class Reconciler {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final StackState stack;
    private final SourceAddress source;
    private final Mapping mapping;

    private Reconciler(StackState stack, SourceAddress source, Mapping mapping) {
        this.stack = stack;
        this.source = source;
        this.mapping = mapping;
    }

    /**
     * A comparison of the source that a file describes.
     *
     * @throws NotComparableException if the file cannot be read, or is not what the running stack captures by
     */
    static Reconciler of(StackState stack, Path path) throws NotComparableException {
        if (!stack.isHeld()) {
            throw new NotComparableException("No faceaudit runs on " + stack.data()
                    + ": start it with ./faceaudit up or ./faceaudit demo, or name its directory with --data DIR.");
        }
        try {
            OperatorFile file = OperatorFiles.read(path);
            Optional<Path> running = Captures.prepared(stack, file);
            if (running.isEmpty()) {
                throw new NotComparableException("The stack in " + stack.data() + " does not capture " + path + " ("
                        + file.mapping().topic() + ") as it is written now: start it again with the file as it is.");
            }
            return new Reconciler(
                    stack, file.source(), OperatorFiles.read(running.get()).mapping());
        } catch (OperatorFileException e) {
            throw new NotComparableException(e.getMessage(), e);
        }
    }

    /**
     * Compares, and records what was found.
     *
     * @param until how long to wait for the topic
     * @throws NotComparableException if that cannot be done now
     */
    Comparison compare(Instant until, Progress progress) throws NotComparableException {
        try (EvidenceTopic topic =
                new EvidenceTopic("127.0.0.1:" + stack.ports().kafka(), mapping.topic())) {
            long appendedBefore = topic.end();
            SourceReading.Held held = ask();
            progress.line(
                    mapping.topic(),
                    "asked",
                    "the source holds " + held.counts().rows() + " rows at "
                            + held.snapshot().logPosition());
            TopicReading reading = new TopicReading(mapping, held.snapshot(), appendedBefore);
            topic.read(reading, until, progress);
            Comparison comparison =
                    new Comparison(mapping.topic(), held.snapshot().logPosition(), held.counts(), reading.counts());
            record(comparison);
            return comparison;
        }
    }

    private SourceReading.Held ask() throws NotComparableException {
        String secret = Captures.tokenKey(stack.secrets(), mapping);
        try (Connection connection = DriverManager.getConnection(source.url(), properties())) {
            return SourceReading.of(source.kind(), connection, mapping, secret);
        } catch (SQLException e) {
            throw new NotComparableException(
                    "The source " + source.url() + " cannot be counted as " + source.user() + ": " + firstLine(e), e);
        }
    }

    private Properties properties() throws NotComparableException {
        Properties properties = new Properties();
        properties.setProperty("user", source.user());
        properties.setProperty("password", password());
        switch (source.kind()) {
            case POSTGRESQL -> {
                properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
                properties.setProperty("ApplicationName", "faceaudit-reconcile");
            }
            case MARIADB -> {
                properties.setProperty("connectTimeout", Long.toString(CONNECT.toMillis()));
                // As the connector sees it: a small number, and no flag.
                properties.setProperty("tinyInt1isBit", "false");
            }
        }
        return properties;
    }

    private String password() throws NotComparableException {
        return Optional.ofNullable(System.getenv(source.passwordVariable()))
                .or(() -> stack.samplePassword(source.url(), source.user()))
                .orElseThrow(() -> new NotComparableException("The environment variable " + source.passwordVariable()
                        + " is not set; export the password of " + source.user() + " in it."));
    }

    private void record(Comparison comparison) throws NotComparableException {
        Counts there = comparison.source();
        Counts here = comparison.here();
        try (Connection connection = stack.audit().connect(Database.JOB_ROLE);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO registry.reconciliation (operator_id, system_id, log_position, rows_source,"
                                + " rows_here, persons_source, persons_here) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, mapping.operator());
            insert.setString(2, mapping.system());
            insert.setString(3, comparison.logPosition());
            insert.setLong(4, there.rows());
            insert.setLong(5, here.rows());
            insert.setLong(6, there.persons());
            insert.setLong(7, here.persons());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new NotComparableException(
                    "What was found cannot be recorded in the audit database: " + firstLine(e), e);
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
