package org.faceaudit.local.reconcile;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.faceaudit.cli.reconcile.Counts;
import org.faceaudit.cli.reconcile.NotComparableException;
import org.faceaudit.local.RunningStack;
import org.faceaudit.local.TextTable;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a source what it holds and compares with what was captured of it, at one position of its log. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Counts the rows of a source's mapped tables and the distinct persons whose faces they store, counts the same"
                    + " from the source's evidence topic at the same position of its log, and records both"
                    + " (audit_api.reconciliation_v1). A difference raises the alert source-gap; the next reconciliation"
                    + " that agrees resolves it.",
            "It reads the captured columns of the source and the topic once, and needs the running stack."
        },
        exitCodeOnExecutionException = 2,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:the same", "1:different", "2:could not compare (one sentence says why)"})
public final class ReconcileCommand implements Callable<Integer> {
    private static final int SAME = 0;
    private static final int DIFFERENT = 1;
    private static final int COULD_NOT = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The operator's YAML file, as the running stack reads it.")
    private Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "The stack's directory; var/up or var/demo by default.")
    private Path data;

    @Option(
            names = "--limit",
            paramLabel = "MINUTES",
            description = "How long to wait until the topic has come past the position; ${DEFAULT-VALUE} by default.",
            defaultValue = "10")
    private int limit;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Comparison comparison = Reconciler.of(RunningStack.find(data), file)
                    .compare(Instant.now().plus(Duration.ofMinutes(limit)), new Progress(System.err));
            print(comparison, out);
            return comparison.same() ? SAME : DIFFERENT;
        } catch (NotComparableException | StackException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return COULD_NOT;
        } catch (OutOfMemoryError tooMany) {
            // An error that nobody catches would end with the status of a difference.
            spec.commandLine()
                    .getErr()
                    .println("The rows of the source do not fit into the memory of this command: raise heap=2g in"
                            + " the script faceaudit. (" + tooMany.getMessage() + ")");
            return COULD_NOT;
        }
    }

    private static void print(Comparison comparison, PrintWriter out) {
        Counts source = comparison.source();
        Counts here = comparison.here();
        TextTable table = new TextTable();
        table.add(List.of("at " + comparison.logPosition(), "source", "captured", "difference"));
        for (Map.Entry<String, Long> rows : source.rowsByTable().entrySet()) {
            table.add(line(rows.getKey(), rows.getValue(), here.rowsByTable().get(rows.getKey())));
        }
        table.add(line("rows", source.rows(), here.rows()));
        table.add(line("persons", source.persons(), here.persons()));
        table.lines().forEach(out::println);
        out.println(comparison.topic() + ": " + verdict(comparison));
    }

    private static List<String> line(String what, long source, long here) {
        return List.of(
                what,
                Long.toString(source),
                Long.toString(here),
                source == here ? "" : String.format("%+d", here - source));
    }

    private static String verdict(Comparison comparison) {
        if (comparison.same()) {
            return "the same.";
        }
        if (!comparison.raisesAlert()) {
            return "different; what one table lacks another has too many, so the sums agree and no alert follows.";
        }
        List<String> parts = new ArrayList<>();
        long rows = comparison.here().rows() - comparison.source().rows();
        long persons = comparison.here().persons() - comparison.source().persons();
        if (rows != 0) {
            parts.add(String.format("%+d rows", rows));
        }
        if (persons != 0) {
            parts.add(String.format("%+d persons", persons));
        }
        return "different (captured against source: " + String.join(", ", parts) + "); the alert source-gap follows.";
    }
}
