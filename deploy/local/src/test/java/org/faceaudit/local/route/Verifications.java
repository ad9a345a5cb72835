package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import org.faceaudit.local.FaceauditMain;
import org.faceaudit.local.stack.Stack;

/** The command {@code verify} as people call it, on the alerts of the one operator. */
final class Verifications {
    private final Stack stack;
    private final AlertTable table;
    private String said = "";

    Verifications(Stack stack, AlertTable table) {
        this.stack = stack;
        this.table = table;
    }

    /** The id of the one alert of a rule about a subject. */
    String alert(String rule, String subject) throws SQLException {
        List<String> ids = table.query("SELECT DISTINCT alert_id::text FROM audit_api.alert_v1 WHERE operator_id = '"
                + RouteSource.OPERATOR + "' AND rule_id = '" + rule + "' AND subject_id = '" + subject
                + "' AND status <> 'WITHDRAWN'");
        assertThat(ids).hasSize(1);
        return ids.get(0);
    }

    /** The exit status. */
    int run(String alert) {
        StringWriter out = new StringWriter();
        int status = FaceauditMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("verify", alert, "--data", stack.data().root().toString());
        said = out.toString();
        return status;
    }

    /** What the last call printed. */
    String said() {
        return said;
    }
}
