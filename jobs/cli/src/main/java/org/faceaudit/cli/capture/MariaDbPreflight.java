package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.cli.source.ForeignKey;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.intake.mapping.Mapping;

/** What a MariaDB source must write into its log, keep of it, and let its follower read. */
final class MariaDbPreflight {

    private static final Duration SHORT_LOG = Duration.ofDays(1);

    private final Connection connection;
    private final Mapping mapping;
    private final Findings findings;
    private List<String> grants = List.of();

    MariaDbPreflight(Connection connection, Mapping mapping, Findings findings) {
        this.connection = connection;
        this.mapping = mapping;
        this.findings = findings;
    }

    void checkLog() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean logs;
            try (ResultSet row = statement.executeQuery("SELECT @@global.log_bin, @@global.binlog_format,"
                    + " @@global.binlog_row_image, @@global.binlog_expire_logs_seconds")) {
                row.next();
                logs = row.getBoolean(1);
                findings.require(
                        logs,
                        "the source writes a binary log",
                        "the source writes no binary log",
                        "set log_bin and restart it");
                require("binlog_format", "ROW", row.getString(2));
                // The connector fails at the first row that lacks a column, and no start helps it past that.
                require("binlog_row_image", "FULL", row.getString(3));
                checkExpiry(row.getLong(4));
            }
            readGrants(statement);
            requireLogReader();
            if (logs && may("BINLOG MONITOR", " ON *.*")) {
                checkLeftOut(statement);
            }
        }
    }

    private void require(String name, String wanted, String found) {
        findings.require(
                found.toUpperCase(Locale.ROOT).equals(wanted),
                name + " is " + wanted,
                "the source's log does not hold whole rows (" + name + " is " + found + ")",
                "set " + name + " = " + wanted + ", and let every session that is connected already connect anew");
    }

    private void checkExpiry(long seconds) {
        if (seconds > 0 && seconds < SHORT_LOG.toSeconds()) {
            findings.warning(
                    "the source drops its log after " + seconds
                            + " s: an outage of the capture that is longer loses changes",
                    "raise binlog_expire_logs_seconds");
        } else {
            findings.ok(
                    seconds == 0
                            ? "the source drops no log by its age"
                            : "the source keeps its log for "
                                    + Duration.ofSeconds(seconds).toDays() + " days");
        }
    }

    private void readGrants(Statement statement) throws SQLException {
        List<String> granted = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
            while (rows.next()) {
                // An underscore in the name of a database stands for any character unless it is escaped.
                granted.add(rows.getString(1).replace("\\_", "_").replace("\\%", "%"));
            }
        }
        grants = List.copyOf(granted);
    }

    private boolean may(String privilege, String on) {
        return grants.stream()
                .filter(line -> line.contains(on))
                .anyMatch(line -> named(line, privilege) || line.startsWith("GRANT ALL PRIVILEGES"));
    }

    /** REPLICATION SLAVE ADMIN lets nobody follow the log, and INSERT (id) is not INSERT of every column. */
    private static boolean named(String line, String privilege) {
        return Arrays.stream(line.replaceFirst("^GRANT ", "")
                        .replaceFirst(" ON .*", "")
                        .split(", (?![^(]*\\))", -1))
                .map(String::strip)
                .anyMatch(privilege::equals);
    }

    private void requireLogReader() {
        for (String privilege : List.of("REPLICATION SLAVE", "BINLOG MONITOR", "RELOAD")) {
            findings.require(
                    may(privilege, " ON *.*"),
                    "the source's user has " + privilege,
                    "the source's user may not follow the log",
                    "GRANT " + privilege + " ON *.* to it");
        }
    }

    /** A server can be told to leave whole databases out of its log. */
    private void checkLeftOut(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
            if (!row.next()) {
                return;
            }
            Set<String> only = words(row.getString("Binlog_Do_DB"));
            Set<String> not = words(row.getString("Binlog_Ignore_DB"));
            Set<String> databases = new TreeSet<>();
            mapping.tables().forEach(table -> databases.add(table.substring(0, table.indexOf('.'))));
            databases.add(mapping.heartbeatTable()
                    .substring(0, mapping.heartbeatTable().indexOf('.')));
            for (String database : databases) {
                if (not.contains(database) || (!only.isEmpty() && !only.contains(database))) {
                    findings.problem(
                            "the source leaves database " + database + " out of its log",
                            "correct binlog_do_db and binlog_ignore_db, and restart it");
                }
            }
        }
    }

    private static Set<String> words(String list) {
        return list == null || list.isBlank() ? Set.of() : Set.copyOf(Arrays.asList(list.split("\\s*,\\s*", -1)));
    }

    void checkTables(Iterable<SourceTable> tables) {
        for (SourceTable table : tables) {
            if (table.name().equals(mapping.heartbeatTable())) {
                checkHeartbeat(table);
            }
            for (ForeignKey key : table.foreignKeys()) {
                if (key.changes() && mapping.tables().contains(table.name())) {
                    findings.warning(
                            "a DELETE or UPDATE in " + key.table() + " changes rows of " + table.name()
                                    + " by its foreign"
                                    + " key on " + String.join(", ", key.columns())
                                    + ", and the log does not tell: what is"
                                    + " gone so still counts here",
                            "let the application delete those rows first, and compare with ./faceaudit reconcile");
                }
            }
        }
    }

    private void checkHeartbeat(SourceTable table) {
        int dot = table.name().indexOf('.');
        String database = " ON " + MariaDbCaptureSql.word(table.name().substring(0, dot)) + '.';
        boolean mayBeat = List.of("INSERT", "UPDATE").stream()
                .allMatch(privilege -> may(privilege, " ON *.*")
                        || may(privilege, database + "*")
                        || may(
                                privilege,
                                database + MariaDbCaptureSql.word(table.name().substring(dot + 1))));
        findings.require(
                mayBeat,
                "the source's user may write heartbeats into " + table.name(),
                "the source's user may write no heartbeats",
                "GRANT INSERT, UPDATE ON " + table.name() + " to it");
    }
}
