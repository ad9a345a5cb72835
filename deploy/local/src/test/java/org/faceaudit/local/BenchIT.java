package org.faceaudit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.stack.BenchProgram;
import org.faceaudit.local.stack.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark as the command starts it: the job's own jar, the cluster's libraries, and nothing but figures on its output. */
class BenchIT {

    @TempDir
    Path work;

    @Test
    void standardOutputIsFiguresAlone() throws Exception {
        List<JsonNode> lines = bench("--quick", "--only", "decode");

        assertThat(lines).hasSize(20).allSatisfy(line -> {
            boolean ratio = line.path("measure").asText().equals("ratio");
            assertThat(line.path("unit").asText()).isEqualTo(ratio ? "ratio" : "ns/event");
            assertThat(line.path("median").asDouble()).isPositive();
            assertThat(line.path("load").isNumber()).isTrue();
            assertThat(line.path("headline").isBoolean()).isTrue();
        });
    }

    @Test
    void firstSnapshotsAreAbsorbedAndCounted() throws Exception {
        List<JsonNode> lines = bench("--quick", "--only", "snapshot", "--rows", "20000");

        assertThat(lines)
                .extracting(line -> line.path("measure").asText())
                .containsExactly("snapshot", "snapshot", "ratio");
        assertThat(lines.get(0).path("checked").asText()).isEqualTo("persons 17500");
        assertThat(lines.get(0).path("peak_resident_mib").asInt()).isLessThanOrEqualTo(2_048);
    }

    @Test
    void whoeverEndsItEndsTheProcessesThatItStarted() throws Exception {
        Path built = Home.find().root().resolve(Path.of("deploy", "local", "target"));
        Process launcher = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + Home.PROPERTY + "=" + Home.find().root(),
                        "-cp",
                        built.resolve("classes") + ":" + built.resolve("lib") + "/*",
                        "org.faceaudit.local.FaceauditMain",
                        "bench",
                        "--only",
                        "snapshot",
                        "--data",
                        work.toString()))
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("said").toFile())
                .start();
        List<ProcessHandle> started = new ArrayList<>();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> launcher.descendants().count() == 2);
            launcher.descendants().forEach(started::add);

            launcher.destroy();

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !launcher.isAlive() && started.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(Files.readString(work.resolve("said"))).contains("The benchmark was given up.");
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
            launcher.destroyForcibly();
        }
    }

    private List<JsonNode> bench(String... arguments) throws Exception {
        CommandLine command = BenchProgram.command(work, List.of(arguments));
        Path figures = work.resolve("figures");
        Path progress = work.resolve("progress");
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectOutput(figures.toFile())
                .redirectError(progress.toFile());
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        try {
            // 4: others used the machine, which a build does by itself.
            assertThat(process.waitFor()).as(Files.readString(progress)).isIn(0, 4);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(progress)).contains("bench: ");
        ObjectMapper json = new ObjectMapper();
        return Files.readAllLines(figures).stream()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }
}
