package org.faceaudit.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Component;

/** The TaskManager of the session cluster; it is ready when the JobManager knows it. */
final class FlinkTaskManager implements Component {
    private final Ports ports;
    private final DataDirectory data;
    private final JavaProgram program;
    private final Path log4j;
    private final Rest rest;

    /** New for every start, so that a predecessor that the JobManager still counts is not taken for this one. */
    private volatile String resourceId = "";

    FlinkTaskManager(Ports ports, DataDirectory data, Home home, Path log4j) {
        this.ports = ports;
        this.data = data;
        this.log4j = log4j;
        this.program = new JavaProgram(
                home.classPath("flink"),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                FlinkSettings.taskManagerOptions(),
                data.directory("logs").resolve("flink-taskmanager.log"));
        this.rest = new Rest(ports.flinkUi(), Duration.ofSeconds(5));
    }

    @Override
    public String name() {
        return "flink-taskmanager";
    }

    @Override
    public String endpoint() {
        return FlinkSettings.SLOTS + " slots";
    }

    @Override
    public void prepare() throws IOException {
        resourceId = "taskmanager-" + UUID.randomUUID();
        DataDirectory.delete(data.resolve("flink", "taskmanager"));
        Map<String, String> settings = FlinkSettings.settings(ports, data, "taskmanager");
        settings.put("taskmanager.resource-id", resourceId);
        Settings.write(data.resolve("conf", "flink-taskmanager", "config.yaml"), Settings.yaml(settings));
    }

    @Override
    public CommandLine command() {
        return program.command(
                data.root(),
                log4j,
                "--configDir",
                data.directory("conf", "flink-taskmanager").toString());
    }

    @Override
    public Optional<String> probe() {
        if (!Loopback.accepts(ports.flinkUi())) {
            return Optional.empty();
        }
        try {
            for (JsonNode manager : rest.get("/taskmanagers").body().path("taskmanagers")) {
                if (manager.path("id").asText().equals(resourceId)) {
                    return Optional.of("registered at the JobManager");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
