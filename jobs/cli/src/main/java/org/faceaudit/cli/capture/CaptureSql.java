package org.faceaudit.cli.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TablePattern;

/**
 * What the owner of a PostgreSQL source runs once, so that capture can read the mapped columns and nothing else: biometrics
 * that no mapping names are not even readable by the capture role. Of tables without a key they are: the log must tell whole rows
 * of those, so a publication cannot name columns of them, and it is the connector that leaves the others behind.
 */
public final class CaptureSql {

    static final String THROUGH_THE_ROOT = "publish_via_partition_root = true";

    private CaptureSql() {}

    /** The heartbeat table, if it is not there yet, and its one row. */
    public static List<String> heartbeat(Mapping mapping) {
        String table = quoted(mapping.heartbeatTable());
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + table + " (id int PRIMARY KEY, beat_at timestamptz NOT NULL)",
                "INSERT INTO " + table + " (id, beat_at) VALUES (1, now()) ON CONFLICT (id) DO NOTHING");
    }

    /** Makes the heartbeat row newer. */
    static String beat(Mapping mapping) {
        return "INSERT INTO " + quoted(mapping.heartbeatTable())
                + " (id, beat_at) VALUES (1, now()) ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at";
    }

    /** Grants on mapped columns and on the heartbeat table; the role must exist and have LOGIN and REPLICATION. */
    public static List<String> grants(Mapping mapping, String role) {
        List<String> grants = new ArrayList<>();
        TreeSet<String> schemas = new TreeSet<>();
        mapping.tables().forEach(table -> schemas.add(schema(table)));
        schemas.add(schema(mapping.heartbeatTable()));
        schemas.forEach(schema -> grants.add("GRANT USAGE ON SCHEMA " + word(schema) + " TO " + word(role)));
        for (String table : named(mapping)) {
            grants.add("GRANT SELECT (" + columns(mapping, table) + ") ON " + quoted(table) + " TO " + word(role));
        }
        grants.add("GRANT SELECT, INSERT, UPDATE ON " + quoted(mapping.heartbeatTable()) + " TO " + word(role));
        return List.copyOf(grants);
    }

    /**
     * Lets the log tell whole rows of the tables without a key, as they were before too: nothing else says which one goes. For the
     * partitions of such a table, which are found when it is run; after a further one it is run again.
     */
    public static List<String> identities(Mapping mapping) {
        return named(mapping).stream()
                .filter(table -> isKeyless(mapping, table))
                // A row is logged as its own partition says, whatever the table says.
                .flatMap(table -> Stream.of(fullIdentity(table), ManyTablesSql.partitions(table)))
                .toList();
    }

    /** The tables that the mapping knows by name; of the others {@link ManyTablesSql} says what is to be run. */
    private static List<String> named(Mapping mapping) {
        return mapping.tables().stream()
                .filter(table -> !TablePattern.isPattern(table))
                .toList();
    }

    static String fullIdentity(String table) {
        return "ALTER TABLE " + quoted(table) + " REPLICA IDENTITY FULL";
    }

    private static boolean isKeyless(Mapping mapping, String table) {
        return mapping.table(table).filter(MappedTable::isKeyless).isPresent();
    }

    /**
     * The publication of the mapped columns, and of whole rows of tables without a key. A table with REPLICA IDENTITY FULL must not stand in it with a column list: its
     * owner's own updates would fail.
     */
    public static String publication(Mapping mapping) {
        List<String> tables = named(mapping).stream()
                .filter(table -> !table.equals(mapping.heartbeatTable()))
                .map(table -> published(mapping, table))
                .collect(Collectors.toCollection(ArrayList::new));
        tables.add(quoted(mapping.heartbeatTable()));
        return "CREATE PUBLICATION " + ConnectorConfig.slotName(mapping.topic()) + " FOR TABLE "
                + String.join(", ", tables)
                // Else what happens in a partition is told under the partition's name, which no mapping knows.
                + " WITH (" + THROUGH_THE_ROOT + ")";
    }

    /** Adds a mapped table to the publication, from which changes made so far are missing then. */
    public static String addition(Mapping mapping, String table) {
        return "ALTER PUBLICATION " + ConnectorConfig.slotName(mapping.topic()) + " ADD TABLE "
                + published(mapping, table);
    }

    private static String published(Mapping mapping, String table) {
        return isKeyless(mapping, table) ? quoted(table) : quoted(table) + " (" + columns(mapping, table) + ")";
    }

    private static String columns(Mapping mapping, String table) {
        return mapping.capturedColumns(table).stream().map(CaptureSql::word).collect(Collectors.joining(", "));
    }

    private static String schema(String table) {
        return table.substring(0, table.indexOf('.'));
    }

    /** {@code schema.table}, each part quoted, so that upper case and Chinese names are what they are. */
    public static String quoted(String table) {
        return Arrays.stream(table.split("\\.", -1)).map(CaptureSql::word).collect(Collectors.joining("."));
    }

    /** The quoted name of a column, a role or a schema, in which a dot is a character like any other. */
    public static String word(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
