package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.intake.operator.SourceKind;

/**
 * Asks a source, before a connector is made for it, whether what the operator's file names is there. It reads the
 * catalogue only, never a row.
 */
public final class SourcePreflight {

    private static final int CONNECT_TIMEOUT_SECONDS = 5;

    private SourcePreflight() {}

    /**
     * What stands in the way of capture, each as one sentence with its remedy; empty when nothing does.
     *
     * @param file the operator's file, named in every sentence
     * @param source how the source is reached
     * @param mapping what is to be captured
     * @param password of the source's user
     */
    public static List<String> problems(String file, SourceAddress source, Mapping mapping, String password) {
        try (Connection connection = connect(source, password)) {
            List<String> problems = new ArrayList<>();
            switch (source.kind()) {
                case POSTGRESQL -> checkLog(file, connection, problems);
                case MARIADB -> MariaDbPreflight.checkLog(file, connection, problems);
            }
            checkTables(file, connection, source.kind(), mapping, problems);
            if (source.kind() == SourceKind.POSTGRESQL) {
                checkIdentity(file, connection, mapping, problems);
            }
            return List.copyOf(problems);
        } catch (SQLException e) {
            return List.of(file + ": the source " + source.url() + " cannot be reached as " + source.user() + ": "
                    + firstLine(e) + "; check source.url, source.user and the password in " + source.passwordVariable()
                    + ".");
        }
    }

    /**
     * Whether the owner of a PostgreSQL source has made the publication of {@link CaptureSql}; of another kind of source there is
     * none to make.
     *
     * @throws SQLException if the source cannot be asked
     */
    public static boolean published(SourceAddress source, Mapping mapping, String password) throws SQLException {
        if (source.kind() != SourceKind.POSTGRESQL) {
            return true;
        }
        try (Connection connection = connect(source, password)) {
            return published(connection, mapping);
        }
    }

    /** The same of a database that is connected already. */
    public static boolean published(Connection connection, Mapping mapping) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM pg_publication WHERE pubname = ?")) {
            statement.setString(1, ConnectorConfig.slotName(mapping.topic()));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The mapped tables that stand in no publication of that name. */
    public static List<String> unpublished(Connection connection, Mapping mapping) throws SQLException {
        List<String> missing = new ArrayList<>(mapping.tables());
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = ?")) {
            statement.setString(1, ConnectorConfig.slotName(mapping.topic()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    missing.remove(rows.getString(1));
                }
            }
        }
        return List.copyOf(missing);
    }

    private static Connection connect(SourceAddress source, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", source.user());
        properties.setProperty("password", password);
        switch (source.kind()) {
            case POSTGRESQL -> {
                properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
                properties.setProperty("socketTimeout", "30");
                properties.setProperty("ApplicationName", "faceaudit-preflight");
            }
            case MARIADB -> {
                // This driver counts milliseconds.
                properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS * 1_000));
                properties.setProperty("socketTimeout", "30000");
            }
        }
        return DriverManager.getConnection(source.url(), properties);
    }

    private static void checkLog(String file, Connection connection, List<String> problems) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('wal_level'), rolreplication OR rolsuper"
                        + " FROM pg_roles WHERE rolname = current_user")) {
            row.next();
            if (!row.getString(1).equals("logical")) {
                problems.add(file + ": the source writes no logical log (wal_level is " + row.getString(1)
                        + "); set wal_level = logical and restart it.");
            }
            if (!row.getBoolean(2)) {
                problems.add(file + ": the source's user may not read the log; give it the attribute REPLICATION.");
            }
        }
    }

    private static void checkTables(
            String file, Connection connection, SourceKind kind, Mapping mapping, List<String> problems)
            throws SQLException {
        Map<String, Set<String>> wanted = new TreeMap<>();
        mapping.tables().forEach(table -> wanted.put(table, new TreeSet<>(mapping.capturedColumns(table))));
        wanted.computeIfAbsent(mapping.heartbeatTable(), table -> new TreeSet<>(List.of("beat_at", "id")));
        for (Map.Entry<String, Set<String>> table : wanted.entrySet()) {
            Set<String> there = columns(connection, table.getKey());
            if (there.isEmpty()) {
                problems.add(
                        file + ": the source has no table " + table.getKey() + remedy(kind, mapping, table.getKey()));
                continue;
            }
            for (String column : table.getValue()) {
                if (!there.contains(column)) {
                    problems.add(file + ": the table " + table.getKey() + " has no column " + column + "; it has "
                            + String.join(", ", there) + ".");
                }
            }
        }
    }

    /** A table without a usable identity gives deletes that name nobody. */
    private static void checkIdentity(String file, Connection connection, Mapping mapping, List<String> problems)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT c.relreplident, EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ?")) {
            for (String table : mapping.tables()) {
                int dot = table.indexOf('.');
                statement.setString(1, table.substring(0, dot));
                statement.setString(2, table.substring(dot + 1));
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()
                            && (row.getString(1).equals("n") || row.getString(1).equals("d") && !row.getBoolean(2))) {
                        problems.add(file + ": the log of the source does not say which row of " + table
                                + " an UPDATE or DELETE concerns; give the table a primary key or a REPLICA IDENTITY.");
                    }
                }
            }
        }
    }

    private static String remedy(SourceKind kind, Mapping mapping, String table) {
        String instant = kind == SourceKind.POSTGRESQL ? "timestamptz" : "timestamp(6)";
        return table.equals(mapping.heartbeatTable())
                ? "; create it: CREATE TABLE " + table + " (id int PRIMARY KEY, beat_at " + instant + " NOT NULL)."
                : ", or its user may not see it; correct the mapping or grant SELECT.";
    }

    private static Set<String> columns(Connection connection, String table) throws SQLException {
        int dot = table.indexOf('.');
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?")) {
            statement.setString(1, table.substring(0, dot));
            statement.setString(2, table.substring(dot + 1));
            Set<String> columns = new TreeSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
            return columns;
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
