package org.faceaudit.local.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.local.process.StopSignal;
import org.faceaudit.local.stack.Home;

/** The launcher as a process of its own, called as the script {@code faceaudit} calls it. */
final class Launcher {
    private static final Duration GRACE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;

    private Launcher(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a command.
     *
     * @param output where its lines go
     * @param environment what it finds in its environment beside the usual
     */
    static Launcher start(Path output, Map<String, String> environment, String... arguments) throws IOException {
        Path built = Home.find().root().resolve(Path.of("deploy", "local", "target"));
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-D" + Home.PROPERTY + "=" + Home.find().root(),
                "-cp",
                built.resolve("classes") + ":" + built.resolve("lib") + "/*",
                "org.faceaudit.local.FaceauditMain"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Launcher(builder.start(), output);
    }

    /** What it has said so far. */
    String said() throws IOException {
        return Files.readString(output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as the operating system does when memory is short. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Asks it to end.
     *
     * @return whether it did so by itself
     */
    boolean stop() {
        return StopSignal.TERM.end(process.toHandle(), GRACE);
    }
}
