package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationTest {

    private final AuditServer server = AuditServer.started();

    @Test
    void aSecondMigrationChangesNothing() throws Exception {
        server.createDatabase("twice");
        AuditDatabase.migrate(server.url("twice"), "postgres", null);
        List<String> once = state("twice");
        AuditDatabase.migrate(server.url("twice"), "postgres", null);
        assertThat(state("twice")).isEqualTo(once);
    }

    @Test
    void whatPeopleChangedSurvivesTheNextSeed() throws Exception {
        server.createDatabase("changed");
        AuditDatabase.migrate(server.url("changed"), "postgres", null);
        try (Connection connection = DriverManager.getConnection(server.url("changed"), "postgres", null)) {
            AuditServer.run(
                    connection,
                    "UPDATE registry.parameter SET value = '2' WHERE name = 'sole-face-method.grace'",
                    "UPDATE registry.calendar_notice SET active = false WHERE id = 'gov-2026'",
                    "DELETE FROM registry.calendar_day WHERE notice_id = 'gov-2026' AND day = '2026-10-10'");
            LawSeed.load(connection);
            assertThat(AuditServer.rows(
                            connection, "SELECT value FROM registry.parameter WHERE name = 'sole-face-method.grace'"))
                    .containsExactly("2");
            assertThat(AuditServer.rows(
                            connection,
                            "SELECT active, (SELECT count(*) FROM registry.calendar_day d WHERE d.notice_id = n.id)"
                                    + " FROM registry.calendar_notice n WHERE id = 'gov-2026'"))
                    .containsExactly("f|38");
        }
    }

    @Test
    void everyTableOfTheRegistryHasAPrimaryKey() throws SQLException {
        try (Connection connection = server.as("postgres")) {
            assertThat(AuditServer.rows(
                            connection,
                            "SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                    + " WHERE n.nspname IN ('registry', 'audit') AND c.relkind = 'r' AND NOT EXISTS"
                                    + " (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)"))
                    .isEmpty();
        }
    }

    private List<String> state(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(database), "postgres", null)) {
            List<String> rows = new ArrayList<>();
            for (String table :
                    List.of("article", "rule", "parameter", "calendar_notice", "calendar_day", "heartbeat")) {
                rows.addAll(AuditServer.rows(connection, "SELECT t.xmin, t.* FROM registry." + table + " t"));
            }
            rows.addAll(
                    AuditServer.rows(connection, "SELECT installed_rank, script FROM flyway.flyway_schema_history"));
            assertThat(rows).hasSizeGreaterThan(200);
            return rows;
        }
    }
}
