package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.local.FaceauditMain;
import org.faceaudit.local.stack.Stack;

/** Runs the command {@code replay} on the stack, and reads what it left of the one operator. */
record Replays(Stack stack, AlertTable table) {

    /** What the command printed; it must have succeeded. */
    String run(String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("replay", "--data", stack.data().root().toString()));
        words.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = FaceauditMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        assertThat(status).as("%s", err).isZero();
        return out.toString();
    }

    /** Columns of a view as of a day, joined by blanks. */
    List<String> rows(String day, String view, String columns) throws SQLException {
        return table.query("SELECT concat_ws(' ', " + columns + ") FROM replay_" + day.replace("-", "") + "." + view
                + " WHERE operator_id = '" + RouteSource.OPERATOR + "'");
    }
}
