package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;

/**
 * Which mapped columns the log of a PostgreSQL tells: those that its publication names, of tables that stand in it. Of a key it
 * must be told of deleted rows too, by the table's replica identity: a column that is not in it arrives there as an invented
 * value, and the deletion would be another row's.
 */
final class ToldColumns {
    private static final int COLUMN_LISTS_SINCE = 15;

    private final Connection connection;
    private final Mapping mapping;

    /** @param mapping with an entry for each table that is there */
    ToldColumns(Connection connection, Mapping mapping) {
        this.connection = connection;
        this.mapping = mapping;
    }

    /**
     * The mapped columns that are not told, as {@link CatalogueLook} names them; none while there is no publication, for then the
     * connector makes one.
     */
    SortedSet<String> untold() throws SQLException {
        SortedSet<String> untold = new TreeSet<>();
        if (!SourcePreflight.published(connection, mapping)) {
            return untold;
        }
        Map<String, Set<String>> published = published();
        Map<String, Set<String>> identities = identities();
        for (MappedTable table : mapping.tablesByName().values()) {
            Set<String> told = published.get(table.name());
            for (String column : mapping.capturedColumns(table.name())) {
                if (told == null || !told.contains(column)) {
                    untold.add(CatalogueLook.name(table.name(), column));
                }
            }
            Set<String> identity = identities.get(table.name());
            for (String column : table.key()) {
                if (identity != null && !identity.contains(column)) {
                    untold.add(CatalogueLook.name(table.name(), column));
                }
            }
        }
        return untold;
    }

    /** By table, the columns that the publication tells. */
    private Map<String, Set<String>> published() throws SQLException {
        boolean listed = connection.getMetaData().getDatabaseMajorVersion() >= COLUMN_LISTS_SINCE;
        String columns = listed
                ? "attnames::text[]"
                : "ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid ="
                        + " (quote_ident(schemaname) || '.' || quote_ident(tablename))::regclass"
                        + " AND a.attnum > 0 AND NOT a.attisdropped)";
        try (PreparedStatement statement = connection.prepareStatement("SELECT schemaname || '.' || tablename, "
                + columns + " FROM pg_publication_tables WHERE pubname = ?")) {
            statement.setString(1, ConnectorConfig.slotName(mapping.topic()));
            return columnsByTable(statement);
        }
    }

    /** By table whose rows have a replica identity of some columns, those columns; where all are in it, there is nothing to ask. */
    private Map<String, Set<String>> identities() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT n.nspname || '.' || c.relname,"
                        + " ARRAY(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a"
                        + " ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid"
                        + " AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END)"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relkind IN ('r', 'p') AND c.relreplident <> 'f' AND n.nspname || '.' || c.relname = ANY (?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", mapping.tablesByName().keySet().toArray()));
            return columnsByTable(statement);
        }
    }

    private static Map<String, Set<String>> columnsByTable(PreparedStatement statement) throws SQLException {
        Map<String, Set<String>> columns = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                columns.put(rows.getString(1), new TreeSet<>(Arrays.asList((String[])
                        rows.getArray(2).getArray())));
            }
        }
        return columns;
    }
}
