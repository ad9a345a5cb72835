package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AuditApiTest {

    private final AuditServer server = AuditServer.started();

    @Test
    void everyViewHasExactlyTheColumnsOfTheContract() throws SQLException, IOException {
        List<String> contract;
        try (var file =
                Objects.requireNonNull(AuditApiTest.class.getResourceAsStream("/audit-api-columns.csv"), "contract")) {
            contract = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .sorted()
                    .toList();
        }
        try (Connection connection = server.as("postgres")) {
            List<String> columns = AuditServer.rows(
                    connection,
                    "SELECT concat_ws(',', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod))"
                            + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                            + " WHERE c.relnamespace = 'audit_api'::regnamespace AND c.relname <> 'acknowledgement_v1'"
                            + " AND a.attnum > 0 AND NOT a.attisdropped");
            assertThat(columns.stream().sorted().toList()).isEqualTo(contract);
        }
    }

    @Test
    void everyViewAndColumnIsCommentedInEnglishAndChinese() throws SQLException {
        try (Connection connection = server.as("postgres")) {
            assertThat(AuditServer.rows(
                            connection,
                            "SELECT c.relname, a.attname FROM pg_class c"
                                    + " JOIN pg_attribute a ON a.attrelid = c.oid AND (a.attnum > 0 OR a.attname = 'ctid')"
                                    + " WHERE c.relnamespace = 'audit_api'::regnamespace AND c.relkind = 'v'"
                                    + " AND coalesce(col_description(c.oid, a.attnum), '')"
                                    + " !~ '^[\\x20-\\x7e]+ / .*[一-龥]'"))
                    .isEmpty();
            assertThat(AuditServer.rows(
                            connection,
                            "SELECT c.oid::regclass FROM pg_class c"
                                    + " WHERE c.relkind IN ('r', 'v') AND c.relnamespace IN"
                                    + " ('registry'::regnamespace, 'audit'::regnamespace, 'audit_api'::regnamespace)"
                                    + " AND coalesce(obj_description(c.oid, 'pg_class'), '')"
                                    + " !~ '^[\\x20-\\x7e¶]+ / .*[一-龥]'"))
                    .isEmpty();
        }
    }

    @Test
    void anAlertOnKafkaHasTheKeysThatPutAlertTakes() throws SQLException, IOException {
        String schema = Files.readString(Path.of("..", "schemas", "alert.schema.json"));
        try (Connection connection = server.as("postgres")) {
            List<String> properties = AuditServer.rows(
                    connection,
                    "SELECT key FROM jsonb_object_keys($schema$" + schema
                            + "$schema$::jsonb->'properties') key ORDER BY 1");
            List<String> required = AuditServer.rows(
                    connection,
                    "SELECT key FROM jsonb_array_elements_text($schema$" + schema
                            + "$schema$::jsonb->'required') key ORDER BY 1");
            List<String> columns = AuditServer.rows(
                    connection,
                    "SELECT attname FROM pg_attribute WHERE attrelid = 'audit.alert'::regclass AND attnum > 0"
                            + " AND attname NOT IN ('acknowledged_by', 'change_seq') ORDER BY attname::text");
            assertThat(properties).isEqualTo(columns).isEqualTo(required);
        }
    }
}
