package org.faceaudit.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.BenchProgram;
import org.faceaudit.local.stack.DataDirectory;
import org.faceaudit.local.stack.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what the job costs, in a process of its own that has nothing to do with a running stack. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what the job costs: one JSON line per measure on standard output, progress on standard error.",
            "Every timed run is checked against a plain second count; without it no number is printed.",
            "Exit status: 0 measured; 1 a count was wrong, or a run failed; 2 wrong usage; 3 out of memory; 4 measured, but"
                    + " others used the machine: figures of time are no headline."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int DISTURBED = 4;

    @Option(names = "--quick", description = "Small and few: some minutes, for the order of magnitude.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "MEASURE,…",
            description = "Some of: decode, route, route-rocksdb, cut, state, presence, snapshot.")
    private String only;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows that presence and snapshot are measured with; whole ten thousands, 100000000 at most.")
    private String rows;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count, from 1; one more is taken.")
    private String rounds;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where DIR/faceaudit-bench takes state and checkpoints, erased before and after; otherwise var/bench.")
    private Path data;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        if (quick) {
            arguments.add("--quick");
        }
        if (only != null) {
            arguments.addAll(List.of("--only", only));
        }
        if (rows != null) {
            arguments.addAll(List.of("--rows", rows));
        }
        if (rounds != null) {
            arguments.addAll(List.of("--rounds", rounds));
        }
        // A directory of its own, since it is erased; two benchmarks at once would measure each other.
        Path directory =
                data == null ? Home.find().root().resolve("var").resolve("bench") : data.resolve("faceaudit-bench");
        try (DataDirectory work = DataDirectory.open(directory)) {
            work.erase();
            int status = run(BenchProgram.command(work.root(), arguments));
            if (status == 0 || status == DISTURBED) {
                work.erase();
            }
            return status;
        } catch (IOException e) {
            throw new StackException("The benchmark cannot work in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static int run(CommandLine command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .inheritIO();
        builder.environment().putAll(command.environment());
        UntilSignal.install();
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("The benchmark was given up.", e);
        } finally {
            // Some measures start processes of bounded memory, which outlive the one that started them.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
