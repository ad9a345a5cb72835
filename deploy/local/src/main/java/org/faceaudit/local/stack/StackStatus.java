package org.faceaudit.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.faceaudit.local.process.PidFile;
import org.faceaudit.local.process.StackException;

/** Looks at a stack from outside, as another process may. */
public final class StackStatus {
    private final StackState stack;
    private final List<Line> lines = new ArrayList<>();

    private StackStatus(StackState stack) {
        this.stack = stack;
    }

    /**
     * One fact.
     *
     * @param what a component, connector, job or source
     * @param state one word
     * @param evidence how we know
     * @param well whether this is as it should be
     */
    public record Line(String what, String state, String evidence, boolean well) {}

    /** One line per component, connector, job and source. */
    public static List<Line> of(StackState stack) {
        StackStatus status = new StackStatus(stack);
        status.components();
        status.connectors();
        status.jobs();
        status.sources();
        return List.copyOf(status.lines);
    }

    private void components() {
        lines.add(
                stack.isHeld()
                        ? new Line("launcher", "running", "holds the lock of " + stack.data(), true)
                        : new Line("launcher", "down", "nobody holds the lock of " + stack.data(), false));
        List<PidFile> files;
        try {
            files = PidFile.readAll(stack.data().resolve("run"));
        } catch (IOException e) {
            throw new StackException("The pid files of " + stack.data() + " cannot be read: " + e.getMessage(), e);
        }
        List<String> names = new ArrayList<>(List.of(Stack.POSTGRES + Stack.AUDIT));
        stack.servers().forEach(server -> names.add(server.process()));
        names.addAll(List.of("kafka", "connect", "flink-jobmanager", "flink-taskmanager"));
        for (String name : names) {
            lines.add(component(name, files));
        }
    }

    private Line component(String name, List<PidFile> files) {
        Optional<PidFile> file =
                files.stream().filter(each -> each.name().equals(name)).findFirst();
        Optional<ProcessHandle> process = file.flatMap(PidFile::process);
        if (process.isEmpty()) {
            return new Line(
                    name, "down", file.isPresent() ? "no process " + file.get().pid() : "no pid file", false);
        }
        String evidence = "pid " + process.get().pid() + " since " + file.get().startedAt() + ", "
                + (ResidentMemory.bytes(process.get()) >> 20) + " MiB";
        Optional<Integer> port = port(name);
        if (port.isEmpty()) {
            return new Line(name, "running", evidence, true);
        }
        boolean accepts = Loopback.accepts(port.get());
        return new Line(
                name,
                accepts ? "running" : "silent",
                "127.0.0.1:" + port.get() + (accepts ? " accepts, " : " does not accept, ") + evidence,
                accepts);
    }

    private Optional<Integer> port(String name) {
        for (SampleServer server : stack.servers()) {
            if (server.process().equals(name)) {
                return Optional.of(stack.portOf(server));
            }
        }
        return switch (name) {
            case Stack.POSTGRES + Stack.AUDIT -> Optional.of(stack.ports().audit());
            case "kafka" -> Optional.of(stack.ports().kafka());
            case "connect" -> Optional.of(stack.ports().connect());
            case "flink-jobmanager" -> Optional.of(stack.ports().flinkUi());
            default -> Optional.empty();
        };
    }

