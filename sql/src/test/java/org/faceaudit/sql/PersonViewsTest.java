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

/** Views over several days or operators: how forecasts came out, and groups. */
class PersonViewsTest {

    private static final AuditServer SERVER = AuditServer.started();

    @BeforeAll
    static void putRows() throws SQLException {
        try (Connection registrar = SERVER.as("registrar")) {
            AuditServer.run(
                    registrar,
                    "INSERT INTO registry.operator (id, name, parent_id) VALUES ('grp-head', '集团', NULL),"
                            + " ('grp-sub', '子公司', 'grp-head'), ('grp-deep', '孙公司', 'grp-sub'),"
                            + " ('grp-joint', '合作方', NULL), ('grp-alone', '独立', NULL)",
                    "INSERT INTO registry.filing (id, operator_id, kind, submitted_on, authority, covers) VALUES"
                            + " ('grp-f1', 'grp-head', 'INITIAL', '2026-03-02', '310000', '{grp-joint}'),"
                            + " ('grp-f2', 'grp-sub', 'INITIAL', '2026-03-03', '310000', '{}')",
                    "INSERT INTO registry.filing (id, operator_id, kind, submitted_on, withdrawn_on, authority, covers)"
                            + " VALUES ('grp-f3', 'grp-joint', 'INITIAL', '2026-03-04', '2026-03-05', '310000', '{grp-alone}')",
                    "INSERT INTO registry.operator (id, name, region) VALUES ('ended', '注销', '310101'),"
                            + " ('stayed', '未注销', '310101'), ('tenant-a', '甲', NULL), ('tenant-b', '乙', NULL),"
                            + " ('saas', '受托方', NULL)",
                    "INSERT INTO registry.filing (id, operator_id, kind, submitted_on, withdrawn_on, authority) VALUES"
                            + " ('end-1', 'ended', 'DEREGISTRATION', '2026-06-05', NULL, '310000'),"
                            + " ('end-2', 'stayed', 'DEREGISTRATION', '2026-06-05', '2026-06-06', '310000'),"
                            + " ('end-3', 'stayed', 'DEREGISTRATION', '2026-06-05', NULL, '310100'),"
                            + " ('end-4', 'stayed', 'DEREGISTRATION', '2026-06-20', NULL, '000000')",
                    "INSERT INTO registry.operator (id, name, region, parent_id) VALUES ('ret-head', '集团', '310101', NULL),"
                            + " ('ret-cured', '甲', '310101', 'ret-head'), ('ret-lost', '乙', '310101', 'ret-head'),"
                            + " ('ret-city', '丙', '310101', 'ret-head'), ('ret-ahead', '丁', '310101', 'ret-head')",
                    "INSERT INTO registry.filing (id, operator_id, kind, submitted_on, returned_on, accepted_on, authority,"
                            + " covers) VALUES"
                            + " ('ret-1', 'ret-cured', 'INITIAL', '2026-03-02', '2026-03-09', '2026-03-20', '310000', '{}'),"
                            + " ('ret-2', 'ret-lost', 'INITIAL', '2026-03-02', '2026-03-20', '2026-03-09', '310000', '{}'),"
                            + " ('ret-3', 'ret-city', 'INITIAL', '2026-03-02', NULL, NULL, '310100', '{}'),"
                            + " ('ret-4', 'ret-ahead', 'INITIAL', '2126-03-02', NULL, NULL, '310000', '{}'),"
                            + " ('ret-5', 'ret-head', 'DEREGISTRATION', '2026-06-05', NULL, NULL, '310000', '{ret-lost}'),"
                            + " ('ret-6', 'ret-cured', 'DEREGISTRATION', '2026-06-04', '2026-06-09', '2026-06-09', '310000',"
                            + " '{}')",
                    "INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source) VALUES"
                            + " ('processed-by.saas', 'tenant-a', '1', 'count', '2026-03-01', 'contract 1'),"
                            + " ('processed-by.saas', 'tenant-b', '1', 'count', '2026-03-02', 'contract 2'),"
                            + " ('processed-by.saas', 'tenant-b', '0', 'count', '2026-03-03', 'contract 2 ended')");
        }
        try (Connection job = SERVER.as("faceaudit_job")) {
            AuditServer.run(
                    job,
                    count("grp-head", "2026-03-01", 40_000, 40_000),
                    count("grp-sub", "2026-03-01", 30_000, 35_000),
                    count("grp-sub", "2026-03-03", 30_000, 100_000),
                    count("grp-joint", "2026-03-02", 25_000, 25_000),
                    known("grp-head", "2026-03-03"),
                    known("grp-sub", "2026-03-03"),
                    known("grp-joint", "2026-03-03"),
                    count("tenant-a", "2026-03-01", 60_000, 60_000),
                    count("tenant-b", "2026-03-01", 50_000, 50_000),
                    known("tenant-a", "2026-03-03"),
                    known("tenant-b", "2026-03-03"),
                    source("tenant-a", "lobby"),
                    source("tenant-b", "lobby"),
                    source("tenant-b", "garage"),
                    known("ended", "2026-09-30"),
                    clock("ended", "2", "2026-07-01", "2026-07-01"),
                    forecast("ended", "2026-05-31", "2026-06-10", "2026-07-01", "2026-08-01"),
                    forecast("ended", "2026-06-30", "2026-07-01", "2026-07-10", "2026-08-01"),
                    forecast("ret-cured", "2026-05-31", "2026-06-10", "2026-07-01", "2026-08-01"),
                    forecast("ret-lost", "2026-05-31", "2026-06-10", "2026-07-01", "2026-08-01"),
                    known("stayed", "2026-09-30"),
                    clock("stayed", "1", "2026-06-10", "2026-06-10"),
                    forecast("stayed", "2026-05-31", "2026-06-10", "2026-06-11", "2026-06-12"),
                    known("scored", "2026-09-30"),
                    known("waiting", "2026-06-10"),
                    clock("scored", "1", "2026-06-10", "2026-06-10"),
                    clock("bounded", "1", "2026-06-01", "2026-06-10"),
                    forecast("scored", "2026-03-31", "2026-06-01", "2026-06-08", "2026-06-20"),
                    forecast("scored", "2026-04-30", "2026-06-11", "2026-06-18", null),
                    forecast("scored", "2026-05-31", "2026-06-02", "2026-06-04", "2026-06-09"),
                    forecast("scored", "2026-08-31", "2026-09-10", "2026-09-12", "2026-09-20"),
                    forecast("bounded", "2026-05-31", "2026-06-02", "2026-06-04", "2026-06-09"),
                    forecast("waiting", "2026-05-31", "2026-06-02", "2026-06-04", "2026-06-10"),
                    "SELECT audit.put_forecast('[{\"operator_id\": \"waiting\", \"as_of\": \"2026-06-09\", \"method\": \"m\","
                            + " \"withheld_reason\": \"not-growing\", \"generation\": 1, \"position\": 1}]')");
        }
    }

