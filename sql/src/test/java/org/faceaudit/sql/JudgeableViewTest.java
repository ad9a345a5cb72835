package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a rule while a column that it needs is gone from its source. */
class JudgeableViewTest {
    private static final AuditServer SERVER = AuditServer.started();

    @Test
    void aRuleThatNeedsAColumnWhichIsGoneIsNotJudgeableUntilALookFindsIt() throws SQLException {
        try (Connection job = SERVER.as("faceaudit_job")) {
            AuditServer.run(
                    job,
                    "SELECT audit.put_judgeable('[" + judgeable("gate", "sole-face-method", "true, \"reason\": null")
                            + ", "
                            + judgeable("gate", "storage-reached", "true, \"reason\": \"upper bound only\"") + ", "
                            + judgeable("gate", "unusable-fallback", "false, \"reason\": \"maps no outcome\"") + ", "
                            + judgeable("gate", "source-gap", "true, \"reason\": null") + ", "
                            + judgeable("other", "sole-face-method", "true, \"reason\": null") + "]')");
            assertThat(told())
                    .containsExactly(
                            "gate|sole-face-method|t|null",
                            "gate|source-gap|t|null",
                            "gate|storage-reached|t|upper bound only",
                            "gate|unusable-fallback|f|maps no outcome",
                            "other|sole-face-method|t|null");

            AuditServer.run(job, look("access-point s.door.by card\naccess-point s.door.state"));
            assertThat(told())
                    .containsExactly(
                            "gate|sole-face-method|f|schema-drift: mapped columns of access-point are gone or of another"
                                    + " type: s.door.by card, s.door.state",
                            "gate|source-gap|t|null",
                            "gate|storage-reached|t|upper bound only",
                            "gate|unusable-fallback|f|maps no outcome",
                            "other|sole-face-method|t|null");

            AuditServer.run(job, look(""));
            assertThat(told()).startsWith("gate|sole-face-method|t|null");
        }
    }

    private static String judgeable(String system, String rule, String standing) {
        return "{\"operator_id\": \"judged-court\", \"system_id\": \"" + system + "\", \"rule_id\": \"" + rule
                + "\", \"judgeable\": " + standing + ", \"generation\": 1, \"position\": 1}";
    }

    private static String look(String neededFor) {
        return "INSERT INTO registry.schema_look (operator_id, system_id, file_version, columns, gone, retyped, photo_like,"
                + " needed_for) VALUES ('judged-court', 'gate', '0123456789abcdef', '', '', '', '', '" + neededFor
                + "')";
    }

    private static List<String> told() throws SQLException {
        try (Connection analyst = SERVER.as("analyst")) {
            return AuditServer.rows(
                    analyst,
                    "SELECT system_id, rule_id, judgeable, reason FROM audit_api.judgeable_v1"
                            + " WHERE operator_id = 'judged-court' ORDER BY 1, 2");
        }
    }
}