    private void connectors() {
        if (!Loopback.accepts(stack.ports().connect())) {
            return;
        }
        try {
            Rest.Answer answer =
                    new Rest(stack.ports().connect(), Duration.ofSeconds(5)).get("/connectors?expand=status");
            TreeMap<String, JsonNode> byName = new TreeMap<>();
            answer.body().fields().forEachRemaining(connector -> byName.put(connector.getKey(), connector.getValue()));
            byName.forEach((name, connector) -> {
                JsonNode status = connector.path("status");
                String state = status.path("connector").path("state").asText("UNKNOWN");
                List<String> tasks = new ArrayList<>();
                status.path("tasks")
                        .forEach(task -> tasks.add(task.path("state").asText()));
                boolean well =
                        state.equals("RUNNING") && tasks.stream().allMatch("RUNNING"::equals) && !tasks.isEmpty();
                String trace = status.path("tasks")
                        .path(0)
                        .path("trace")
                        .asText("")
                        .lines()
                        .findFirst()
                        .orElse("");
                lines.add(new Line(
                        "connector " + name,
                        state.toLowerCase(java.util.Locale.ROOT),
                        "tasks " + tasks + (trace.isEmpty() ? "" : ", " + trace),
                        well));
            });
        } catch (IOException e) {
            lines.add(new Line("connectors", "unknown", "Connect does not answer: " + e.getMessage(), false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void jobs() {
        if (!Loopback.accepts(stack.ports().flinkUi())) {
            return;
        }
        Rest flink = new Rest(stack.ports().flinkUi(), Duration.ofSeconds(5));
        try {
            for (JsonNode job : flink.get("/jobs/overview").body().path("jobs")) {
                JsonNode checkpoints = flink.get("/jobs/" + job.path("jid").asText() + "/checkpoints")
                        .body();
                JsonNode newest = checkpoints.path("latest").path("completed");
                JsonNode tasks = job.path("tasks");
                lines.add(job(
                        job.path("name").asText(),
                        job.path("state").asText(),
                        tasks.path("running").asInt(),
                        tasks.path("total").asInt(),
                        newest.isObject()
                                ? "checkpoint " + newest.path("id").asText() + " at "
                                        + Instant.ofEpochMilli(newest.path("latest_ack_timestamp")
                                                .asLong())
                                : "no checkpoint yet",
                        failure(flink, job.path("jid").asText())));
            }
        } catch (IOException e) {
            lines.add(new Line("jobs", "unknown", "Flink does not answer: " + e.getMessage(), false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A job that starts again and again is RUNNING most of the time for Flink: it runs when all of its tasks do. */
    static Line job(String name, String state, int running, int total, String checkpoint, String failure) {
        boolean starting = state.equals("RUNNING") && running < total;
        boolean well = state.equals("RUNNING") && !starting && !checkpoint.equals("no checkpoint yet");
        return new Line(
                "job " + name,
                starting ? "starting" : state.toLowerCase(java.util.Locale.ROOT),
                checkpoint + (starting ? ", " + running + " of " + total + " tasks run" : "") + (well ? "" : failure),
                well);
    }

    private static String failure(Rest flink, String job) throws IOException, InterruptedException {
        String trace = flink.get("/jobs/" + job + "/exceptions")
                .body()
                .path("exceptionHistory")
                .path("entries")
                .path(0)
                .path("stacktrace")
                .asText("");
        return trace.lines()
                .reduce((first, line) -> line.startsWith("Caused by: ") ? line : first)
                .map(reason -> ", last failure: " + reason)
                .orElse("");
    }

    private void sources() {
        if (!Loopback.accepts(stack.ports().audit())) {
            return;
        }
        try (Connection connection = stack.audit().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Shanghai'");
            ResultSet view = statement.executeQuery("SELECT to_regclass('audit_api.source_v1') IS NOT NULL");
            view.next();
            if (!view.getBoolean(1)) {
                lines.add(new Line("sources", "unknown", "there is no view audit_api.source_v1 yet", true));
                return;
            }
            ResultSet rows = statement.executeQuery("SELECT operator_id, system_id, state, known_through,"
                    + " date_trunc('second', now() - known_through) AS lag, changes, rejects, unmapped, last_change_at,"
                    + " (SELECT string_agg(a.rule_id, ', ' ORDER BY a.rule_id) FROM audit_api.alert_v1 a"
                    + " WHERE a.subject_kind = 'source' AND a.status = 'OPEN' AND a.operator_id = s.operator_id"
                    + " AND a.system_id = s.system_id) AS amiss"
                    + " FROM audit_api.source_v1 s ORDER BY 1, 2");
            while (rows.next()) {
                lines.add(new Line(
                        "source " + rows.getString("operator_id") + "/" + rows.getString("system_id"),
                        String.valueOf(rows.getString("state")),
                        "known through " + rows.getString("known_through") + ", lag " + rows.getString("lag") + ", "
                                + rows.getLong("changes") + " changes, " + rows.getLong("rejects") + " rejects, "
                                + rows.getLong("unmapped") + " unmapped, last change "
                                + rows.getString("last_change_at")
                                + (rows.getString("amiss") == null ? "" : ", open: " + rows.getString("amiss")),
                        true));
            }
        } catch (SQLException e) {
            lines.add(new Line("sources", "unknown", "the audit database says: " + e.getMessage(), false));
        }
    }
}
