package org.faceaudit.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.faceaudit.local.stack.StackState;
import org.faceaudit.local.stack.StackStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says of every component and every source in what state it is, and how we know. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "One line per component and per source: state and the evidence for it; exit 1 when a component is down.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "The stack's directory; var/up or var/demo by default.")
    private Path data;

    @Override
    public Integer call() {
        StackState stack = RunningStack.find(data);
        List<StackStatus.Line> lines = StackStatus.of(stack);
        TextTable table = new TextTable();
        table.add(List.of("what", "state", "evidence"));
        lines.forEach(line -> table.add(List.of(line.what(), line.state(), line.evidence())));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Stack in " + stack.data());
        table.lines().forEach(out::println);
        return lines.stream().allMatch(StackStatus.Line::well) ? 0 : 1;
    }
}