    private static String count(String operator, String day, long low, long high) {
        return "SELECT audit.put_person_count('[{\"operator_id\": \"" + operator + "\", \"day\": \"" + day
                + "\", \"persons_low\": " + low + ", \"persons_high\": " + high + ", \"exact\": " + (low == high)
                + ", \"records\": 0, \"raw_images\": 0, \"added\": 0, \"removed\": 0, \"generation\": 1,"
                + " \"position\": 1}]')";
    }

    private static String known(String operator, String day) {
        return "SELECT audit.put_person_count('[{\"operator_id\": \"" + operator + "\", \"known_to\": \"" + day
                + "\", \"generation\": 1}]')";
    }

    private static String source(String operator, String system) {
        return "SELECT audit.put_source('[{\"operator_id\": \"" + operator + "\", \"system_id\": \"" + system
                + "\", \"state\": \"streaming\", \"changes\": 1, \"rejects\": 0, \"unmapped\": 0,"
                + " \"generation\": 1, \"position\": 1}]')";
    }

    private static String clock(String operator, String trigger, String low, String high) {
        return "SELECT audit.put_clock('[{\"operator_id\": \"" + operator
                + "\", \"kind\": \"FILING\", \"trigger_id\": \""
                + trigger + "\", \"trigger_on_low\": \"" + low + "\", \"trigger_on_high\": \"" + high
                + "\", \"state\": \"RUNNING\", \"generation\": 1, \"position\": 1}]')";
    }

