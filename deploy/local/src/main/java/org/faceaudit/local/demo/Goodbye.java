package org.faceaudit.local.demo;

import java.util.List;
import org.faceaudit.local.stack.Stack;

/** What a reader can do next: addresses, and commands that work when pasted. */
record Goodbye(Stack stack, SampleDays days, String dataOption) {

    List<String> lines() {
        return List.of(
                "",
                "Look:    Flink     http://127.0.0.1:" + stack.ports().flinkUi(),
                "         Connect   http://127.0.0.1:" + stack.ports().connect() + "/connectors?expand=status",
                "         Alerts    "
                        + sql(
                                "",
                                "SELECT operator_id, rule_id, subject_id, verdict, status, due_on"
                                        + " FROM audit_api.alert_v1 ORDER BY 1, 2, 3"),
                "Try:     switch the card reader of a gate off, so that only the face is left:",
                "         " + switchCardReader(false),
                "         see the alert, a second or two later:",
                "         "
                        + sql(
                                "",
                                "SELECT verdict, status, occurred_on, opened_at, resolved_at, explanation_en"
                                        + " FROM audit_api.alert_v1 WHERE operator_id = 'iron-gym' AND subject_id = 'gym/gate-2'"),
                "         switch it on again, and the alert is resolved:",
                "         " + switchCardReader(true),
                "         keep a member's image past the day that she was told, and take it back:",
                "         "
                        + sql(
                                " --db silkgym",
                                "UPDATE member_image SET keep_until = '" + days.day("day-10d") + "' WHERE id = 2"),
                "         "
                        + sql(
                                " --db silkgym",
                                "UPDATE member_image SET keep_until = '" + days.day("day+100d") + "' WHERE id = 2"),
                "         take away the photos of the hotel that has given everything up; hers is a MariaDB:",
                "         " + sql(" --db nightdesk", "UPDATE t_user_face SET file_path = ''"),
                "A few attempts and enrolments go on meanwhile. Ctrl-C stops everything.",
                "");
    }

    private String switchCardReader(boolean on) {
        return sql(" --db gym", "UPDATE access_point SET by_card = " + on + " WHERE id = 'gate-2'");
    }

    private String sql(String database, String statement) {
        return "./faceaudit sql" + database + dataOption + " \"" + statement + "\"";
    }
}
