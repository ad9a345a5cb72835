package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** What a MariaDB source must write into its log, and let its follower read. */
final class MariaDbPreflight {

    private MariaDbPreflight() {}

    static void checkLog(String file, Connection connection, List<String> problems) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT @@global.log_bin, @@global.binlog_format, @@global.binlog_row_image")) {
                row.next();
                if (!row.getBoolean(1)) {
                    problems.add(file + ": the source writes no binary log; set log_bin and restart it.");
                }
                require(file, "binlog_format", "ROW", row.getString(2), problems);
                // A row image that leaves columns out arrives with NULL in their place: a consent that was withdrawn.
                require(file, "binlog_row_image", "FULL", row.getString(3), problems);
            }
            requireLogReader(file, statement, problems);
        }
    }

    private static void require(String file, String name, String wanted, String found, List<String> problems) {
        if (!found.toUpperCase(Locale.ROOT).equals(wanted)) {
            problems.add(file + ": the source's log does not hold whole rows (" + name + " is " + found + "); set "
                    + name + " = " + wanted + ".");
        }
    }

    private static void requireLogReader(String file, Statement statement, List<String> problems) throws SQLException {
        StringBuilder granted = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
            while (rows.next()) {
                granted.append(rows.getString(1)).append('\n');
            }
        }
        String grants = granted.toString();
        if (grants.contains("GRANT ALL PRIVILEGES ON *.*")) {
            return;
        }
        for (String privilege : List.of("REPLICATION SLAVE", "BINLOG MONITOR", "RELOAD")) {
            if (!grants.lines().anyMatch(line -> line.contains(privilege) && line.contains(" ON *.*"))) {
                problems.add(
                        file + ": the source's user may not follow the log; GRANT " + privilege + " ON *.* to it.");
            }
        }
    }
}
