package org.faceaudit.cli.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TablePattern;

/**
 * What the owner of a MariaDB source runs once. The grants let a snapshot read mapped columns and nothing else; but whoever may
 * follow a binary log is sent whole rows, so what leaves the source is decided in the connector.
 */
public final class MariaDbCaptureSql {

    private MariaDbCaptureSql() {}

    /** The heartbeat table, if it is not there yet, and its one row. */
    public static List<String> heartbeat(Mapping mapping) {
        String table = quoted(mapping.heartbeatTable());
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + table + " (id int PRIMARY KEY, beat_at timestamp(6) NOT NULL)",
                "INSERT IGNORE INTO " + table + " (id, beat_at) VALUES (1, now(6))");
    }

    /** Grants on mapped columns, on the heartbeat table and on the log; the user must exist. */
    public static List<String> grants(Mapping mapping, String user) {
        String to = " TO " + account(user);
        List<String> grants = new ArrayList<>();
        // RELOAD: a snapshot holds all tables for the moment in which it notes the log's position.
        grants.add("GRANT REPLICATION SLAVE, BINLOG MONITOR, RELOAD ON *.*" + to);
        for (String table : mapping.tables()) {
            if (TablePattern.isPattern(table)) {
                // Only the source knows their names: ManyTablesSql.
                continue;
            }
            String columns = mapping.capturedColumns(table).stream()
                    .map(MariaDbCaptureSql::word)
                    .collect(Collectors.joining(", "));
            // SHOW VIEW, which shows no row of a table: without a privilege on the whole table its definition is not
            // told.
            grants.add("GRANT SELECT (" + columns + "), SHOW VIEW ON " + quoted(table) + to);
        }
        grants.add("GRANT SELECT, INSERT, UPDATE ON " + quoted(mapping.heartbeatTable()) + to);
        return List.copyOf(grants);
    }

    /** Makes the heartbeat row newer. */
    static String beat(Mapping mapping) {
        return "INSERT INTO " + quoted(mapping.heartbeatTable())
                + " (id, beat_at) VALUES (1, now(6)) ON DUPLICATE KEY UPDATE beat_at = now(6)";
    }

    /** The account of a user from wherever it comes. */
    public static String account(String user) {
        return word(user) + "@'%'";
    }

    /** {@code database.table}, each part quoted, so that Chinese names are what they are. */
    public static String quoted(String table) {
        return Arrays.stream(table.split("\\.", -1))
                .map(MariaDbCaptureSql::word)
                .collect(Collectors.joining("."));
    }

    /** The quoted name of a column, a user or a database, in which a dot is a character like any other. */
    public static String word(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
