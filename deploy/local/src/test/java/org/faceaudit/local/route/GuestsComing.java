package org.faceaudit.local.route;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.faceaudit.local.stack.Database;

/**
 * Guests who come to a MariaDB's face table and leave again, some fifty a second, each change in a transaction of its own.
 * When it is closed all have left.
 */
final class GuestsComing implements AutoCloseable {
    private final AtomicInteger came = new AtomicInteger();
    private final CompletableFuture<Void> coming;
    private volatile boolean stopping;

    private GuestsComing(Database database) {
        this.coming = CompletableFuture.runAsync(() -> come(database));
    }

    static GuestsComing begin(Database database) {
        return new GuestsComing(database);
    }

    /** How many have come so far. */
    int came() {
        return came.get();
    }

    private void come(Database database) {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            for (int id = 10_000; !stopping; id++) {
                statement.execute("INSERT INTO t_user_face (id, phone, face_feature) VALUES (" + id + ", '1388000"
                        + id % 10_000 + "', 'x')");
                came.incrementAndGet();
                statement.execute("DO sleep(0.02)");
                if (id % 3 != 0) {
                    statement.execute("DELETE FROM t_user_face WHERE id = " + id);
                }
            }
            statement.execute("DELETE FROM t_user_face WHERE id >= 10000");
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /** All have left; what kept them from coming is thrown. */
    @Override
    public void close() {
        stopping = true;
        coming.join();
    }
}
