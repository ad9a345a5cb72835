package org.faceaudit.local.verify;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.faceaudit.local.RunningStack;
import org.faceaudit.local.UntilSignal;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.StackState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Derives an alert again from its evidence and compares it with the table. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at every record that an alert's evidence names, derives the alert again from the topics of its operator"
                    + " and of the registry, as far as the tables know them, and compares all convergent columns.",
            "It reads those topics twice, in a process of its own the second time, and leaves nothing behind."
        },
        exitCodeOnExecutionException = 2,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:SAME", "1:DIFFERENT (which columns, both values)", "2:NOT_VERIFIABLE (one sentence says why)"
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ALERT_ID", description = "The alert_id of audit_api.alert_v1.")
    private String id;

    @Option(names = "--data", paramLabel = "DIR", description = "The stack's directory; var/up or var/demo by default.")
    private Path data;

    @Override
    public Integer call() {
        UntilSignal.install();
        Outcome outcome = outcome();
        PrintWriter out = spec.commandLine().getOut();
        out.println(outcome.kind() + "  " + outcome.sentence());
        outcome.lines().forEach(line -> out.println("  " + line));
        out.flush();
        return outcome.exitStatus();
    }

    private Outcome outcome() {
        String lower = id.strip().toLowerCase(Locale.ROOT);
        if (!ID.matcher(lower).matches()) {
            return Outcome.notVerifiable(
                    id + " is no alert id: it has the form 00000000-0000-0000-0000-000000000000 and"
                            + " stands in the column alert_id of audit_api.alert_v1.");
        }
        try {
            StackState stack = RunningStack.find(data);
            if (!stack.isHeld()) {
                return Outcome.notVerifiable("The stack in " + stack.data()
                        + " does not run: start it with ./faceaudit up or ./faceaudit demo; a verification reads its"
                        + " topics.");
            }
            return new Verification(stack, UUID.fromString(lower), new Progress(System.err)).run();
        } catch (StackException e) {
            return Outcome.notVerifiable(e.getMessage());
        }
    }
}
