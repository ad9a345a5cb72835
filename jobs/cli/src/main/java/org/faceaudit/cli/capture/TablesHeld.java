package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.faceaudit.cli.source.SourceCatalogue;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;

/**
 * The tables of a source, and their partitions, whose rows facts rest on: when one of them goes its rows go, and no log tells of
 * it. A table whose rows tell attempts alone, and which no other refers to, may go: what was tried stays tried.
 *
 * <p>A table is named {@code schema.table.*}, a partition {@code schema.table[partition].*}.
 */
final class TablesHeld {
    /** What stands beside such a name in the place of a column's kind. */
    static final String WORD = "ROWS";

    private static final String WHOLE = ".*";

    private final Connection connection;
    private final SourceKind kind;
    private final Mapping written;

    TablesHeld(Connection connection, SourceKind kind, Mapping written) {
        this.connection = connection;
        this.kind = kind;
        this.written = written;
    }

    /**
     * Those that are there.
     *
     * @param each the mapping with an entry for each table that is there
     */
    SortedSet<String> there(Mapping each) throws SQLException {
        SourceCatalogue catalogue = new SourceCatalogue(connection, kind);
        SortedSet<String> there = new TreeSet<>();
        for (String table : each.tablesByName().keySet()) {
            if (matters(table) && catalogue.table(table).isPresent()) {
                there.add(CatalogueLook.name(table, "*"));
                for (String partition : partitions(table)) {
                    there.add(CatalogueLook.name(table + '[' + partition + ']', "*"));
                }
            }
        }
        return there;
    }

    /**
     * Those that are not there any more, as far as this can be told: of a MariaDB one does not see what one may not read. A
     * partition of a table that went is not named beside it.
     */
    SortedSet<String> gone(Collection<String> known, Collection<String> there) throws SQLException {
        SortedSet<String> gone = new TreeSet<>();
        for (String name : known) {
            String table = table(name);
            boolean partition = !name.equals(table + WHOLE);
            if (there.contains(name) || !matters(table) || (partition && !there.contains(table + WHOLE))) {
                continue;
            }
            if (kind == SourceKind.POSTGRESQL || partition || isGranted(table)) {
                gone.add(name);
            }
        }
        return gone;
    }

    /** Whether a name is of a table or a partition. */
    static boolean isTable(String name) {
        return name.endsWith(WHOLE);
    }

    private static String table(String name) {
        String whole = name.substring(0, name.length() - WHOLE.length());
        return whole.endsWith("]") && whole.contains("[") ? whole.substring(0, whole.indexOf('[')) : whole;
    }

    private boolean matters(String table) {
        MappedTable entry = written.tableHolding(table).orElse(null);
        if (entry == null) {
            return false;
        }
        return written.isJoined(entry.name())
                || entry.facts().stream().anyMatch(fact -> !(fact instanceof AttemptMapping));
    }

    private SortedSet<String> partitions(String table) throws SQLException {
        String sql = switch (kind) {
            case POSTGRESQL ->
                "SELECT p.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " CROSS JOIN LATERAL pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid"
                        + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind = 'p' AND t.isleaf AND t.level > 0";
            case MARIADB ->
                "SELECT DISTINCT partition_name FROM information_schema.partitions"
                        + " WHERE table_schema = ? AND table_name = ? AND partition_name IS NOT NULL";
        };
        SortedSet<String> partitions = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.substring(0, table.indexOf('.')));
            statement.setString(2, table.substring(table.indexOf('.') + 1));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    partitions.add(rows.getString(1));
                }
            }
        }
        return partitions;
    }

    /**
     * Whether a snapshot would read every table that is mapped. A MariaDB hides those that one may not read, also from a snapshot,
     * which then takes their rows for gone: where a name stands for many, only a right on the whole database says that none is hidden.
     */
    boolean allVisible() throws SQLException {
        if (kind == SourceKind.POSTGRESQL) {
            return true;
        }
        SourceCatalogue catalogue = new SourceCatalogue(connection, kind);
        for (MappedTable table : written.tablesByName().values()) {
            boolean visible =
                    !table.isPattern() && catalogue.table(table.name()).isPresent();
            if (!visible && !isGranted(table.name())) {
                return false;
            }
        }
        return true;
    }

    /** What was granted on a table stays granted when the table goes. */
    private boolean isGranted(String table) throws SQLException {
        String schema = MariaDbCaptureSql.quoted(table.substring(0, table.indexOf('.')));
        Set<String> places =
                Set.of(" ON *.* TO ", " ON " + schema + ".* TO ", " ON " + MariaDbCaptureSql.quoted(table) + " TO ");
        try (PreparedStatement statement = connection.prepareStatement("SHOW GRANTS");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String grant = rows.getString(1);
                if (grant.matches("GRANT (.*, )?(SELECT|ALL PRIVILEGES)\\b.*")
                        && places.stream().anyMatch(grant::contains)) {
                    return true;
                }
            }
        }
        return false;
    }
}
