package org.faceaudit.local.route;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.faceaudit.local.stack.Database;

/**
 * Visitors who come and go, some fifty a second, each in a transaction of its own, and one transaction that was open before
 * and is committed at the end.
 */
final class VisitorsComing implements AutoCloseable {
    private final Database database;
    private final Connection longOpen;
    private CompletableFuture<Void> coming = CompletableFuture.completedFuture(null);
    private volatile boolean stopping;

    VisitorsComing(Database database) throws SQLException {
        this.database = database;
        this.longOpen = database.superuser();
        longOpen.setAutoCommit(false);
    }

    void begin() throws SQLException {
        try (Statement statement = longOpen.createStatement()) {
            statement.execute("INSERT INTO public.访客 VALUES (901), (902)");
        }
        coming = CompletableFuture.runAsync(this::come);
    }

    private void come() {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            for (int id = 10_000; !stopping; id++) {
                statement.execute("INSERT INTO public.访客 VALUES (" + id + ")");
                statement.execute("SELECT pg_sleep(0.02)");
                if (id % 3 == 0) {
                    statement.execute("DELETE FROM public.访客 WHERE 编号 = " + (id - 1));
                }
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /** All have come; what kept them from coming is thrown. */
    @Override
    public void close() throws SQLException {
        stopping = true;
        coming.join();
        longOpen.commit();
        longOpen.close();
    }
}
