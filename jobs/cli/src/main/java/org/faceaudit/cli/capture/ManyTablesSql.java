package org.faceaudit.cli.capture;

import java.util.List;
import java.util.stream.Collectors;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TablePattern;

/**
 * What the owner of a source runs for tables that only the source knows by name: those that one entry of a mapping stands for,
 * and the partitions of a table without a key. Each statement finds them itself, needs no knowledge of ours, and changes nothing
 * when it is run again: that is what is done when a further table has come.
 */
public final class ManyTablesSql {

    private ManyTablesSql() {}

    /**
     * Of a PostgreSQL, for each name that stands for many tables: grants, whole rows in the log if they have no key, and a place in
     * the publication, which must be there.
     *
     * @param role who captures
     */
    public static List<String> ofPostgresql(Mapping mapping, String role) {
        return mapping.patterns().stream()
                .map(pattern -> postgresql(mapping, pattern, role))
                .toList();
    }

    private static String postgresql(Mapping mapping, TablePattern pattern, String role) {
        MappedTable table = mapping.tablesByName().get(pattern.name());
        String slot = ConnectorConfig.slotName(mapping.topic());
        String columns = mapping.capturedColumns(table.name()).stream()
                .map(CaptureSql::word)
                .collect(Collectors.joining(", "));
        String whole = table.isKeyless()
                ? "    EXECUTE 'ALTER TABLE ' || one || ' REPLICA IDENTITY FULL';\n" + partitions("one", "    ")
                : "";
        String listed = table.isKeyless() ? "" : literal(" (" + columns + ")");
        return "DO $faceaudit$ DECLARE one regclass; part regclass; BEGIN\n"
                + "  FOR one IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace\n"
                + "    WHERE c.relkind IN ('r', 'p') AND n.nspname || '.' || c.relname ~ "
                + literal("^" + pattern.regex(ConnectorConfig::literally) + "$") + " ORDER BY c.relname LOOP\n"
                + "    EXECUTE " + literal("GRANT SELECT (" + columns + ") ON ") + " || one || "
                + literal(" TO " + CaptureSql.word(role)) + ";\n"
                + whole
                + "    IF NOT EXISTS (SELECT 1 FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid\n"
                + "      WHERE p.pubname = " + literal(slot) + " AND r.prrelid = one) THEN\n"
                + "      EXECUTE " + literal("ALTER PUBLICATION " + slot + " ADD TABLE ") + " || one"
                + (listed.isEmpty() ? "" : " || " + listed) + ";\n"
                + "    END IF;\n"
                + "  END LOOP;\n"
                + "END $faceaudit$";
    }

    /** Lets the log tell whole rows of every partition that a table of a PostgreSQL has, if it has any. */
    static String partitions(String table) {
        return "DO $faceaudit$ DECLARE part regclass; BEGIN\n"
                + partitions(literal(CaptureSql.quoted(table)) + "::regclass", "  ") + "END $faceaudit$";
    }

    private static String partitions(String table, String indent) {
        return indent + "FOR part IN SELECT relid FROM pg_partition_tree(" + table + ") WHERE isleaf LOOP\n" + indent
                + "  EXECUTE 'ALTER TABLE ' || part || ' REPLICA IDENTITY FULL';\n" + indent + "END LOOP;\n";
    }

    /**
     * Of a MariaDB, for each name that stands for many tables: the grants by which a snapshot reads them. The log tells of a further
     * table by itself.
     *
     * @param user who captures
     */
    public static List<String> ofMariaDb(Mapping mapping, String user) {
        return mapping.patterns().stream()
                .map(pattern -> mariaDb(mapping, pattern, user))
                .toList();
    }

    private static String mariaDb(Mapping mapping, TablePattern pattern, String user) {
        String schema = pattern.name().substring(0, pattern.name().indexOf('.'));
        String columns = mapping.capturedColumns(pattern.name()).stream()
                .map(MariaDbCaptureSql::word)
                .collect(Collectors.joining(", "));
        return "BEGIN NOT ATOMIC\n"
                + "  FOR one IN (SELECT table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE'\n"
                + "    AND table_schema = " + mariaDbLiteral(schema)
                + " AND CAST(CONCAT(table_schema, '.', table_name) AS BINARY) REGEXP "
                + mariaDbLiteral("^" + pattern.regex(ConnectorConfig::literally) + "$") + ") DO\n"
                + "    EXECUTE IMMEDIATE CONCAT("
                + mariaDbLiteral(
                        "GRANT SELECT (" + columns + "), SHOW VIEW ON " + MariaDbCaptureSql.word(schema) + ".`")
                + ", REPLACE(one.name, '`', '``'), "
                + mariaDbLiteral("` TO " + MariaDbCaptureSql.account(user)) + ");\n"
                + "  END FOR;\n"
                + "END";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String mariaDbLiteral(String text) {
        return literal(text.replace("\\", "\\\\"));
    }
}
