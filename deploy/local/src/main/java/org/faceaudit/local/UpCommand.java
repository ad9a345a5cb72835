package org.faceaudit.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.capture.DirectoryWatch;
import org.faceaudit.local.capture.LiveOperators;
import org.faceaudit.local.capture.Passwords;
import org.faceaudit.local.capture.SchemaWatch;
import org.faceaudit.local.job.JobRunner;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Home;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack for real sources and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the stack for real sources, continuing what is in its data directory; Ctrl-C stops it.")
final class UpCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @Mixin
    private StackOptions options;

    @Option(
            names = "--operators",
            paramLabel = "DIR",
            description = "One YAML file per source; files that are added, changed or removed while it runs are taken."
                    + " Without it the stack runs without capture and without job.")
    private Path operators;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Lines NAME=value with passwords of sources, beside the environment's; read whenever a source is"
                            + " taken, so that one can be added while the stack runs.")
    private Path envFile;

    @Override
    public Integer call() {
        if (operators != null && !Files.isDirectory(operators)) {
            throw new StackException(operators + " is not a directory: name one with the operators' YAML files.");
        }
        Progress progress = new Progress(System.out);
        StackPlan plan = options.plan(RunningStack.upDirectory(), List.of(), false);
        Passwords passwords = Passwords.of(envFile);
        // Before they are read: what is written meanwhile is taken when the stack runs.
        DirectoryWatch watch = operators == null ? null : new DirectoryWatch(operators);
        List<OperatorFile> files = operators == null ? List.of() : Captures.read(operators);
        if (operators != null) {
            Home.find().pipelineJar();
        }
        Captures.requireReady(files, plan.data(), passwords, progress);
        UntilSignal signal = UntilSignal.install();
        try (Stack stack = Stack.start(plan, progress)) {
            Captures.startRegistry(stack);
            if (operators != null) {
                Captures.stopOthers(stack, files);
            }
            files.forEach(file -> Captures.start(stack, file, passwords));
            if (operators == null) {
                progress.text("Running without operators. Ctrl-C stops.");
                stay(stack, signal, () -> {});
            } else {
                Path copies = Captures.prepare(stack, files);
                try (JobRunner job = JobRunner.start(stack, PipelineJob.on(stack, copies))) {
                    LiveOperators live = new LiveOperators(stack, job, watch, passwords, files, copies);
                    live.begin();
                    progress.text("Running, generation " + job.current().generation() + ". Flink: http://127.0.0.1:"
                            + stack.ports().flinkUi() + "  Ctrl-C stops.");
                    try (SchemaWatch schemas = SchemaWatch.start(stack, passwords, live::inForce)) {
                        stay(stack, signal, live::look);
                    }
                }
            }
            progress.text("Stopping.");
            return 0;
        }
    }

    /** Until Ctrl-C, or until the disk is nearly full. */
    private static void stay(Stack stack, UntilSignal signal, Runnable look) {
        while (!signal.await(BETWEEN_LOOKS)) {
            stack.data().requireSpaceToGoOn();
            look.run();
        }
    }
}
