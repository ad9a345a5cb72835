package org.faceaudit.local.route;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.faceaudit.local.stack.Database;

/**
 * Visitors who come and go, some fifty a second, each in a transaction of its own, and one transaction that was open before
 * and is committed at the end.
 */
final class VisitorsComing implements AutoCloseable {
    private final Connection longOpen;
    private final Thread writer;
    private volatile boolean stopping;
    private volatile Exception failure;

    VisitorsComing(Database database) throws SQLException {
        longOpen = database.superuser();
        longOpen.setAutoCommit(false);
        try (Statement statement = longOpen.createStatement()) {
            statement.execute("INSERT INTO public.访客 VALUES (901), (902)");
        }
        writer = new Thread(() -> write(database), "visitors");
        writer.start();
    }

    private void write(Database database) {
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
            failure = e;
        }
    }

    @Override
    public void close() throws Exception {
        stopping = true;
        writer.join();
        longOpen.commit();
        longOpen.close();
        if (failure != null) {
            throw failure;
        }
    }
}
