package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueriesTest {

    private static final Path QUERIES = Path.of("queries");
    private static final AuditServer SERVER = AuditServer.started();

    @BeforeAll
    static void putAFewRows() throws SQLException {
        try (Connection registrar = SERVER.as("registrar")) {
            AuditServer.run(
                    registrar,
                    "INSERT INTO registry.operator (id, name, sector) VALUES ('query-test', '某校', 'query-sector')"
                            + " ON CONFLICT DO NOTHING",
                    "INSERT INTO registry.operator (id, name, parent_id) VALUES ('query-sub', '分校', 'query-test')"
                            + " ON CONFLICT DO NOTHING");
        }
        String alert = """
                SELECT audit.put_alert('[{"alert_id": "00000000-0000-5000-8000-00000000%s", "episode": 1,
                    "rule_id": "%s", "verdict": "%s", "status": "%s", "severity": 4, "operator_id": "query-test",
                    "system_id": "gate", "subject_kind": "system", "subject_id": "gate", "occurred_on": "2026-01-05",
                    "explanation_en": "%s", "generation": 1, "revision": %d, "reason": "%s"}]')""";
        try (Connection job = SERVER.as("faceaudit_job")) {
            AuditServer.run(
                    job,
                    alert.formatted("e001", "private-space-device", "VIOLATION", "OPEN", "a camera", 1, "opened"),
                    alert.formatted("e002", "sole-face-method", "VIOLATION", "EXEMPT", "exempt", 1, "opened"),
                    alert.formatted("e003", "schema-drift", "UNKNOWN", "OPEN", "column gone", 1, "opened"),
                    alert.formatted("e003", "schema-drift", "UNKNOWN", "OPEN", "two columns gone", 2, "another one"),
                    "SELECT audit.put_person_count(jsonb_agg(jsonb_build_object('operator_id', 'query-test', 'day',"
                            + " date '2026-01-01' + n, 'persons_low', 1000 * n, 'persons_high', 1000 * n, 'exact', true,"
                            + " 'records', 1000 * n, 'raw_images', 0, 'added', 1000, 'removed', 0, 'generation', 1,"
                            + " 'position', n))) FROM generate_series(1, 80) n",
                    "SELECT audit.put_person_count('[{\"operator_id\": \"query-sub\", \"day\": \"2026-03-22\","
                            + " \"persons_low\": 30000, \"persons_high\": 30000, \"exact\": true, \"records\": 0,"
                            + " \"raw_images\": 0, \"added\": 0, \"removed\": 0, \"generation\": 1,"
                            + " \"position\": 1}]')",
                    "SELECT audit.put_person_count('[{\"operator_id\": \"query-test\", \"known_to\": \"2026-03-22\","
                            + " \"generation\": 1}]')",
                    "SELECT audit.put_forecast('[{\"operator_id\": \"query-test\", \"as_of\": \"2026-01-31\","
                            + " \"reaches_low\": \"2026-02-20\", \"reaches_mid\": \"2026-03-01\","
                            + " \"reaches_high\": \"2026-03-10\", \"method\": \"m\", \"generation\": 1,"
                            + " \"position\": 1}]')",
                    "SELECT audit.put_clock(jsonb_build_array("
                            + "jsonb_build_object('operator_id', 'query-test', 'kind', 'FILING', 'trigger_id', '1',"
                            + " 'state', 'RUNNING', 'due_on_strict', (now() AT TIME ZONE 'Asia/Shanghai')::date + 3,"
                            + " 'generation', 1, 'position', 1),"
                            + "jsonb_build_object('operator_id', 'query-test', 'kind', 'CHANGE', 'trigger_id', 'c1',"
                            + " 'state', 'MET_LATE', 'due_on', '2026-02-14', 'filed_on', '2026-02-16',"
                            + " 'generation', 1, 'position', 1)))",
                    "SELECT audit.put_image_finding('[{\"operator_id\": \"query-test\", \"system_id\": \"gate\","
                            + " \"record_key\": \"1\", \"cause\": \"period-ended\", \"verdict\": \"VIOLATION\","
                            + " \"due_on\": \"2026-02-14\", \"generation\": 1, \"position\": 1},"
                            + " {\"operator_id\": \"query-test\", \"system_id\": \"gate\", \"record_key\": \"2\","
                            + " \"cause\": \"period-ended\", \"verdict\": \"VIOLATION\","
                            + " \"cleared_at\": \"2026-03-01T00:00:00Z\", \"generation\": 1, \"position\": 1}]')",
                    "SELECT audit.put_judgeable('[{\"operator_id\": \"query-test\", \"system_id\": \"gate\","
                            + " \"rule_id\": \"repeated-prompt\", \"judgeable\": false, \"reason\": \"no attempts\","
                            + " \"generation\": 1, \"position\": 1}]')",
                    "SELECT audit.put_source('[{\"operator_id\": \"query-test\", \"system_id\": \"gate\","
                            + " \"state\": \"STREAMING\", \"rejects\": 2, \"unmapped\": 0, \"generation\": 1,"
                            + " \"position\": 1}]')");
        }
    }

    @Test
    void everyQuerySaysWhatItIsForAndRunsForAnAnalyst() throws Exception {
        try (var files = Files.list(QUERIES)) {
            List<Path> queries = files.sorted().toList();
            assertThat(queries).hasSize(10);
            for (Path query : queries) {
                assertThat(Files.readString(query)).startsWith("-- ").contains("audit_api.");
                assertThat(answer(query.getFileName().toString()))
                        .as(query.toString())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void openViolationsCountExemptOnesBeside() throws Exception {
        assertThat(mine("open-violations-by-sector.sql"))
                .satisfiesExactly(
                        row -> assertThat(row)
                                .startsWith("query-sector|private-space-device|")
                                .endsWith("|1|0|1|2026-01-05"),
                        row -> assertThat(row)
                                .startsWith("query-sector|sole-face-method|")
                                .endsWith("|0|1|1|2026-01-05"));
    }

    @Test
    void changesComeInTheirOrder() throws Exception {
        assertThat(mine("changes-since.sql"))
                .extracting(row -> row.split("\\|")[4])
                .containsExactly("private-space-device", "sole-face-method", "schema-drift");
    }

    @Test
    void growthIsMeasuredOverThirtyDaysAgainstTheThreshold() throws Exception {
        assertThat(mine("person-growth.sql")).containsExactly("query-test|2026-03-22|80000|80000|t|30000|0|80.0");
    }

    @Test
    void clocksAndMissedDutiesAreTold() throws Exception {
        assertThat(mine("clocks-due-this-week.sql")).singleElement().asString().startsWith("query-test|FILING|1|");
        assertThat(mine("missed-duties.sql"))
                .containsExactly("query-test|CHANGE|c1|MET_LATE|null|null|null|2026-02-14|2026-02-16|2|null");
    }

    @Test
    void onlyImagesStillStoredAreOverdue() throws Exception {
        assertThat(mine("images-overdue-by-cause.sql"))
                .containsExactly("query-test|gate|period-ended|VIOLATION|1|0|2026-02-14");
    }

    @Test
    void unknownsNameWhatIsMissing() throws Exception {
        assertThat(mine("unknowns.sql"))
                .containsExactlyInAnyOrder(
                        "query-test|gate|alert: schema-drift|two columns gone|null",
                        "query-test|gate|not judgeable: repeated-prompt|no attempts|null",
                        "query-test|gate|source: STREAMING|2 rejects, 0 unmapped|null");
    }

    @Test
    void theHistoryOfAnAlertTellsEveryRevision() throws Exception {
        String sql = sql("alert-history.sql")
                .replaceAll("(?s)\\(SELECT alert_id.*?LIMIT 1\\)", "'00000000-0000-5000-8000-00000000e003'");
        try (Connection analyst = SERVER.as("analyst")) {
            assertThat(AuditServer.rows(analyst, sql))
                    .extracting(row -> row.split("\\|")[4])
                    .containsExactly("opened", "another one");
        }
    }

    private static List<String> mine(String query) throws SQLException, IOException {
        return answer(query).stream()
                .filter(row -> row.contains("query-test") || row.contains("query-sector"))
                .toList();
    }

    private static List<String> answer(String query) throws SQLException, IOException {
        try (Connection analyst = SERVER.as("analyst")) {
            return AuditServer.rows(analyst, sql(query));
        }
    }

    private static String sql(String query) throws IOException {
        return Files.readString(QUERIES.resolve(query)).strip().replaceAll(";$", "");
    }
}
