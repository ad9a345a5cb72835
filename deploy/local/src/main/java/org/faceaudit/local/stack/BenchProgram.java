package org.faceaudit.local.stack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.StackException;

/** How the process of the benchmark is started: the job's own jar and the cluster's libraries, as they are deployed. */
public final class BenchProgram {
    private static final String MAIN = "org.faceaudit.bench.BenchMain";
    private static final String HEAP = "-Xmx3g";

    private BenchProgram() {}

    /**
     * The command.
     *
     * @param work directory for temporary files; state and checkpoints go there
     * @param arguments of the benchmark
     * @throws StackException when something is not built
     */
    public static CommandLine command(Path work, List<String> arguments) throws IOException {
        Home home = Home.find();
        Path room = home.root().resolve("jobs").resolve("bench").resolve("target");
        if (!Files.isDirectory(room.resolve("classes")) || !Files.isDirectory(room.resolve("lib"))) {
            throw new StackException(room + " is not built; build it with: mvn -q -DskipTests package");
        }
        Path log4j = work.resolve("log4j2.xml");
        try (InputStream resource = Stack.class.getResourceAsStream("log4j2.xml")) {
            Files.copy(resource, log4j, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> options = new ArrayList<>(List.of("-Xms256m", HEAP, "-Djava.io.tmpdir=" + work));
        options.addAll(FlinkSettings.opened());
        String classPath = String.join(
                File.pathSeparator,
                room.resolve("classes").toString(),
                home.pipelineJar().toString(),
                home.classPath("flink"),
                room.resolve("lib") + File.separator + "*");
        JavaProgram program = new JavaProgram(classPath, MAIN, options, work.resolve("bench.log"));
        return program.command(work, log4j, arguments.toArray(String[]::new));
    }
}
