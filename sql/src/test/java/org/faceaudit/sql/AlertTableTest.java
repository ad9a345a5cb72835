package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertTableTest {

    private static final AtomicInteger OPERATORS = new AtomicInteger();

    private final AuditServer server = AuditServer.started();
    private final UUID alert = UUID.randomUUID();
    private final String operator = "alert-test-" + OPERATORS.incrementAndGet();
    private Connection job;

    @BeforeEach
    void connect() throws SQLException {
        job = server.as("faceaudit_job");
    }

    @AfterEach
    void disconnect() throws SQLException {
        job.close();
    }

    @Test
    void committingTwiceChangesNothing() throws SQLException {
        assertThat(put(row(1, 1, 1, "OPEN"))).isEqualTo(1);
        List<String> once = everything();
        assertThat(put(row(1, 1, 1, "OPEN"))).isZero();
        assertThat(everything()).isEqualTo(once).hasSize(2);
    }

    @Test
    void onlyAGreaterGenerationOrRevisionReplaces() throws SQLException {
        put(row(1, 2, 5, "OPEN"));
        assertThat(put(row(1, 2, 4, "RESOLVED"))).isZero();
        assertThat(put(row(1, 1, 9, "RESOLVED"))).isZero();
        assertThat(alerts("status, generation, revision")).containsExactly("OPEN|2|5");
        assertThat(put(row(1, 2, 6, "RESOLVED"))).isEqualTo(1);
        assertThat(put(row(1, 3, 1, "EXEMPT"))).isEqualTo(1);
        assertThat(alerts("status, generation, revision")).containsExactly("EXEMPT|3|1");
        assertThat(history("generation, revision, status, reason"))
                .containsExactly("2|5|OPEN|because 5", "2|6|RESOLVED|because 6", "3|1|EXEMPT|because 1");
    }

    @Test
    void severalRevisionsInOneBatchAllEnterTheHistoryAndTheNewestStands() throws SQLException {
        put(row(1, 1, 1, "OPEN"));
        assertThat(put(row(1, 1, 3, "RESOLVED") + "," + row(1, 1, 2, "OPEN") + "," + row(1, 1, 1, "EXEMPT") + ","
                        + row(1, 1, 3, "RESOLVED")))
                .isEqualTo(1);
        assertThat(alerts("status, revision")).containsExactly("RESOLVED|3");
        assertThat(history("revision, status")).containsExactly("1|OPEN", "2|OPEN", "3|RESOLVED");
        assertThat(AuditServer.rows(
                        job,
                        "SELECT a.change_seq = max(h.change_seq), array_agg(h.revision ORDER BY h.change_seq)"
                                + " FROM audit.alert a JOIN audit.alert_history h USING (alert_id) WHERE alert_id = '"
                                + alert + "' GROUP BY a.change_seq"))
                .containsExactly("t|{1,2,3}");
    }

    @Test
    void episodesOfOneAlertStandBesideEachOther() throws SQLException {
        put(row(1, 1, 1, "RESOLVED") + "," + row(2, 1, 2, "OPEN"));
        assertThat(alerts("episode, status")).containsExactly("1|RESOLVED", "2|OPEN");
    }

    @Test
    void detectedAtKeepsItsFirstValueAndAcknowledgementSurvives() throws SQLException {
        put(row(1, 1, 1, "OPEN").replace("2026-01-05T01:00:00Z", "2026-01-05T01:02:03Z"));
        try (Connection auditor = server.as("auditor")) {
            AuditServer.run(auditor, "SELECT audit_api.acknowledge('" + alert + "', 1, 'seen')");
        }
        put(row(1, 2, 1, "RESOLVED"));
        assertThat(alerts("acknowledged_by, detected_at = '2026-01-05T01:02:03Z', status"))
                .containsExactly("auditor|t|RESOLVED");
    }

    @Test
    void whatANewGenerationDoesNotDeriveAgainIsWithdrawn() throws SQLException {
        UUID again = UUID.randomUUID();
        put(row(1, 1, 4, "OPEN"));
        put(row(1, 1, 1, "OPEN").replace(alert.toString(), again.toString()));
        put(row(1, 2, 1, "OPEN").replace(alert.toString(), again.toString()));
        assertThat(withdrawStale(2)).isEqualTo(1);
        assertThat(alerts("status, generation, revision, resolved_at")).containsExactly("WITHDRAWN|2|0|null");
        assertThat(AuditServer.rows(job, "SELECT status FROM audit.alert WHERE alert_id = '" + again + "'"))
                .containsExactly("OPEN");
        assertThat(history("generation, revision, status, reason"))
                .containsExactly("1|4|OPEN|because 4", "2|0|WITHDRAWN|not derived again in generation 2");
        assertThat(withdrawStale(2)).isZero();
        put(row(1, 2, 1, "OPEN"));
        assertThat(alerts("status, generation, revision")).containsExactly("OPEN|2|1");
    }

    @Test
    void theHistoryCannotBeChangedEvenByASuperuser() throws SQLException {
        put(row(1, 1, 1, "OPEN"));
        try (Connection superuser = server.as("postgres")) {
            assertThatThrownBy(() -> AuditServer.run(superuser, "DELETE FROM audit.alert_history"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> AuditServer.run(superuser, "UPDATE audit.alert_history SET reason = ''"))
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void aLaterCommitNeverShowsASmallerChangeNumber() throws Exception {
        job.setAutoCommit(false);
        put(row(1, 1, 1, "OPEN"));
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> {
            try (Connection other = server.as("faceaudit_job");
                    Statement statement = other.createStatement();
                    var result = statement.executeQuery("SELECT audit.put_alert('[" + row(2, 1, 1, "OPEN") + "]')")) {
                result.next();
                return result.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        try (Connection watcher = server.as("postgres")) {
            // The second writer waits for the first transaction's end before it draws its number.
            await().untilAsserted(() -> assertThat(
                            AuditServer.rows(
                                    watcher,
                                    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'faceaudit_job' AND wait_event = 'advisory'"))
                    .containsExactly("1"));
            assertThat(second).isNotDone();
        }
        job.commit();
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(alerts("episode, change_seq > lag(change_seq) OVER (ORDER BY episode)"))
                .containsExactly("1|null", "2|t");
    }

    @Test
    void aRowThatBreaksTheContractIsRefused() {
        assertThatThrownBy(() -> put(row(1, 1, 1, "CLOSED"))).hasMessageContaining("alert_status_check");
        assertThatThrownBy(() -> put("{\"alert_id\": \"" + alert + "\"}")).isInstanceOf(SQLException.class);
    }

    @Test
    void theViewShowsNameArticleAndDaysLeft() throws SQLException {
        try (Connection registrar = server.as("registrar")) {
            AuditServer.run(
                    registrar,
                    "INSERT INTO registry.operator (id, name, sector, region) VALUES ('" + operator
                            + "', '某物业', 'property', '310112')");
        }
        put(row(1, 1, 1, "OPEN"));
        try (Connection analyst = server.as("analyst")) {
            assertThat(AuditServer.rows(
                            analyst,
                            "SELECT operator_name, sector, region, law_article LIKE '人脸识别技术应用安全管理办法 第15条%',"
                                    + " days_left = due_on - (now() AT TIME ZONE 'Asia/Shanghai')::date"
                                    + " FROM audit_api.alert_v1 WHERE alert_id = '" + alert + "'"))
                    .containsExactly("某物业|property|310112|t|t");
        }
    }

    private String row(int episode, long generation, long revision, String status) {
        return """
                {"alert_id": "%s", "episode": %d, "rule_id": "storage-reached", "verdict": "NOTICE", "status": "%s",
                 "severity": 3, "operator_id": "%s", "system_id": null, "subject_kind": "operator", "subject_id": "%s",
                 "trigger": "1", "occurred_on": "2026-01-05", "opened_at": "2026-01-05T01:00:00Z",
                 "detected_at": "2026-01-05T01:00:00Z", "due_on": "2026-02-14", "measured": 100000,
                 "threshold": 100000, "unit": "persons", "provisional": false, "evidence": {"source": []},
                 "generation": %d, "revision": %d, "reason": "because %d", "unheard_of": 1}""".formatted(alert, episode, status, operator, operator, generation, revision, revision);
    }

    private long put(String rows) throws SQLException {
        return Long.parseLong(AuditServer.rows(job, "SELECT audit.put_alert('[" + rows + "]')")
                .get(0));
    }

    private long withdrawStale(long generation) throws SQLException {
        return Long.parseLong(
                AuditServer.rows(job, "SELECT audit.withdraw_stale('" + operator + "', " + generation + ")")
                        .get(0));
    }

    private List<String> alerts(String columns) throws SQLException {
        return AuditServer.rows(
                job, "SELECT " + columns + " FROM audit.alert WHERE alert_id = '" + alert + "' ORDER BY episode");
    }

    private List<String> history(String columns) throws SQLException {
        return AuditServer.rows(
                job,
                "SELECT " + columns + " FROM audit.alert_history WHERE alert_id = '" + alert
                        + "' ORDER BY generation, revision, episode");
    }

    private List<String> everything() throws SQLException {
        List<String> rows = new ArrayList<>(alerts("*"));
        rows.addAll(history("*"));
        return rows;
    }
}
