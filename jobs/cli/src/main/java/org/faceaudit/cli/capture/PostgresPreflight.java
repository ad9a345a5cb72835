package org.faceaudit.cli.capture;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.faceaudit.cli.scan.ImageStores;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;

/** What a PostgreSQL source must write into its log, keep of it, and let its follower read. */
final class PostgresPreflight {

    private static final int COLUMN_LISTS_SINCE = 15;
    /** Since then a publication tells a partitioned table under its own name, and the log of a slot has a bound. */
    private static final int OLDEST = 13;

    private final Connection connection;
    private final Mapping mapping;
    private final Findings findings;
    private final String slot;

    PostgresPreflight(Connection connection, Mapping mapping, Findings findings) {
        this.connection = connection;
        this.mapping = mapping;
        this.findings = findings;
        this.slot = ConnectorConfig.slotName(mapping.topic());
    }

    /** Whether the server is one that can be captured; an older one does not even know what it would be asked. */
    boolean requireVersion(int major) {
        if (major < OLDEST) {
            findings.problem(
                    "the source is a PostgreSQL " + major
                            + ", which publishes no partitioned table as one and bounds no"
                            + " log of a slot; nothing else was asked",
                    "update it to " + OLDEST + " or newer");
        }
        return major >= OLDEST;
    }

