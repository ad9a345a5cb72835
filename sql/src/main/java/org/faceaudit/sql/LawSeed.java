package org.faceaudit.sql;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Puts the seed rows of the law into schema {@code registry}.
 *
 * <p>Only what is missing is added, so what people changed stays changed. A calendar notice is added whole, with its days,
 * and only then made active; a notice that is there already is left alone, days and all.
 */
public final class LawSeed {

    private LawSeed() {}

    /**
     * Adds missing seed rows in one transaction.
     *
     * @param connection to the audit database, as a role that may write {@code registry} and create temporary tables; its
     *     auto-commit setting is restored
     * @throws SQLException when a row is refused; nothing is changed then
     * @throws IOException when a seed file cannot be read
     */
    public static void load(Connection connection) throws SQLException, IOException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            add(connection);
            connection.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static void add(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            for (String table : new String[] {"article", "rule", "parameter"}) {
                copy(connection, statement, table);
                statement.execute("INSERT INTO registry." + table + " SELECT * FROM pg_temp.seed_" + table
                        + " ON CONFLICT DO NOTHING");
            }
            copy(connection, statement, "calendar_notice");
            copy(connection, statement, "calendar_day");
            statement.execute("DELETE FROM pg_temp.seed_calendar_notice seed USING registry.calendar_notice known"
                    + " WHERE known.id = seed.id");
            statement.execute("INSERT INTO registry.calendar_notice (id, published_on, covers_from, covers_to, source)"
                    + " SELECT id, published_on, covers_from, covers_to, source FROM pg_temp.seed_calendar_notice");
            statement.execute("INSERT INTO registry.calendar_day SELECT day.* FROM pg_temp.seed_calendar_day day"
                    + " JOIN pg_temp.seed_calendar_notice seed ON seed.id = day.notice_id");
            statement.execute("UPDATE registry.calendar_notice notice SET active = true"
                    + " FROM pg_temp.seed_calendar_notice seed WHERE seed.id = notice.id AND seed.active");
        }
    }

    private static void copy(Connection connection, Statement statement, String table)
            throws SQLException, IOException {
        statement.execute("CREATE TEMPORARY TABLE seed_" + table + " (LIKE registry." + table
                + " INCLUDING DEFAULTS) ON COMMIT DROP");
        copy(connection, table + ".csv", "seed_" + table);
    }

    /** Fills a temporary table from a seed file whose columns are the table's. */
    static void copy(Connection connection, String file, String table) throws SQLException, IOException {
        try (InputStream rows = LawFiles.open(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY pg_temp." + table + " FROM STDIN WITH (FORMAT csv, HEADER match, ENCODING 'UTF8')",
                            rows);
        }
    }
}
