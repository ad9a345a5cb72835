package org.faceaudit.local.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.stack.Stack;

/** The modest traffic of a living demo: entrances at a gym, and now and then a new face. None of it changes an alert. */
final class LiveChanges implements AutoCloseable {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
    private static final int ATTEMPTS_PER_FACE = 5;
    private static final int FIRST_NEW_FACE = 200_000;

    private final Stack stack;
    private final Progress progress;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "live-changes");
    private final SplittableRandom random = new SplittableRandom(7);
    private boolean failing;

    private LiveChanges(Stack stack, Progress progress) {
        this.stack = stack;
        this.progress = progress;
    }

    /** Begins; goes on until closed. */
    static LiveChanges start(Stack stack, Progress progress) {
        LiveChanges changes = new LiveChanges(stack, progress);
        changes.thread.setDaemon(true);
        changes.thread.start();
        return changes;
    }

    private void run() {
        try {
            for (int number = 0; !closing.await(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS); number++) {
                try {
                    attempt();
                    if (number % ATTEMPTS_PER_FACE == 0) {
                        face(FIRST_NEW_FACE + number / ATTEMPTS_PER_FACE);
                    }
                    failing = false;
                } catch (SQLException e) {
                    // A reader of the demo may well have killed that database: its supervisor brings it back.
                    if (!failing) {
                        progress.line("live changes", "refused", e.getMessage());
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws SQLException {
        try (Connection connection = stack.source("gym").superuser();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO attempt (point_id, member_no, at, method, outcome) VALUES (?, ?, now(), ?, 'passed')")) {
            insert.setString(1, random.nextBoolean() ? "gate-2" : "gate-3");
            insert.setString(2, SampleSource.memberNumber(1 + random.nextInt(8)));
            insert.setString(3, random.nextInt(4) == 0 ? "card" : "face");
            insert.executeUpdate();
        }
    }

    private void face(int number) throws SQLException {
        SamplePerson person = SamplePerson.of("320500", number);
        byte[] feature = new byte[64];
        random.nextBytes(feature);
        try (Connection connection = stack.source("cloudgate").superuser();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO face (id, id_card, name, phone, feature, create_time) VALUES (?, ?, ?, ?, ?,"
                                + " now() AT TIME ZONE 'Asia/Shanghai')")) {
            insert.setLong(1, number);
            insert.setString(2, person.idCard());
            insert.setString(3, person.name());
            insert.setString(4, person.phone());
            insert.setBytes(5, feature);
            insert.executeUpdate();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
