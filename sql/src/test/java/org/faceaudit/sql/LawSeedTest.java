package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawSeedTest {

    private final AuditServer server = AuditServer.started();

    @Test
    void eachOfficialYearHas248WorkingDays() throws SQLException {
        assertThat(query("""
                        SELECT to_char(d, 'YYYY'), count(*) FILTER (WHERE coalesce(k.kind = 'WORKDAY', to_char(d, 'ID') < '6')),
                               count(*) FILTER (WHERE k.kind = 'HOLIDAY'), count(*) FILTER (WHERE k.kind = 'WORKDAY')
                        FROM generate_series(timestamp '2025-01-01', '2026-12-31', '1 day') AS d
                        LEFT JOIN registry.calendar_day k ON k.day = d::date AND k.notice_id IN ('gov-2025', 'gov-2026')
                        GROUP BY 1 ORDER BY 1""")).containsExactly("2025|248|28|5", "2026|248|33|6");
    }

    @Test
    void theCertainDaysOf2027AreThoseOfTheHolidayRegulation() throws SQLException {
        assertThat(query("SELECT to_char(day, 'MM-DD') FROM registry.calendar_day WHERE notice_id = 'statutory-days'"
                        + " AND day BETWEEN '2027-01-01' AND '2027-12-31' ORDER BY day"))
                .containsExactly(
                        "01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15",
                        "10-01", "10-02", "10-03");
        assertThat(query("SELECT id, active FROM registry.calendar_notice ORDER BY id"))
                .containsExactly("gov-2025|t", "gov-2026|t", "statutory-days|f");
        assertThat(query("SELECT DISTINCT to_char(day, 'YYYY') FROM registry.calendar_day"
                        + " WHERE notice_id = 'statutory-days'"))
                .hasSize(10);
    }

    @Test
    void beforeItsNoticeAYearHasItsCertainDays() throws SQLException {
        assertThat(query("SELECT certain.day FROM registry.calendar_day certain"
                        + " WHERE certain.notice_id = 'statutory-days' AND certain.day < '2027-01-01' AND NOT EXISTS"
                        + " (SELECT FROM registry.calendar_day named WHERE named.notice_id = 'gov-2026'"
                        + " AND named.day = certain.day AND named.kind = 'HOLIDAY')"))
                .as("days of 2026 that are certain by law, but no holidays by the notice")
                .isEmpty();
    }

    @Test
    void theAuthoritysOwnDateComesOutOfTheSeedCalendar() throws SQLException {
        assertThat(due("2025-06-01")).isEqualTo("2025-07-14");
        assertThat(due("2026-01-05")).isEqualTo("2026-02-14");
        assertThat(due("2026-11-19")).isEqualTo("2026-12-31");
        assertThat(due("2026-11-20"))
                .as("2027-01-01 is a holiday and no due day")
                .isEqualTo("2027-01-04");
    }

    @Test
    void aLaterNoticeCountsBeforeAnEarlierOneAndBothBeforeTheStatute() throws SQLException {
        String day =
                "SELECT day, working FROM audit.special_day WHERE day IN ('2026-10-10', '2027-05-01') ORDER BY day";
        assertThat(query(day)).containsExactly("2026-10-10|t", "2027-05-01|f");
        try (Connection connection = server.as("postgres")) {
            connection.setAutoCommit(false);
            AuditServer.run(
                    connection,
                    "INSERT INTO registry.calendar_notice VALUES ('late', '2026-09-01', '2026-10-01', '2027-12-31', 's')",
                    "INSERT INTO registry.calendar_day VALUES ('late', '2026-10-10', 'HOLIDAY', '国庆节'),"
                            + " ('late', '2027-05-01', 'WORKDAY', '劳动节')",
                    "UPDATE registry.calendar_notice SET active = true WHERE id = 'late'");
            assertThat(AuditServer.rows(connection, day)).containsExactly("2026-10-10|f", "2027-05-01|t");
            assertThat(AuditServer.rows(connection, "SELECT 1 FROM audit.special_day WHERE day = '2027-10-01'"))
                    .as("covered by the notice, which does not name it")
                    .isEmpty();
            connection.rollback();
        }
    }

    @Test
    void everyRuleCitesKnownArticlesAndHasASeverity() throws SQLException {
        assertThat(query("SELECT id FROM registry.rule")).hasSize(19);
        assertThat(query("SELECT r.id, cited FROM registry.rule r, string_to_table(r.article, '; ') cited"
                        + " WHERE cited NOT IN (SELECT reference FROM audit.cited_article)"))
                .isEmpty();
        assertThat(query("SELECT rule_id FROM audit_api.rule_v1 WHERE clause_text_zh IS NULL OR cardinality(needs) = 0"
                        + " OR known_gaps = ''"))
                .isEmpty();
        assertThat(query("SELECT id FROM registry.rule r WHERE id <> 'filing-due-soon' AND NOT EXISTS"
                        + " (SELECT FROM registry.parameter p WHERE p.name LIKE r.id || '.severity%')"))
                .isEmpty();
        assertThat(query("SELECT clause_text_zh FROM audit_api.rule_v1 WHERE rule_id = 'repeated-prompt'")
                        .get(0))
                .contains("(转述,非原文)");
    }

    @Test
    void parametersValidTodayAreTheNewestNotAfterToday() throws SQLException {
        try (Connection connection = server.as("postgres")) {
            connection.setAutoCommit(false);
            AuditServer.run(
                    connection,
                    "INSERT INTO registry.parameter VALUES"
                            + " ('sole-face-method.grace', '*', '3', 'hours', '2026-01-01', 'test'),"
                            + " ('sole-face-method.grace', '*', '4', 'hours', '9999-01-01', 'test')");
            assertThat(AuditServer.rows(
                            connection,
                            "SELECT value, unit FROM audit_api.parameter_v1 WHERE name = 'sole-face-method.grace'"))
                    .containsExactly("3|hours");
            connection.rollback();
        }
    }

    @Test
    void theCommandLineReadsTheSameFiles() throws IOException {
        for (String name : List.of("article", "calendar_day", "calendar_notice", "parameter", "rule")) {
            try (BufferedReader file =
                    new BufferedReader(new InputStreamReader(LawFiles.open(name + ".csv"), StandardCharsets.UTF_8))) {
                assertThat(file.readLine()).matches("[a-z_]+(,[a-z_]+)+");
            }
        }
        assertThatThrownBy(() -> LawFiles.open("nothing.csv")).isInstanceOf(IOException.class);
    }

    /** The thirtieth working day after the trigger day. */
    private String due(String trigger) throws SQLException {
        return query("SELECT d::date FROM generate_series(date '" + trigger + "' + 1, date '" + trigger
                        + "' + 90, interval '1 day') d LEFT JOIN audit.special_day s ON s.day = d::date"
                        + " WHERE coalesce(s.working, to_char(d, 'ID') < '6') ORDER BY d OFFSET 29 LIMIT 1")
                .get(0);
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = server.as("postgres")) {
            return AuditServer.rows(connection, sql);
        }
    }
}
