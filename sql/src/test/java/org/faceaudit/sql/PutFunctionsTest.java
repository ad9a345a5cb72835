package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PutFunctionsTest {

    private static final AtomicInteger OPERATORS = new AtomicInteger();

    /** Per table: key columns, then a column with an old and a new value, as JSON members. */
    private static final Map<String, String[]> TABLES = new TreeMap<>(Map.of(
            "person_count",
            new String[] {
                "\"day\": \"2026-03-01\"",
                "\"persons_low\": 5, \"persons_high\": 7, \"exact\": false, \"records\": 9, \"raw_images\": 2,"
                        + " \"added\": 5, \"removed\": 0",
                "\"persons_low\": 6, \"persons_high\": 6, \"exact\": true, \"records\": 9, \"raw_images\": 0,"
                        + " \"added\": 6, \"removed\": 0"
            },
            "clock",
            new String[] {
                "\"kind\": \"FILING\", \"trigger_id\": \"1\"",
                "\"state\": \"RUNNING\", \"due_on\": \"2026-02-14\", \"due_on_strict\": \"2026-02-13\"",
                "\"state\": \"MET\", \"due_on\": \"2026-02-14\", \"filed_on\": \"2026-02-01\""
            },
            "forecast",
            new String[] {
                "\"as_of\": \"2026-03-01\"", "\"withheld_reason\": \"too few days\"", "\"reaches_mid\": \"2027-01-01\""
            },
            "image_finding",
            new String[] {
                "\"system_id\": \"gate\", \"record_key\": \"photo/1\", \"cause\": \"period-ended\"",
                "\"verdict\": \"VIOLATION\"",
                "\"verdict\": \"VIOLATION\", \"cleared_at\": \"2026-03-01T00:00:00Z\""
            },
            "source",
            new String[] {
                "\"system_id\": \"gate\"",
                "\"state\": \"SNAPSHOT\", \"changes\": 1",
                "\"state\": \"STREAMING\", \"known_through\": \"2026-03-01T00:00:00Z\""
            },
            "judgeable",
            new String[] {
                "\"system_id\": \"gate\", \"rule_id\": \"repeated-prompt\"",
                "\"judgeable\": false, \"reason\": \"attempt.outcome is not mapped\"",
                "\"judgeable\": true"
            },
            "unjudged",
            new String[] {
                "\"system_id\": \"gate\", \"subject\": \"public.gate.modes\", \"reason\": \"unmapped-method\", \"part\": \"1\"",
                "\"occurrences\": 1, \"last_at\": \"2026-03-01T00:00:00Z\"",
                "\"occurrences\": 2, \"last_at\": \"2026-03-02T00:00:00Z\""
            }));

    private final AuditServer server = AuditServer.started();
    private final String operator = "put-test-" + OPERATORS.incrementAndGet();
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
    void rowsAreGuardedByGenerationAndPositionAndRemovedOnesStayAway() throws SQLException {
        for (Map.Entry<String, String[]> entry : TABLES.entrySet()) {
            String table = entry.getKey();
            String key = entry.getValue()[0];
            String old = entry.getValue()[1];
            String fresh = entry.getValue()[2];
            assertThat(put(table, row(key, old, 1, 5))).as(table).isEqualTo(1);
            List<String> first = stored(table);
            assertThat(put(table, row(key, fresh, 1, 5))).as(table + ": equal").isZero();
            assertThat(put(table, row(key, fresh, 0, 9))).as(table + ": older").isZero();
            assertThat(stored(table)).as(table).isEqualTo(first).hasSize(1);
            assertThat(put(table, row(key, old, 1, 6) + "," + row(key, fresh, 1, 7)))
                    .as(table + ": twice in a batch")
                    .isEqualTo(1);
            assertThat(stored(table)).as(table).isNotEqualTo(first).hasSize(1);
            assertThat(visible(table)).as(table).isEqualTo(1);
            assertThat(put(table, row(key, "\"deleted\": true", 2, 1)))
                    .as(table)
                    .isEqualTo(1);
            assertThat(visible(table)).as(table + ": removed").isZero();
            assertThat(put(table, row(key, fresh, 1, 99))).as(table + ": late").isZero();
            assertThat(visible(table)).as(table + ": still removed").isZero();
            assertThat(put(table, row(key, fresh, 2, 2))).as(table).isEqualTo(1);
            assertThat(visible(table)).as(table + ": back").isEqualTo(1);
        }
    }

    @Test
    void aRowWithoutItsPositionIsRefused() {
        for (Map.Entry<String, String[]> entry : TABLES.entrySet()) {
            String row = "{\"operator_id\": \"" + operator + "\", " + entry.getValue()[0] + ", " + entry.getValue()[1]
                    + ", \"generation\": 1}";
            assertThatThrownBy(() -> put(entry.getKey(), row))
                    .as(entry.getKey())
                    .hasMessageContaining("position");
        }
    }

    @Test
    void whatCannotBeJudgedIsAddedUpOverItsPartsAndSaidInBothLanguages() throws SQLException {
        String subject =
                "\"system_id\": \"gate\", \"subject\": \"public.gate.modes\", \"reason\": \"unmapped-method\", ";
        put(
                "unjudged",
                row(subject + "\"part\": \"1\"", "\"occurrences\": 2, \"last_at\": \"2026-03-01T00:00:00Z\"", 1, 1)
                        + ","
                        + row(
                                subject + "\"part\": \"2\"",
                                "\"occurrences\": 3, \"last_at\": \"2026-03-02T00:00:00Z\"",
                                1,
                                1));
        put(
                "unjudged",
                row(
                        "\"system_id\": \"gate\", \"subject\": \"public.image\", \"reason\": \"image-of-nobody-known\","
                                + " \"part\": \"1\"",
                        "\"occurrences\": 0, \"last_at\": \"2026-03-01T00:00:00Z\"",
                        1,
                        1));

        assertThat(visible("unjudged")).as("what was made good is no row").isEqualTo(1);
        try (Connection analyst = server.as("analyst");
                var statement = analyst.createStatement();
                var read = statement.executeQuery("SELECT concat_ws('|', subject, reason, occurrences,"
                        + " last_at AT TIME ZONE 'UTC', meaning_zh, meaning_en) FROM audit_api.unjudged_v1"
                        + " WHERE operator_id = '" + operator + "'")) {
            read.next();
            assertThat(read.getString(1))
                    .startsWith("public.gate.modes|unmapped-method|5|2026-03-02 00:00:00|映射未列明的方式")
                    .endsWith("neither a fallback nor none");
        }
    }

    @Test
    void rowsThatANewGenerationDidNotPutAgainAreSweptOnRequest() throws SQLException {
        for (Map.Entry<String, String[]> entry : TABLES.entrySet()) {
            put(entry.getKey(), row(entry.getValue()[0], entry.getValue()[1], 1, 5));
        }
        put("source", row(TABLES.get("source")[0], TABLES.get("source")[1], 2, 1));
        assertThat(AuditServer.rows(job, "SELECT audit.sweep_stale('" + operator + "', 2)"))
                .containsExactly("6");
        assertThat(visible("clock")).isZero();
        assertThat(visible("source")).isEqualTo(1);
    }

    @Test
    void aRejectIsWrittenOnce() throws SQLException {
        String row = "{\"topic\": \"cdc." + operator
                + "\", \"partition\": 0, \"offset\": 17, \"reason\": \"no JSON\", \"sha256\": \"ab\","
                + " \"rejected_at\": \"2026-03-01T00:00:00Z\"}";
        assertThat(put("reject", row)).isEqualTo(1);
        assertThat(put("reject", row.replace("no JSON", "other"))).isZero();
        assertThat(AuditServer.rows(
                        job, "SELECT \"offset\", reason FROM audit.reject WHERE topic = 'cdc." + operator + "'"))
                .containsExactly("17|no JSON");
    }

    @Test
    void countsAreDenseFromTheFirstKnownDayToTheLast() throws SQLException {
        put("person_count", count("2026-03-01", 5, 5, 0, 1) + "," + count("2026-03-04", 4, 0, 1, 2));
        put("person_count", "{\"operator_id\": \"" + operator + "\", \"known_to\": \"2026-03-06\", \"generation\": 1}");
        put("person_count", "{\"operator_id\": \"" + operator + "\", \"known_to\": \"2026-03-05\", \"generation\": 1}");
        assertThat(counts())
                .containsExactly(
                        "2026-03-01|5|5|0",
                        "2026-03-02|5|0|0",
                        "2026-03-03|5|0|0",
                        "2026-03-04|4|0|1",
                        "2026-03-05|4|0|0",
                        "2026-03-06|4|0|0");
        put("person_count", count("2026-03-08", 6, 2, 0, 3));
        assertThat(counts()).hasSize(8).contains("2026-03-07|4|0|0", "2026-03-08|6|2|0");
    }

    @Test
    void daysLateCountCalendarDays() throws SQLException {
        put(
                "clock",
                row(
                                "\"kind\": \"FILING\", \"trigger_id\": \"1\"",
                                "\"state\": \"MET_LATE\", \"due_on\": \"2026-02-14\","
                                        + " \"filed_on\": \"2026-02-20\"",
                                1,
                                1)
                        + ","
                        + row(
                                "\"kind\": \"FILING\", \"trigger_id\": \"2\"",
                                "\"state\": \"OVERDUE\"," + " \"due_on\": \"2026-02-14\"",
                                1,
                                1));
        try (Connection analyst = server.as("analyst")) {
            assertThat(AuditServer.rows(
                            analyst,
                            "SELECT trigger_id, working_days_left,"
                                    + " CASE state WHEN 'OVERDUE' THEN days_late - ((now() AT TIME ZONE 'Asia/Shanghai')::date"
                                    + " - due_on) ELSE days_late END"
                                    + " FROM audit_api.clock_v1 WHERE operator_id = '" + operator + "' ORDER BY 1"))
                    .containsExactly("1|null|6", "2|null|0");
        }
    }

    @Test
    void workingDaysLeftFollowTheCalendar() throws SQLException {
        // due in the year 2026 relative to today is not fixed; so the view is compared with a plain count.
        put(
                "clock",
                row(
                        "\"kind\": \"FILING\", \"trigger_id\": \"1\"",
                        "\"state\": \"RUNNING\", \"due_on_strict\": \"2027-02-20\"",
                        1,
                        1));
        try (Connection superuser = server.as("postgres")) {
            assertThat(AuditServer.rows(superuser, """
                            SELECT c.working_days_left = (
                                SELECT count(*) FROM generate_series((now() AT TIME ZONE 'Asia/Shanghai')::date + 1,
                                                                     c.due_on_strict, interval '1 day') AS d
                                WHERE CASE (SELECT min(kind) FROM registry.calendar_day k WHERE k.day = d::date)
                                      WHEN 'WORKDAY' THEN true WHEN 'HOLIDAY' THEN false
                                      ELSE to_char(d, 'ID') < '6' END)
                            FROM audit_api.clock_v1 c WHERE c.operator_id = '%s'""".formatted(operator))).containsExactly("t");
        }
    }

    private String count(String day, int persons, int added, int removed, int position) {
        return row(
                "\"day\": \"" + day + "\"",
                "\"persons_low\": " + persons + ", \"persons_high\": " + persons + ", \"exact\": true, \"records\": "
                        + persons + ", \"raw_images\": 0, \"added\": " + added + ", \"removed\": " + removed,
                1,
                position);
    }

    private List<String> counts() throws SQLException {
        try (Connection analyst = server.as("analyst")) {
            return AuditServer.rows(
                    analyst,
                    "SELECT day, persons_low, added, removed FROM audit_api.person_count_v1 WHERE operator_id = '"
                            + operator + "' ORDER BY day");
        }
    }

    private String row(String key, String rest, long generation, long position) {
        return "{\"operator_id\": \"" + operator + "\", " + key + ", " + rest + ", \"generation\": " + generation
                + ", \"position\": " + position + ", \"unheard_of\": {}}";
    }

    private long put(String table, String rows) throws SQLException {
        return Long.parseLong(AuditServer.rows(job, "SELECT audit.put_" + table + "('[" + rows + "]')")
                .get(0));
    }

    private List<String> stored(String table) throws SQLException {
        return AuditServer.rows(job, "SELECT * FROM audit." + table + " WHERE operator_id = '" + operator + "'");
    }

    private int visible(String table) throws SQLException {
        try (Connection analyst = server.as("analyst")) {
            return AuditServer.rows(
                            analyst, "SELECT 1 FROM audit_api." + table + "_v1 WHERE operator_id = '" + operator + "'")
                    .size();
        }
    }
}
