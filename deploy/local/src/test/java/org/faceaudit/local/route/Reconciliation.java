package org.faceaudit.local.route;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.faceaudit.local.FaceauditMain;
import org.faceaudit.local.stack.Stack;
import picocli.CommandLine;

/** The command as people call it. */
final class Reconciliation {
    private final Stack stack;
    private final Path file;
    private String said = "";

    Reconciliation(Stack stack, Path file) {
        this.stack = stack;
        this.file = file;
    }

    /** The exit status. */
    int run() {
        StringWriter out = new StringWriter();
        CommandLine commandLine = FaceauditMain.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(out, true));
        int status = commandLine.execute(
                "reconcile", file.toString(), "--data", stack.data().root().toString());
        said = out.toString();
        return status;
    }

    /** What the last call printed. */
    String said() {
        return said;
    }
}
