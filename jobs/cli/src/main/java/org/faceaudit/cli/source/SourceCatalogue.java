package org.faceaudit.cli.source;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;

/** Reads a source's catalogue, by what JDBC asks of any database. Never reads a row. */
public final class SourceCatalogue {

    private static final Set<String> SYSTEM_SCHEMAS =
            Set.of("information_schema", "mysql", "performance_schema", "sys", "pg_catalog", "pg_toast");
    private static final Set<String> TABLES = Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE", "FOREIGN TABLE");
    private static final Set<String> VIEWS = Set.of("VIEW", "MATERIALIZED VIEW");

    private final DatabaseMetaData catalogue;
    private final SourceKind kind;

    /** Of whatever the connection's user may see. */
    public SourceCatalogue(Connection connection, SourceKind kind) throws SQLException {
        this.catalogue = connection.getMetaData();
        this.kind = kind;
    }

    /**
     * The tables of a database, without views, partitions and what belongs to the database itself, by name.
     *
     * @throws SQLException if the catalogue cannot be read
     */
    public List<SourceTable> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        String database = catalogue.getConnection().getCatalog();
        try (ResultSet rows = catalogue.getTables(database, null, "%", null)) {
            while (rows.next()) {
                String schema = schema(rows, "TABLE_");
                if (TABLES.contains(type(rows)) && !SYSTEM_SCHEMAS.contains(schema)) {
                    names.add(schema + "." + rows.getString("TABLE_NAME"));
                }
            }
        }
        names.removeAll(partitions());
        List<SourceTable> tables = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            table(name).ifPresent(tables::add);
        }
        return List.copyOf(tables);
    }

    /** What JDBC takes for tables and is read as its table alone. */
    private List<String> partitions() throws SQLException {
        List<String> names = new ArrayList<>();
        if (kind == SourceKind.POSTGRESQL) {
            try (Statement statement = catalogue.getConnection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT n.nspname || '.' || c.relname FROM pg_class c"
                            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relispartition")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    /**
     * The mapping with an entry for each table that is there, in the place of those that stand for many.
     *
     * @throws SQLException if the catalogue cannot be read
     */
    public Mapping over(Mapping mapping) throws SQLException {
        List<String> names = new ArrayList<>();
        Set<String> schemas = new TreeSet<>();
        mapping.patterns()
                .forEach(pattern ->
                        schemas.add(pattern.name().substring(0, pattern.name().indexOf('.'))));
        for (String schema : schemas) {
            boolean catalogued = kind == SourceKind.MARIADB;
            try (ResultSet rows =
                    catalogue.getTables(catalogued ? schema : null, catalogued ? null : literally(schema), "%", null)) {
                while (rows.next()) {
                    if (TABLES.contains(type(rows))) {
                        names.add(schema + "." + rows.getString("TABLE_NAME"));
                    }
                }
            }
        }
        return mapping.over(names);
    }

    /**
     * One table or view; empty if there is none that one may see.
     *
     * @param name {@code schema.table}
     * @throws SQLException if the catalogue cannot be read
     */
    public Optional<SourceTable> table(String name) throws SQLException {
        String schema = name.substring(0, name.indexOf('.'));
        String table = name.substring(name.indexOf('.') + 1);
        String inCatalog = kind == SourceKind.MARIADB ? schema : null;
        String inSchema = kind == SourceKind.MARIADB ? null : schema;
        String type = "";
        String comment = "";
        try (ResultSet rows = catalogue.getTables(inCatalog, literally(inSchema), literally(table), null)) {
            while (rows.next()) {
                String found = type(rows);
                if ((TABLES.contains(found) || VIEWS.contains(found))
                        && rows.getString("TABLE_NAME").equals(table)) {
                    type = found;
                    comment = text(rows.getString("REMARKS"));
                }
            }
        }
        if (type.isEmpty()) {
            return Optional.empty();
        }
        List<String> primaryKey = primaryKey(inCatalog, inSchema, table);
        return Optional.of(new SourceTable(
                name,
                VIEWS.contains(type),
                comment,
                columns(inCatalog, inSchema, table),
                primaryKey,
                uniqueKeys(inCatalog, inSchema, table, primaryKey),
                foreignKeys(inCatalog, inSchema, table)));
    }

    /**
     * Every column of a table by its definition: those too that one may not read, as far as one may see the definition. A
     * PostgreSQL shows everybody every column; a MariaDB shows the definition to whoever has a right on the whole table.
     *
     * @param table as {@link #table} found it
     * @throws SQLException if the catalogue cannot be read
     */
    public List<SourceColumn> definedColumns(SourceTable table) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>(table.columns());
        if (kind == SourceKind.MARIADB) {
            for (SourceColumn defined : TableDefinition.columns(definition(table.name()))) {
                if (table.column(defined.name()).isEmpty()) {
                    columns.add(defined);
                }
            }
        }
        return List.copyOf(columns);
    }

    private String definition(String name) throws SQLException {
        int dot = name.indexOf('.');
        try (Statement statement = catalogue.getConnection().createStatement();
                ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + quoted(name.substring(0, dot)) + "."
                        + quoted(name.substring(dot + 1)))) {
            return row.next() ? row.getString(2) : "";
        } catch (SQLSyntaxErrorException denied) {
            // Without a right on the whole table one sees the columns that one may read.
            return "";
        }
    }

    private static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** What kind of relation it is; empty for one that JDBC has no word for. */
    private static String type(ResultSet rows) throws SQLException {
        return text(rows.getString("TABLE_TYPE"));
    }

    private List<SourceColumn> columns(String inCatalog, String inSchema, String table) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        try (ResultSet rows = catalogue.getColumns(inCatalog, literally(inSchema), literally(table), "%")) {
            while (rows.next()) {
                String type = rows.getString("TYPE_NAME");
                columns.add(new SourceColumn(
                        rows.getString("COLUMN_NAME"),
                        ValueKind.of(kind, type),
                        type.toLowerCase(Locale.ROOT),
                        !"NO".equals(rows.getString("IS_NULLABLE")),
                        defaultValue(rows.getString("COLUMN_DEF")),
                        text(rows.getString("REMARKS"))));
            }
        }
        return columns;
    }

    private static String defaultValue(String sql) {
        return sql == null || sql.isBlank() || sql.matches("(?i)null(::.*)?") ? null : sql;
    }

    private List<String> primaryKey(String inCatalog, String inSchema, String table) throws SQLException {
        Map<Short, String> key = new TreeMap<>();
        try (ResultSet rows = catalogue.getPrimaryKeys(inCatalog, inSchema, table)) {
            while (rows.next()) {
                key.put(rows.getShort("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(key.values());
    }

    private List<Set<String>> uniqueKeys(String inCatalog, String inSchema, String table, Collection<String> primaryKey)
            throws SQLException {
        Map<String, Set<String>> indexes = new LinkedHashMap<>();
        if (!primaryKey.isEmpty()) {
            indexes.put("", new TreeSet<>(primaryKey));
        }
        Set<String> partial = new TreeSet<>();
        try (ResultSet rows = catalogue.getIndexInfo(inCatalog, inSchema, table, true, true)) {
            while (rows.next()) {
                String index = rows.getString("INDEX_NAME");
                if (index == null) {
                    continue;
                }
                String column = rows.getString("COLUMN_NAME");
                if (column == null || rows.getString("FILTER_CONDITION") != null) {
                    partial.add(index);
                } else {
                    indexes.computeIfAbsent(index, name -> new TreeSet<>()).add(column);
                }
            }
        }
        partial.forEach(indexes::remove);
        return List.copyOf(indexes.values());
    }

    private List<ForeignKey> foreignKeys(String inCatalog, String inSchema, String table) throws SQLException {
        Map<String, Reference> references = new LinkedHashMap<>();
        try (ResultSet rows = catalogue.getImportedKeys(inCatalog, inSchema, table)) {
            while (rows.next()) {
                String other = schema(rows, "PKTABLE_") + "." + rows.getString("PKTABLE_NAME");
                Reference reference = references.computeIfAbsent(
                        rows.getString("FK_NAME") + " " + other, name -> new Reference(other));
                reference.columns.put(rows.getShort("KEY_SEQ"), rows.getString("FKCOLUMN_NAME"));
                reference.otherColumns.put(rows.getShort("KEY_SEQ"), rows.getString("PKCOLUMN_NAME"));
                reference.changes |= changes(rows.getShort("DELETE_RULE")) || changes(rows.getShort("UPDATE_RULE"));
            }
        }
        return references.values().stream().map(Reference::key).toList();
    }

    /** A foreign key while its columns come one by one. */
    private static final class Reference {
        private final String table;
        private final Map<Short, String> columns = new TreeMap<>();
        private final Map<Short, String> otherColumns = new TreeMap<>();
        private boolean changes;

        private Reference(String table) {
            this.table = table;
        }

        private ForeignKey key() {
            return new ForeignKey(List.copyOf(columns.values()), table, List.copyOf(otherColumns.values()), changes);
        }
    }

    private static boolean changes(short rule) {
        return rule == DatabaseMetaData.importedKeyCascade
                || rule == DatabaseMetaData.importedKeySetNull
                || rule == DatabaseMetaData.importedKeySetDefault;
    }

    private String schema(ResultSet rows, String prefix) throws SQLException {
        return rows.getString(prefix + (kind == SourceKind.MARIADB ? "CAT" : "SCHEM"));
    }

    /** A name where JDBC takes a pattern. */
    private String literally(String name) throws SQLException {
        if (name == null) {
            return null;
        }
        String escape = catalogue.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private static String text(String remarks) {
        return remarks == null ? "" : remarks.strip();
    }
}
