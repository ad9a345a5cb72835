package org.faceaudit.local.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.faceaudit.cli.capture.CatalogueLook;
import org.faceaudit.cli.source.SourceConnection;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;

/**
 * Looks into the catalogue of every captured source now and then, with the rights of the capture, and enters into the
 * registry what is not as the operator's file says: under an allow-list no change tells of it. What it finds is a row, judged
 * as every row is; what it is worth, the rule says.
 *
 * <p>A source that cannot be asked is asked again the next time. Whether it is heard at all is another rule's question.
 */
public final class SchemaWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(40);

    private final Stack stack;
    private final Progress progress;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "watch-schemas");
    private final Set<String> unasked = new HashSet<>();
    private final Passwords passwords;
    private final Supplier<List<Described>> sources;
    private final FileVersions versions;

    private SchemaWatch(Stack stack, Passwords passwords, Supplier<List<Described>> sources, Duration pause) {
        this.stack = stack;
        this.passwords = passwords;
        this.sources = sources;
        this.versions = new FileVersions(stack.secrets());
        this.pause = pause;
        this.progress = stack.progress();
        this.thread.setDaemon(true);
    }

    /**
     * Begins to look, at once and then again and again.
     *
     * @param sources what is captured at the time of asking
     */
    public static SchemaWatch start(Stack stack, Passwords passwords, Supplier<List<Described>> sources) {
        return start(stack, passwords, sources, BETWEEN_LOOKS);
    }

    static SchemaWatch start(Stack stack, Passwords passwords, Supplier<List<Described>> sources, Duration pause) {
        SchemaWatch watch = new SchemaWatch(stack, passwords, sources, pause);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            do {
                for (Described source : sources.get()) {
                    look(source);
                }
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Described source) {
        String topic = source.topic();
        try (Connection audit = stack.audit().connect(Database.JOB_ROLE)) {
            audit.setAutoCommit(false);
            // The transaction begins before the look, and the row is of its beginning: what changes meanwhile is later.
            SchemaLooks before = SchemaLooks.read(audit, source.file());
            CatalogueLook look = ask(source.file());
            Set<String> found = before.record(audit, versions.of(source), look);
            audit.commit();
            unasked.remove(topic);
            if (!found.isEmpty()) {
                progress.line(
                        topic,
                        "drift",
                        "not as its file says: " + String.join(", ", new TreeSet<>(found))
                                + "; the alert schema-drift follows.");
            }
        } catch (SQLException e) {
            putOff(topic, SourceConnection.firstLine(e));
        } catch (StackException e) {
            putOff(topic, e.getMessage());
        }
    }

    /** Said once, until it could be asked again. */
    private void putOff(String topic, String why) {
        if (closing.getCount() > 0 && unasked.add(topic)) {
            progress.line(topic, "warning", "its catalogue is not looked at, asking again: " + why);
        }
    }

    private CatalogueLook ask(OperatorFile file) throws SQLException {
        SourceAddress source = file.source();
        String password = passwords
                .of(source)
                .or(() -> stack.state().samplePassword(source.url(), source.user()))
                .orElseThrow(() -> new SQLException(source.passwordVariable() + " is not set"));
        try (Connection connection = SourceConnection.open(source.kind(), source.url(), source.user(), password)) {
            return CatalogueLook.at(connection, source.kind(), file.mapping());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(LONGEST_LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
