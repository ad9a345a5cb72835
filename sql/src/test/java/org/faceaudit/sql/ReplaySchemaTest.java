package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplaySchemaTest {

    private static final String NAME = "replay_20251103";
    private static final String CLOCK = "[{\"operator_id\":\"replayed\",\"kind\":\"FILING\",\"trigger_id\":\"1\","
            + "\"trigger_on_low\":\"2025-10-09\",\"due_on\":\"2025-11-20\",\"due_on_strict\":\"2025-11-19\","
            + "\"state\":\"RUNNING\",\"generation\":1,\"position\":1}]";

    private final AuditServer server = AuditServer.started();
    private final ReplaySchema replay = new ReplaySchema(NAME);

    private void create(String day, String lawSet) throws SQLException, IOException {
        replay.create(server.url(AuditServer.DATABASE), "postgres", null, LocalDate.parse(day), lawSet);
    }

    private List<String> query(String sql) throws SQLException {
        return query("postgres", sql);
    }

    private List<String> query(String role, String sql) throws SQLException {
        try (Connection connection = server.as(role)) {
            return AuditServer.rows(connection, sql);
        }
    }

    @AfterEach
    void drop() throws SQLException {
        try (Connection connection = server.as("postgres")) {
            replay.drop(connection);
        }
    }

    @Test
    void theViewsAreTheLiveOnesColumnByColumnWithTheirComments() throws SQLException, IOException {
        create("2025-11-03", null);

        assertThat(query(views(NAME))).isEqualTo(query(views("audit_api"))).hasSizeGreaterThan(100);
    }

    private static String views(String schema) {
        return "SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),"
                + " col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')"
                + " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                + " WHERE c.relkind = 'v' AND c.relnamespace = '" + schema + "'::regnamespace ORDER BY 1, 2";
    }

    @Test
    void nothingInItAsksTheClockOrReadsTheLiveTables() throws SQLException, IOException {
        create("2025-11-03", null);

        assertThat(
                        query(
                                "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                        + " WHERE c.relkind = 'v' AND n.nspname LIKE '" + NAME + "%'"
                                        + " AND pg_get_viewdef(c.oid) ~* '(now\\(\\)|current_|(^|[^_a-z])(audit|audit_api|registry)\\.)'"))
                .as("a view that must know the day reads audit.today")
                .isEmpty();
        assertThat(query("SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                        + " WHERE n.nspname LIKE '" + NAME + "%'"
                        + " AND p.prosrc ~ '(^|[^_a-z0-9])(audit|audit_api|registry)\\.'"))
                .isEmpty();
    }

    @Test
    void todayIsTheDayOfTheReplay() throws SQLException, IOException {
        create("2025-11-03", null);
        assertThat(query("faceaudit_job", "SELECT " + replay.tables() + ".put_clock('" + CLOCK + "'::jsonb)"))
                .containsExactly("1");

        assertThat(query("SELECT working_days_left FROM " + NAME + ".clock_v1")).containsExactly("12");
        assertThat(query("SELECT day FROM " + NAME + ".today_v1")).containsExactly("2025-11-03");
        assertThat(query("SELECT 1 FROM audit.clock WHERE operator_id = 'replayed'"))
                .isEmpty();
    }

    @Test
    void aNoticePublishedLaterIsNotInItsCalendar() throws SQLException, IOException {
        create("2025-11-03", null);
        assertThat(query("SELECT DISTINCT notice_id FROM " + NAME + ".calendar_v1"))
                .containsExactly("gov-2025");
        create("2025-11-04", null);
        assertThat(query("SELECT DISTINCT notice_id FROM " + NAME + ".calendar_v1 ORDER BY 1"))
                .containsExactly("gov-2025", "gov-2026");
    }

    @Test
    void nobodyReadsItBeforeItIsWholeAndNobodyAcknowledgesInIt() throws SQLException, IOException {
        create("2025-11-03", null);
        String alerts = "SELECT count(*) FROM " + NAME + ".alert_v1";
        assertThatThrownBy(() -> query("analyst", alerts)).hasMessageContaining("permission denied");

        try (Connection connection = server.as("postgres")) {
            replay.open(connection, "as of 2025-11-03, 'quoted'");
        }
        assertThat(query("analyst", alerts)).containsExactly("0");
        assertThatThrownBy(() -> query(
                        "auditor",
                        "SELECT " + NAME + ".acknowledge('00000000-0000-0000-0000-000000000000'::uuid, 1, 'x')"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> query("registrar", "SELECT 1 FROM " + NAME + "_registry.parameter"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void makingItAgainLeavesNothingOfTheEarlierOne() throws SQLException, IOException {
        create("2025-11-03", null);
        query("faceaudit_job", "SELECT " + replay.tables() + ".put_clock('" + CLOCK + "'::jsonb)");
        create("2025-11-03", null);

        assertThat(query("SELECT * FROM " + NAME + ".clock_v1")).isEmpty();
    }

    @Test
    void theDraftOf2023TakesThePlaceOfTheNumbersAndRulesOfTheMeasures() throws SQLException, IOException {
        create("2025-11-03", "draft-2023");

        assertThat(query("SELECT name, value FROM " + NAME + ".parameter_v1 WHERE name IN ('storage-reached.threshold',"
                        + " 'filing.days', 'filing.legacy-due', 'filing.authority-digits', 'change-filing.days',"
                        + " 'deregistration.days') ORDER BY name"))
                .containsExactly("filing.authority-digits|4", "filing.days|30", "storage-reached.threshold|10001");
        assertThat(query("SELECT rule_id FROM " + NAME
                        + ".rule_v1 WHERE clause_text_zh LIKE '%1万人%' AND law_article LIKE '%征求意见稿%' ORDER BY 1"))
                .containsExactly("filing-due-soon", "filing-overdue", "storage-reached");
        assertThat(query("SELECT count(*) FROM " + NAME + ".rule_v1")).containsExactly("3");
        assertThat(query("SELECT value FROM audit_api.parameter_v1 WHERE name = 'storage-reached.threshold'"))
                .containsExactly("100000");
        assertThat(query("SELECT count(*) FROM " + NAME + ".parameter_v1 WHERE name LIKE '%severity%'")
                        .get(0))
                .as("policy that the set does not speak of stays")
                .isNotEqualTo("0");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new ReplaySchema("audit; DROP SCHEMA audit"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
