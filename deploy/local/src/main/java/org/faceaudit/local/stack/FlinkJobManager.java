package org.faceaudit.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Component;

/** The JobManager of the session cluster, with web interface. */
final class FlinkJobManager implements Component {
    private final Ports ports;
    private final DataDirectory data;
    private final JavaProgram program;
    private final Path log4j;
    private final Rest rest;

    FlinkJobManager(Ports ports, DataDirectory data, Home home, Path log4j) {
        this.ports = ports;
        this.data = data;
        this.log4j = log4j;
        this.program = new JavaProgram(
                home.classPath("flink"),
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                FlinkSettings.jobManagerOptions(),
                data.directory("logs").resolve("flink-jobmanager.log"));
        this.rest = new Rest(ports.flinkUi(), Duration.ofSeconds(5));
    }

    @Override
    public String name() {
        return "flink-jobmanager";
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:" + ports.flinkUi();
    }

    @Override
    public void prepare() throws IOException {
        DataDirectory.delete(data.resolve("flink", "jobmanager"));
        Settings.write(
                data.resolve("conf", "flink-jobmanager", "config.yaml"),
                Settings.yaml(FlinkSettings.settings(ports, data, "jobmanager")));
    }

    @Override
    public CommandLine command() {
        return program.command(
                data.root(),
                log4j,
                "--configDir",
                data.directory("conf", "flink-jobmanager").toString());
    }

    @Override
    public Optional<String> probe() {
        if (!Loopback.accepts(ports.flinkUi())) {
            return Optional.empty();
        }
        try {
            Rest.Answer overview = rest.get("/overview");
            return overview.ok()
                    ? Optional.of(
                            "Flink " + overview.body().path("flink-version").asText())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
