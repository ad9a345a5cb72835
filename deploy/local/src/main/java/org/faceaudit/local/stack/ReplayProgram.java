package org.faceaudit.local.stack;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.local.process.CommandLine;

/**
 * How the process of a replay is started: the job's classes and Flink's on one class path, beside the running stack and
 * without a slot of its TaskManager.
 */
public final class ReplayProgram {
    private static final String MAIN = "org.faceaudit.pipeline.ReplayJob";
    /** Heap; RocksDB, network buffers and metaspace come on top. */
    private static final String HEAP = "-Xmx512m";

    private ReplayProgram() {}

    /**
     * The command.
     *
     * @param stack the stack whose topics are read
     * @param work directory for temporary files, RocksDB's among them
     * @param arguments of the replay
     */
    public static CommandLine command(StackState stack, Path work, List<String> arguments) {
        Home home = Home.find();
        List<String> options = new ArrayList<>(List.of(
                "-Xms64m",
                HEAP,
                "-XX:MaxMetaspaceSize=192m",
                "-XX:MaxDirectMemorySize=192m",
                "-Djava.io.tmpdir=" + work));
        options.addAll(FlinkSettings.opened());
        JavaProgram program = new JavaProgram(
                home.classPath("flink") + File.pathSeparator + home.pipelineJar(), MAIN, options, log(stack));
        return program.command(
                work, stack.data().resolve("conf").resolve("log4j2.xml"), arguments.toArray(String[]::new));
    }

    /** Where the process logs. */
    public static Path log(StackState stack) {
        return stack.data().resolve("logs").resolve("replay.log");
    }
}