    private static String forecast(String operator, String asOf, String low, String mid, String high) {
        return "SELECT audit.put_forecast('[{\"operator_id\": \"" + operator + "\", \"as_of\": \"" + asOf
                + "\", \"reaches_low\": \"" + low + "\", \"reaches_mid\": \"" + mid + "\", \"reaches_high\": "
                + (high == null ? "null" : '"' + high + '"')
                + ", \"last_filing_day\": \"2026-08-01\", \"method\": \"m\", \"generation\": 1, \"position\": 1}]')";
    }

    @Test
    void forecastsAreScoredByTheFirstReachingAfterTheirDay() throws SQLException {
        assertThat(rows("SELECT as_of, reached_on, outcome, inside, days_ahead, error_days"
                        + " FROM audit_api.forecast_score_v1 WHERE operator_id = 'scored' ORDER BY as_of"))
                .containsExactly(
                        "2026-03-31|2026-06-10|INSIDE|t|71|2",
                        "2026-04-30|2026-06-10|EARLIER|f|41|-8",
                        "2026-05-31|2026-06-10|LATER|f|10|6",
                        "2026-08-31|null|LATER|f|null|null");
    }

    @Test
    void whatIsNotOverOrNotExactIsNotScored() throws SQLException {
        assertThat(rows("SELECT operator_id, outcome, inside, error_days FROM audit_api.forecast_score_v1"
                        + " WHERE operator_id IN ('bounded', 'waiting') ORDER BY 1"))
                .containsExactly("bounded|INEXACT|null|null", "waiting|PENDING|null|null");
    }

    @Test
    void aForecastWhoseCycleEndedBeforeIsVoid() throws SQLException {
        assertThat(rows("SELECT operator_id, as_of, reached_on, outcome, inside, days_ahead, error_days"
                        + " FROM audit_api.forecast_score_v1 WHERE operator_id IN ('ended', 'stayed') ORDER BY 1, 2"))
                .as("withdrawn, with a city, or after the reaching: ends nothing")
                .containsExactly(
                        "ended|2026-05-31|null|VOID|null|null|null",
                        "ended|2026-06-30|2026-07-01|INSIDE|t|1|-9",
                        "stayed|2026-05-31|2026-06-10|INSIDE|t|10|-1");
    }

    @Test
    void aDeregistrationByTheGroupOrAcceptedAfterItsReturnEndsACycleToo() throws SQLException {
        assertThat(rows("SELECT operator_id, outcome FROM audit_api.forecast_score_v1"
                        + " WHERE operator_id LIKE 'ret-%' ORDER BY 1"))
                .containsExactly("ret-cured|VOID", "ret-lost|VOID");
    }

    @Test
    void onlyAFilingThatStandsTodayWithTheRightAuthorityCoversAMember() throws SQLException {
        assertThat(rows("SELECT operator_id, filing_id FROM audit_api.group_member_v1"
                        + " WHERE group_id = 'ret-head' ORDER BY 1"))
                .as("accepted after the return; returned after the acceptance; with a city; dated in the future")
                .containsExactly(
                        "ret-ahead|null", "ret-city|null", "ret-cured|ret-1", "ret-head|null", "ret-lost|null");
    }

