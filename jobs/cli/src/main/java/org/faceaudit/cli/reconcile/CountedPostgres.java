package org.faceaudit.cli.reconcile;

import java.sql.Connection;
import java.sql.SQLException;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.intake.mapping.Mapping;

/** How a PostgreSQL is asked. */
final class CountedPostgres implements CountedDatabase {

    @Override
    public void requireSnapshots(Connection connection, Mapping mapping) {
        // Every table of a PostgreSQL is of many versions.
    }

    @Override
    public SourceSnapshot snapshot(Connection connection) throws SQLException {
        String visible = SourceReading.one(connection, "SELECT pg_current_snapshot()::text");
        // After the snapshot: whatever that sees had been written to the log by then.
        String position = SourceReading.one(connection, "SELECT pg_current_wal_insert_lsn()::text");
        return PostgresSnapshot.parse(visible, position);
    }

    @Override
    public String quoted(String table) {
        return CaptureSql.quoted(table);
    }

    @Override
    public String word(String column) {
        return CaptureSql.word(column);
    }

    @Override
    public String typeColumn() {
        return "udt_name";
    }

    @Override
    public String present(String column, String form, String type) {
        return switch (type) {
            case "bytea" -> "octet_length(" + column + ") > 0";
            case "text", "varchar", "bpchar" ->
                switch (form) {
                    case "template" -> column + " ~ '[^\\s\\[\\]{}]'";
                    case "path" -> column + " ~ '\\S'";
                    default -> "regexp_replace(" + column + ", '^\\s*data:[^,]*,|^\\\\x', '', 'i') ~ '[^\\s=]'";
                };
            case "int2", "int4", "int8", "oid", "numeric", "float4", "float8" -> column + "::numeric <> 0";
            default -> type.startsWith("_") ? "cardinality(" + column + ") > 0" : "(" + column + ") IS NOT NULL";
        };
    }
}
