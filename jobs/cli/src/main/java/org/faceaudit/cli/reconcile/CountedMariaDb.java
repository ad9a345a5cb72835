package org.faceaudit.cli.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.intake.mapping.Mapping;

/** How a MariaDB is asked. */
final class CountedMariaDb implements CountedDatabase {

    private static final String POSITION = "SHOW STATUS LIKE 'binlog_snapshot_%'";

    @Override
    public void requireSnapshots(Connection connection, Mapping mapping) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT engine FROM information_schema.tables WHERE table_schema = ? AND table_name = ?")) {
            for (String table : mapping.tables()) {
                int dot = table.indexOf('.');
                statement.setString(1, table.substring(0, dot));
                statement.setString(2, table.substring(dot + 1));
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next() && !"InnoDB".equalsIgnoreCase(row.getString(1))) {
                        throw new SQLException("table " + table + " is kept by " + row.getString(1)
                                + ", which shows no snapshot; only InnoDB does.");
                    }
                }
            }
        }
    }

    @Override
    public SourceSnapshot snapshot(Connection connection) throws SQLException {
        Map<String, String> place = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            try (ResultSet rows = statement.executeQuery(POSITION)) {
                while (rows.next()) {
                    place.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
                }
            }
        }
        String file = place.getOrDefault("binlog_snapshot_file", "");
        if (file.isEmpty()) {
            throw new SQLException("it does not tell at which position of a binary log its snapshot was taken:"
                    + " log_bin is off, or it is no MariaDB.");
        }
        return BinaryLogSnapshot.at(file, Long.parseLong(place.get("binlog_snapshot_position")));
    }

    @Override
    public String quoted(String table) {
        return MariaDbCaptureSql.quoted(table);
    }

    @Override
    public String word(String column) {
        return MariaDbCaptureSql.word(column);
    }

    @Override
    public String typeColumn() {
        return "data_type";
    }

    /** Without a backslash in any pattern: whether it escapes depends on the server's mode. */
    @Override
    public String present(String column, String form, String type) {
        return switch (type) {
            case "tinyblob", "blob", "mediumblob", "longblob", "binary", "varbinary" ->
                "octet_length(" + column + ") > 0";
            case "tinytext", "text", "mediumtext", "longtext", "varchar", "char" ->
                switch (form) {
                    case "template" -> column + " REGEXP '[^][{}[:space:]]'";
                    case "path" -> column + " REGEXP '[^[:space:]]'";
                    default ->
                        "regexp_replace(" + column
                                + ", concat('(?i)^[[:space:]]*data:[^,]*,|^', char(92, 92), 'x'), '')"
                                + " REGEXP '[^=[:space:]]'";
                };
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double" -> column + " <> 0";
            default -> column + " IS NOT NULL";
        };
    }
}