    @Test
    void aVendorCountsItsClientsOfTheDayAndIsSuspectedAtMost() throws SQLException {
        assertThat(rows("SELECT day, clients, persons_low, persons_high, threshold, client_reaches, verdict"
                        + " FROM audit_api.vendor_count_v1 WHERE vendor_id = 'saas' ORDER BY day"))
                .containsExactly(
                        "2026-03-01|1|60000|60000|100000|f|null",
                        "2026-03-02|2|60000|110000|100000|f|SUSPECTED",
                        "2026-03-03|1|60000|60000|100000|f|null");
    }

    @Test
    void membersBelongToTheirParentOrToTheFilingThatCoversThem() throws SQLException {
        assertThat(rows(
                        "SELECT group_id, operator_id, via, belongs_to, filing_id, filed_by FROM audit_api.group_member_v1"
                                + " WHERE group_id LIKE 'grp-%' ORDER BY operator_id"))
                .containsExactly(
                        "grp-head|grp-deep|PARENT|grp-sub|null|null",
                        "grp-head|grp-head|HEAD|null|grp-f1|grp-head",
                        "grp-head|grp-joint|FILING|grp-head|grp-f1|grp-head",
                        "grp-head|grp-sub|PARENT|grp-head|grp-f2|grp-sub");
    }

    @Test
    void aCircleOfParentsEnds() throws SQLException {
        try (Connection postgres = SERVER.as("postgres")) {
            postgres.setAutoCommit(false);
            AuditServer.run(
                    postgres,
                    "INSERT INTO registry.operator (id, name) VALUES ('ring-b', 'b'), ('ring-a', 'a'), ('ring-c', 'c')",
                    "UPDATE registry.operator SET parent_id = 'ring-a' WHERE id IN ('ring-b', 'ring-c')",
                    "UPDATE registry.operator SET parent_id = 'ring-b' WHERE id = 'ring-a'");
            assertThat(AuditServer.rows(
                            postgres,
                            "SELECT group_id, operator_id FROM audit_api.group_member_v1 WHERE group_id LIKE 'ring-%'"
                                    + " ORDER BY 2"))
                    .containsExactly("ring-a|ring-a", "ring-a|ring-b", "ring-a|ring-c");
            postgres.rollback();
        }
    }

    @Test
    void aGroupCountsAnIntervalAndSaysWhenOnlyTheGroupReaches() throws SQLException {
        assertThat(rows("SELECT day, members, members_counted, persons_low, persons_high, threshold, member_reaches,"
                        + " only_group_reaches, members_covered FROM audit_api.group_count_v1"
                        + " WHERE group_id = 'grp-head' ORDER BY day"))
                .containsExactly(
                        "2026-03-01|4|2|40000|75000|100000|f|f|0",
                        "2026-03-02|4|3|40000|100000|100000|f|t|2",
                        "2026-03-03|4|3|40000|165000|100000|t|f|3");
    }

    @Test
    void theAnalystsQueriesTellThem() throws SQLException, IOException {
        assertThat(rows(query("forecast-accuracy.sql")))
                .contains("1-30 days|3|2|0|1|66.7|6|ended, scored, stayed", "31-90 days|2|1|1|0|50.0|5|scored")
                .anySatisfy(row -> assertThat(row).startsWith("not reached|").endsWith("scored"));
        try (Connection postgres = SERVER.as("postgres")) {
            postgres.setAutoCommit(false);
            AuditServer.run(
                    postgres,
                    "UPDATE audit.person_count SET persons_high = 99999 WHERE operator_id = 'grp-sub' AND day = '2026-03-03'");
            assertThat(AuditServer.rows(postgres, query("groups-over-threshold.sql")))
                    .containsExactly("grp-head|2026-03-03|40000|164999|100000|3|4|grp-deep, grp-head (grp-f1),"
                            + " grp-joint (grp-f1), grp-sub (grp-f2)");
            postgres.rollback();
        }
    }

    private static String query(String name) throws IOException {
        return Files.readString(Path.of("queries", name)).strip().replaceAll(";$", "");
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection analyst = SERVER.as("analyst")) {
            return AuditServer.rows(analyst, sql);
        }
    }
}
