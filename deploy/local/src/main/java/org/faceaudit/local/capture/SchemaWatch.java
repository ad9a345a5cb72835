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
import org.faceaudit.cli.capture.CatalogueLook;
import org.faceaudit.cli.source.SourceConnection;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.local.process.Progress;
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
    private volatile List<Watched> sources = List.of();

    private SchemaWatch(Stack stack, Duration pause) {
        this.stack = stack;
        this.pause = pause;
        this.progress = stack.progress();
        this.thread.setDaemon(true);
    }

    /** A source and the version of its file. */
    private record Watched(OperatorFile file, String version) {}

    /** Begins to look, at once and then again and again. */
    public static SchemaWatch start(Stack stack, List<OperatorFile> files) {
        return start(stack, files, BETWEEN_LOOKS);
    }

    static SchemaWatch start(Stack stack, List<OperatorFile> files, Duration pause) {
        SchemaWatch watch = new SchemaWatch(stack, pause);
        watch.turnTo(files);
        watch.thread.start();
        return watch;
    }

    /**
     * From the next look on other files hold.
     *
     * @throws org.faceaudit.local.process.StackException if one of them cannot be read any more
     */
    public void turnTo(List<OperatorFile> files) {
        sources = files.stream()
                .map(file -> new Watched(file, Captures.version(stack.secrets(), file)))
                .toList();
    }

    private void watch() {
        try {
            do {
                for (Watched source : sources) {
                    look(source);
                }
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Watched source) {
        String topic = source.file().mapping().topic();
        try (Connection audit = stack.audit().connect(Database.JOB_ROLE)) {
            audit.setAutoCommit(false);
            // The transaction begins before the look, and the row is of its beginning: what changes meanwhile is later.
            SchemaLooks before = SchemaLooks.read(audit, source.file());
            CatalogueLook look = ask(source.file());
            Set<String> found = before.record(audit, source.version(), look);
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
            if (closing.getCount() > 0 && unasked.add(topic)) {
                progress.line(
                        topic,
                        "warning",
                        "its catalogue is not looked at, asking again: " + SourceConnection.firstLine(e));
            }
        }
    }

    private CatalogueLook ask(OperatorFile file) throws SQLException {
        SourceAddress source = file.source();
        String password = Captures.password(stack.state(), source)
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
