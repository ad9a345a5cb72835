package org.faceaudit.local.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.faceaudit.local.StackOptions;
import org.faceaudit.local.UntilSignal;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Home;
import org.faceaudit.local.stack.StackPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole route on sample operators. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Starts the stack fresh on sample operators with planted breaches and honest look-alikes, and tells"
                        + " alerts as they come; Ctrl-C stops it.",
        exitCodeListHeading = "Exit status of --once:%n",
        exitCodeList = {
            "0:the alerts are exactly those expected",
            "1:they are not (the difference is shown)",
            "2:the samples did not come through in time"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Mixin
    private StackOptions options;

    @Option(
            names = "--once",
            description = "Ends when everything has come through, and compares with the expected alerts.")
    private boolean once;

    @Option(
            names = "--limit",
            paramLabel = "MINUTES",
            description = "How long that may take; ${DEFAULT-VALUE} by default.",
            defaultValue = "10")
    private int limit;

    @Override
    public Integer call() {
        Path standard = Home.find().root().resolve("var").resolve("demo");
        StackPlan plan = options.plan(standard, SampleSource.servers(), true);
        String dataOption = plan.data().equals(standard) ? "" : " --data '" + plan.data() + "'";
        Progress progress = new Progress(System.out);
        UntilSignal signal = UntilSignal.install();
        try {
            return Demo.run(
                    plan,
                    new Demo.Options(
                            once, Duration.ofMinutes(limit), Clock.systemUTC(), AlertTeller.terminal(), dataOption),
                    progress);
        } catch (StackException e) {
            if (signal.requested()) {
                progress.text("Stopped.");
                return once ? INTERRUPTED : 0;
            }
            throw e;
        }
    }
}
