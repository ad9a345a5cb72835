package org.faceaudit.local.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * as every row is; what it is worth, the rule says. Where a mapped column is there again that was gone, or a table or partition went
 * with rows that facts rest on, the source is read anew by a snapshot: what the rows hold, and which are left, no log tells.
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

    private final Reader reader;

    /** Has a source read anew by a snapshot. */
    interface Reader {
        /** @param why what follows "since" */
        void readAnew(String topic, String why);
    }

    private SchemaWatch(
            Stack stack, Passwords passwords, Supplier<List<Described>> sources, Reader reader, Duration pause) {
        this.stack = stack;
        this.reader = reader;
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
        Reader reader = (topic, why) -> Captures.readAnew(stack, topic, why);
        return start(stack, passwords, sources, reader, BETWEEN_LOOKS);
    }

    static SchemaWatch start(
            Stack stack, Passwords passwords, Supplier<List<Described>> sources, Reader reader, Duration pause) {
        SchemaWatch watch = new SchemaWatch(stack, passwords, sources, reader, pause);
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
            String version = versions.of(source);
            CatalogueLook look = ask(source.file(), before.known(version));
            SchemaLooks.News news = before.compare(version, look).orElse(null);
            if (news != null) {
                List<String> why = whyAnew(news);
                if (!why.isEmpty() && look.allVisible()) {
                    // Before the row is entered: whatever is interrupted is done again.
                    reader.readAnew(topic, String.join(", and ", why));
                } else if (!why.isEmpty()) {
                    progress.line(
                            topic,
                            "warning",
                            "not read anew, although " + String.join(", and ", why) + ": the capture may not see every"
                                    + " table that its names stand for, and a snapshot would take the rows of those"
                                    + " that it does not see for gone; grant SELECT on the whole database, and have the"
                                    + " source read anew (README, operating notes).");
                }
                before.enter(audit, news);
            }
            audit.commit();
            unasked.remove(topic);
            if (news != null && !news.amiss().isEmpty()) {
                progress.line(
                        topic,
                        "drift",
                        "not as its file says: " + String.join(", ", news.amiss())
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

    private static List<String> whyAnew(SchemaLooks.News news) {
        List<String> why = new ArrayList<>();
        if (!news.back().isEmpty()) {
            why.add("these columns are there again: " + String.join(", ", news.back()));
        }
        if (!news.goneTables().isEmpty()) {
            why.add("these are gone with their rows: " + String.join(", ", news.goneTables()));
        }
        return why;
    }

    private CatalogueLook ask(OperatorFile file, Set<String> known) throws SQLException {
        SourceAddress source = file.source();
        String password = passwords
                .of(source)
                .or(() -> stack.state().samplePassword(source.url(), source.user()))
                .orElseThrow(() -> new SQLException(source.passwordVariable() + " is not set"));
        try (Connection connection = SourceConnection.open(source.kind(), source.url(), source.user(), password)) {
            return CatalogueLook.at(connection, source.kind(), file.mapping(), known);
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