    void checkLog() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('wal_level'), rolreplication OR rolsuper,"
                                + " current_setting('max_slot_wal_keep_size') FROM pg_roles WHERE rolname = current_user")) {
            row.next();
            findings.require(
                    row.getString(1).equals("logical"),
                    "the source writes a logical log",
                    "the source writes no logical log (wal_level is " + row.getString(1) + ")",
                    "set wal_level = logical and restart it");
            findings.require(
                    row.getBoolean(2),
                    "the source's user may read the log",
                    "the source's user may not read the log",
                    "give it the attribute REPLICATION");
            if (row.getString(3).equals("-1")) {
                findings.warning(
                        "nothing bounds the log that the source keeps for its slots (max_slot_wal_keep_size is -1): an"
                                + " outage of the capture could fill its disk",
                        "set max_slot_wal_keep_size to what the disk can spare");
            } else {
                findings.ok("the source keeps at most " + row.getString(3) + " of log for a slot that nobody reads");
            }
        }
    }

    void checkSlots() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT active, wal_status FROM pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    checkOwnSlot(row.getBoolean(1), row.getString(2));
                    return;
                }
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('max_replication_slots')::int,"
                        + " (SELECT count(*) FROM pg_replication_slots), current_setting('max_wal_senders')::int,"
                        + " (SELECT count(*) FROM pg_stat_replication)")) {
            row.next();
            free("replication slot", "max_replication_slots", row.getInt(1), row.getInt(2));
            free("log sender", "max_wal_senders", row.getInt(3), row.getInt(4));
        }
    }

    private void free(String what, String setting, int there, int taken) {
        findings.require(
                taken < there,
                there - taken + " of " + there + " " + what + "s are free",
                "no " + what + " is free (" + setting + " is " + there + ")",
                "raise " + setting + " and restart it, or drop one that nobody uses");
    }

    void checkOwnSlot(boolean active, String walStatus) {
        if ("lost".equals(walStatus)) {
            findings.problem(
                    "slot " + slot + " has lost its log: changes since then are in no topic",
                    "drop it (SELECT pg_drop_replication_slot('" + slot + "')), and let the source be captured anew");
        } else if ("unreserved".equals(walStatus)) {
            findings.warning(
                    "slot " + slot + " is about to lose its log: the source keeps it no longer, and the next checkpoint"
                            + " may remove it",
                    active
                            ? "see why the capture is behind, and raise max_slot_wal_keep_size"
                            : "start the capture at once, and raise max_slot_wal_keep_size");
        } else if (active) {
            findings.ok("slot " + slot + " is there and read");
        } else {
            findings.warning(
                    "slot " + slot + " is there, and nobody reads it: the source keeps its log for it",
                    "start the capture, or drop the slot if there is none any more");
        }
    }

    /** Of the tables that are there: rights, identity, and what is published of them. */
    void checkTables(Iterable<SourceTable> tables) throws SQLException {
        boolean published = checkPublication();
        for (SourceTable table : tables) {
            checkRights(table);
            checkLogged(table, published);
        }
    }

    private boolean checkPublication() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate FROM pg_publication WHERE pubname = ?")) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    findings.warning(
                            "publication " + slot + " is not there: the connector would make one itself, which its user"
                                    + " must own the tables for, and which tells every column",
                            "run the SQL that ./faceaudit onboard prints");
                    return false;
                }
                findings.require(
                        row.getBoolean(1),
                        "publication " + slot + " tells inserts, updates, deletes and truncates",
                        "publication " + slot + " does not tell every change",
                        "ALTER PUBLICATION " + slot + " SET (publish = 'insert, update, delete, truncate')");
            }
        }
        for (String table : SourcePreflight.unpublished(connection, mapping)) {
            if (isToldByPartition(table)) {
                findings.problem(
                        "publication " + slot + " tells what happens in partitions of " + table
                                + " under their own names, and so nothing of " + table,
                        "ALTER PUBLICATION " + slot + " SET (" + CaptureSql.THROUGH_THE_ROOT + ")");
                continue;
            }
            findings.problem("publication " + slot + " does not tell of " + table, CaptureSql.addition(mapping, table));
        }
        if (!mapping.tables().contains(mapping.heartbeatTable()) && !isPublished(mapping.heartbeatTable())) {
            findings.problem(
                    "publication " + slot + " tells no heartbeats",
                    "ALTER PUBLICATION " + slot + " ADD TABLE " + CaptureSql.quoted(mapping.heartbeatTable()));
        }
        return true;
    }

    private boolean isToldByPartition(String table) throws SQLException {
        int dot = table.indexOf('.');
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT 1 FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid"
                        + " JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE p.pubname = ? AND n.nspname = ? AND c.relname = ? AND c.relkind = 'p'"
                        + " AND NOT p.pubviaroot")) {
            statement.setString(1, slot);
            statement.setString(2, table.substring(0, dot));
            statement.setString(3, table.substring(dot + 1));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private boolean isPublished(String table) throws SQLException {
        int dot = table.indexOf('.');
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT 1 FROM pg_publication_tables WHERE pubname = ? AND schemaname = ? AND tablename = ?")) {
            statement.setString(1, slot);
            statement.setString(2, table.substring(0, dot));
            statement.setString(3, table.substring(dot + 1));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void checkRights(SourceTable table) throws SQLException {
        Set<String> captured = captured(table);
        List<String> unreadable = new ArrayList<>();
        List<String> needless = new ArrayList<>();
        boolean mayBeat = true;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT a.attname, has_schema_privilege(n.oid, 'USAGE')"
                        + " AND has_column_privilege(c.oid, a.attnum, 'SELECT'),"
                        + " has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE')"
                        + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped"
                        + " ORDER BY a.attname")) {
            bind(statement, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (captured.contains(rows.getString(1)) && !rows.getBoolean(2)) {
                        unreadable.add(rows.getString(1));
                    }
                    boolean biometric = table.column(rows.getString(1))
                            .filter(ImageStores::mayBe)
                            .isPresent();
                    if (biometric && !captured.contains(rows.getString(1)) && rows.getBoolean(2)) {
                        needless.add(rows.getString(1));
                    }
                    mayBeat &= rows.getBoolean(3);
                }
            }
        }
        if (!unreadable.isEmpty()) {
            String schema = table.name().substring(0, table.name().indexOf('.'));
            findings.problem(
                    "the source's user may not read " + String.join(", ", unreadable) + " of " + table.name(),
                    "GRANT USAGE ON SCHEMA " + CaptureSql.word(schema) + " and GRANT SELECT ("
                            + unreadable.stream().map(CaptureSql::word).collect(Collectors.joining(", ")) + ") ON "
                            + CaptureSql.quoted(table.name()) + " to it");
        }
        if (!needless.isEmpty()) {
            findings.warning(
                    "the source's user may read " + String.join(", ", needless) + " of " + table.name()
                            + ", which look like biometrics and are not mapped",
                    "REVOKE what it has on the whole table; the grants that ./faceaudit onboard prints are enough");
        }
        if (table.name().equals(mapping.heartbeatTable())) {
            findings.require(
                    mayBeat,
                    "the source's user may write heartbeats into " + table.name(),
                    "the source's user may write no heartbeats",
                    "GRANT INSERT, UPDATE ON " + CaptureSql.quoted(table.name()) + " to it");
        }
    }

    private Set<String> captured(SourceTable table) {
        return mapping.tables().contains(table.name())
                ? new TreeSet<>(mapping.capturedColumns(table.name()))
                : new TreeSet<>(List.of("beat_at", "id"));
    }

    private void checkLogged(SourceTable table, boolean published) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT c.relreplident, c.relpersistence,"
                        + " ARRAY(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a"
                        + " ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid"
                        + " AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END)"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?")) {
            bind(statement, table);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                if (row.getString(2).equals("u")) {
                    findings.problem(
                            "the table " + table.name() + " is unlogged: the log tells nothing of it",
                            "ALTER TABLE " + CaptureSql.quoted(table.name()) + " SET LOGGED");
                }
                checkIdentity(table, row.getString(1), strings(row.getArray(3)), published);
            }
        }
    }

    private void checkIdentity(SourceTable table, String kind, List<String> named, boolean published)
            throws SQLException {
        List<String> all = table.columns().stream().map(SourceColumn::name).toList();
        boolean full = kind.equals("f");
        List<String> identity = full ? all : named;
        boolean keyless =
                mapping.table(table.name()).filter(MappedTable::isKeyless).isPresent();
        if (keyless && !full) {
            findings.problem(
                    "the table " + table.name()
                            + " is mapped without a key, and its REPLICA IDENTITY is not FULL: the log"
                            + " does not tell which row an UPDATE or DELETE concerns",
                    CaptureSql.fullIdentity(table.name()));
            return;
        }
        if (keyless) {
            checkPartitions(table);
        }
        if (identity.isEmpty()) {
            // A table without a usable identity gives deletes that name nobody.
            findings.problem(
                    "the log of the source does not say which row of " + table.name() + " an UPDATE or DELETE concerns",
                    "give the table a primary key or a REPLICA IDENTITY");
            return;
        }
        List<String> key =
                mapping.table(table.name()).map(mapped -> mapped.key()).orElse(List.of());
        if (!identity.containsAll(key)) {
            findings.problem(
                    "a DELETE from " + table.name() + " is logged with " + String.join(", ", identity)
                            + ", and not with its mapped key " + String.join(", ", key),
                    "name those columns as its 'key', or make the key its REPLICA IDENTITY");
        }
        boolean whole = checkColumnLists(table, identity, full);
        if (keyless) {
            if (!captured(table).containsAll(all)) {
                findings.warning(
                        "the table " + table.name() + " has no key, so the log tells its whole rows: whatever stands in"
                                + " them, biometrics too, is readable by the capture role, and only the connector leaves"
                                + " behind what is not mapped",
                        "give the table a key, name it in the mapping, and publish the mapped columns");
            }
        } else if (full && !published) {
            findings.warning(
                    "the table " + table.name()
                            + " has REPLICA IDENTITY FULL: with the column list that onboard prints,"
                            + " its owner's own UPDATEs and DELETEs would fail",
                    "let its primary key be its REPLICA IDENTITY (DEFAULT), or publish it without a column list");
        } else if (published && whole && !captured(table).containsAll(all)) {
            findings.warning(
                    "the log tells whole rows of " + table.name() + ", biometrics among them: only the connector leaves"
                            + " behind what is not mapped",
                    "where the table has a key, publish the mapped columns and let the key be its REPLICA IDENTITY");
        }
    }

    /** A row is logged as its own partition says, whatever the table says. */
    private void checkPartitions(SourceTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT n.nspname || '.' || p.relname FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace"
                        + " CROSS JOIN LATERAL pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid"
                        + " JOIN pg_namespace n ON n.oid = p.relnamespace WHERE s.nspname = ? AND c.relname = ?"
                        + " AND c.relkind = 'p' AND t.isleaf AND p.relreplident <> 'f' ORDER BY 1")) {
            bind(statement, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    findings.problem(
                            "the partition " + rows.getString(1) + " of " + table.name() + ", which is mapped without a"
                                    + " key, has no REPLICA IDENTITY FULL of its own: the log does not tell which of its"
                                    + " rows an UPDATE or DELETE concerns",
                            CaptureSql.fullIdentity(rows.getString(1)));
                }
            }
        }
    }

    /** Gives whether every publication that there is tells whole rows of the table. */
    private boolean checkColumnLists(SourceTable table, List<String> identity, boolean full) throws SQLException {
        boolean whole = true;
        if (connection.getMetaData().getDatabaseMajorVersion() < COLUMN_LISTS_SINCE) {
            return whole;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pubname, attnames::text[] FROM pg_publication_tables WHERE schemaname = ? AND tablename = ?"
                        + " ORDER BY pubname")) {
            bind(statement, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> listed = strings(rows.getArray(2));
                    whole &= listed.size() == table.columns().size();
                    if (!listed.containsAll(identity)) {
                        findings.problem(
                                "publication " + rows.getString(1) + " lists columns of " + table.name()
                                        + ", but not all"
                                        + " of its replica identity"
                                        + (full ? " (FULL)" : " (" + String.join(", ", identity) + ")")
                                        + ": its owner's own UPDATEs and DELETEs fail",
                                full
                                        ? "let its primary key be its REPLICA IDENTITY (DEFAULT), or publish it without"
                                                + " a column list"
                                        : "add the missing columns to the list");
                    }
                    checkListed(table, rows.getString(1), listed);
                }
            }
        }
        return whole;
    }

    private void checkListed(SourceTable table, String publication, List<String> listed) {
        if (!publication.equals(slot) || !mapping.tables().contains(table.name())) {
            return;
        }
        List<String> missing = new ArrayList<>(mapping.capturedColumns(table.name()));
        missing.removeAll(listed);
        if (!missing.isEmpty()) {
            findings.problem(
                    "publication " + slot + " does not tell " + String.join(", ", missing) + " of " + table.name(),
                    "ALTER PUBLICATION " + slot
                            + " SET TABLE with the tables and columns that ./faceaudit onboard prints");
        }
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    private static void bind(PreparedStatement statement, SourceTable table) throws SQLException {
        int dot = table.name().indexOf('.');
        statement.setString(1, table.name().substring(0, dot));
        statement.setString(2, table.name().substring(dot + 1));
    }
}
