package org.faceaudit.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.faceaudit.local.job.JobRunner;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack for real sources and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the stack for real sources, continuing what is in its data directory; Ctrl-C stops it.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StackOptions options;

    @Option(
            names = "--operators",
            paramLabel = "DIR",
            description = "One YAML file per source; without it the stack runs without capture and without job.")
    private Path operators;

    @Override
    public Integer call() throws InterruptedException {
        if (operators != null && !Files.isDirectory(operators)) {
            throw new StackException(operators + " is not a directory: name one with the operators' YAML files.");
        }
        Progress progress = new Progress(System.out);
        UntilSignal signal = UntilSignal.install();
        try (Stack stack = Stack.start(options.plan(RunningStack.upDirectory(), List.of(), false), progress)) {
            if (operators == null) {
                progress.text("Running without operators. Ctrl-C stops.");
                signal.await();
                return 0;
            }
            try (JobRunner job = JobRunner.start(stack, PipelineJob.on(stack, operators))) {
                progress.text(
                        "Running. Flink: http://127.0.0.1:" + stack.ports().flinkUi() + "  Ctrl-C stops.");
                signal.await();
                return 0;
            }
        } finally {
            progress.text("Stopped.");
            signal.done();
        }
    }
}
