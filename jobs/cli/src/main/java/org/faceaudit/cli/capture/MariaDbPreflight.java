package org.faceaudit.cli.capture;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.cli.source.ForeignKey;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.intake.mapping.Mapping;

/** What a MariaDB source must write into its log, keep of it, and let its follower read. */
final class MariaDbPreflight {

    private static final Duration SHORT_LOG = Duration.ofDays(1);
    private static final String EXPIRE_SECONDS = "binlog_expire_logs_seconds";
    private static final String EXPIRE_DAYS = "expire_logs_days";
    private static final String MONITOR = "BINLOG MONITOR";
    /** What a server calls it before 10.5. */
    private static final String MONITOR_BEFORE = "REPLICATION CLIENT";

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
            Map<String, String> settings = settings(statement);
            boolean logs = settings.getOrDefault("log_bin", "").equals("ON");
            findings.require(
                    logs,
                    "the source writes a binary log",
                    "the source writes no binary log",
                    "set log_bin and restart it");
            require("binlog_format", "ROW", settings.getOrDefault("binlog_format", "not there"));
            // The connector fails at the first row that lacks a column, and no start helps it past that.
            require("binlog_row_image", "FULL", settings.getOrDefault("binlog_row_image", "not there"));
            checkExpiry(expiry(settings), settings.containsKey(EXPIRE_SECONDS) ? EXPIRE_SECONDS : EXPIRE_DAYS);
            readGrants(statement);
            requireLogReader();
            if (logs && (may(MONITOR, " ON *.*") || may(MONITOR_BEFORE, " ON *.*"))) {
                checkLeftOut(statement);
            }
        }
    }

    /** What there is of those: which settings a server has depends on its version. */
    private static Map<String, String> settings(Statement statement) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin',"
                + " 'binlog_format', 'binlog_row_image', '" + EXPIRE_SECONDS + "', '" + EXPIRE_DAYS + "')")) {
            while (rows.next()) {
                settings.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
            }
        }
        return settings;
    }

    /** After how many seconds the log is dropped, 0 for never; before 10.6 a server counts days alone, later also parts of them. */
    static long expiry(Map<String, String> settings) {
        if (settings.containsKey(EXPIRE_SECONDS)) {
            return Long.parseLong(settings.get(EXPIRE_SECONDS));
        }
        return new BigDecimal(settings.getOrDefault(EXPIRE_DAYS, "0"))
                .multiply(BigDecimal.valueOf(Duration.ofDays(1).toSeconds()))
                .longValue();
    }

    private void require(String name, String wanted, String found) {
        findings.require(
                found.toUpperCase(Locale.ROOT).equals(wanted),
                name + " is " + wanted,
                "the source's log does not hold whole rows (" + name + " is " + found + ")",
                "set " + name + " = " + wanted + ", and let every session that is connected already connect anew");
    }

    void checkExpiry(long seconds, String setting) {
        if (seconds > 0 && seconds < SHORT_LOG.toSeconds()) {
            findings.warning(
                    "the source drops its log after " + seconds
                            + " s: an outage of the capture that is longer loses changes",
                    "raise " + setting);
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
        for (String privilege : List.of("REPLICATION SLAVE", MONITOR, "RELOAD")) {
            findings.require(
                    may(privilege, " ON *.*") || (privilege.equals(MONITOR) && may(MONITOR_BEFORE, " ON *.*")),
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
