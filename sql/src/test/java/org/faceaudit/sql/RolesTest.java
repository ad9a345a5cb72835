package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RolesTest {

    private final AuditServer server = AuditServer.started();

    @Test
    void peopleReadTheViewsOnly() throws SQLException {
        for (String role : new String[] {"analyst", "auditor", "registrar"}) {
            allowed(role, "SELECT * FROM audit_api.alert_v1 LIMIT 1");
            allowed(role, "SELECT * FROM audit_api.clock_v1 LIMIT 1");
            allowed(role, "SELECT * FROM audit_api.rule_v1 LIMIT 1");
            refused(role, "SELECT * FROM audit.alert LIMIT 1");
            refused(role, "SELECT audit.put_alert('[]')");
            refused(role, "SELECT nextval('audit.generation')");
            refused(role, "CREATE TABLE public.mine (id int)");
            refused(role, "DELETE FROM audit_api.reject_v1");
        }
        for (String role : new String[] {"analyst", "auditor"}) {
            refused(role, "SELECT * FROM registry.operator LIMIT 1");
            refused(role, "INSERT INTO registry.operator (id, name) VALUES ('x', 'x')");
        }
    }

    @Test
    void onlyTheRegistrarWritesTheRegistry() throws SQLException {
        allowed("registrar", "INSERT INTO registry.operator (id, name) VALUES ('roles-test', 'x')");
        allowed("registrar", "DELETE FROM registry.operator WHERE id = 'roles-test'");
        refused("registrar", "UPDATE registry.heartbeat SET beat_at = now()");
        refused("registrar", "TRUNCATE registry.operator CASCADE");
        refused("faceaudit_job", "SELECT * FROM registry.operator");
    }

    @Test
    void theJobCannotDeleteNorRewriteTheHistory() throws SQLException {
        allowed("faceaudit_job", "SELECT nextval('audit.generation')");
        allowed("faceaudit_job", "SELECT audit.put_alert('[]')");
        refused("faceaudit_job", "DELETE FROM audit.alert");
        refused("faceaudit_job", "UPDATE audit.alert_history SET reason = 'x'");
        refused("faceaudit_job", "UPDATE audit.reject SET reason = 'x'");
        refused("faceaudit_job", "SELECT audit_api.acknowledge(gen_random_uuid(), 1, 'x')");
    }

    @Test
    void captureReadsTheRegistryAndBeats() throws SQLException {
        allowed("faceaudit_capture", "SELECT * FROM registry.filing LIMIT 1");
        allowed(
                "faceaudit_capture",
                "INSERT INTO registry.heartbeat (id, beat_at) VALUES (1, now())"
                        + " ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at");
        refused("faceaudit_capture", "UPDATE registry.filing SET kind = 'INITIAL'");
        refused("faceaudit_capture", "SELECT * FROM audit.alert");
        try (Connection superuser = server.as("postgres")) {
            assertThat(AuditServer.rows(
                            superuser,
                            "SELECT rolreplication, rolsuper FROM pg_roles WHERE rolname = 'faceaudit_capture'"))
                    .containsExactly("t|f");
        }
    }

    @Test
    void anAuditorAcknowledgesInTheOwnNameAndWithANote() throws SQLException {
        String alert = "00000000-0000-5000-8000-0000000000a1";
        try (Connection job = server.as("faceaudit_job")) {
            AuditServer.run(
                    job,
                    "SELECT audit.put_alert('[{\"alert_id\": \"" + alert
                            + "\", \"episode\": 1, \"rule_id\": \"source-silent\", \"verdict\": \"UNKNOWN\","
                            + " \"status\": \"OPEN\", \"severity\": 3, \"operator_id\": \"roles\", \"subject_kind\": \"source\","
                            + " \"subject_id\": \"s\", \"generation\": 1, \"revision\": 1}]')");
        }
        String call = "SELECT audit_api.acknowledge('" + alert + "', 1, ";
        allowed("auditor", call + "'line repaired tomorrow', 'CONTESTED')");
        refused("analyst", call + "'x')");
        try (Connection auditor = server.as("auditor")) {
            assertThatThrownBy(() -> AuditServer.run(auditor, call + "' ')"))
                    .hasMessageContaining("acknowledgement_note_check");
            assertThatThrownBy(() -> AuditServer.run(auditor, call + "'x', 'DELETED')"))
                    .hasMessageContaining("acknowledgement_kind_check");
            assertThatThrownBy(
                            () -> AuditServer.run(auditor, "SELECT audit_api.acknowledge(gen_random_uuid(), 1, 'x')"))
                    .hasMessageContaining("there is no alert");
            assertThat(AuditServer.rows(
                            auditor,
                            "SELECT a.acknowledged_by, k.kind, k.note, k.revision_seen FROM audit_api.alert_v1 a"
                                    + " JOIN audit_api.acknowledgement_v1 k USING (alert_id) WHERE alert_id = '" + alert
                                    + "'"))
                    .containsExactly("auditor|CONTESTED|line repaired tomorrow|1");
        }
        refused("auditor", "DELETE FROM audit.acknowledgement");
    }

    private void allowed(String role, String sql) throws SQLException {
        try (Connection connection = server.as(role)) {
            AuditServer.run(connection, sql);
        }
    }

    private void refused(String role, String sql) throws SQLException {
        try (Connection connection = server.as(role)) {
            assertThatThrownBy(() -> AuditServer.run(connection, sql))
                    .as(role + ": " + sql)
                    .hasMessageContaining("permission denied");
        }
    }
}
