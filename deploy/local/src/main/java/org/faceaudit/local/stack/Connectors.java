package org.faceaudit.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.faceaudit.local.process.StackException;

/** The connectors of the Connect worker. */
public final class Connectors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final Rest rest;
    private final Consumer<String> createTopic;

    /** @param createTopic makes a topic for one source, unless it exists */
    Connectors(int port, Consumer<String> createTopic) {
        this.rest = new Rest(port, Duration.ofSeconds(30));
        this.createTopic = createTopic;
    }

    /**
     * What Connect says of a connector. RUNNING is never evidence that changes flow: heartbeat rows are.
     *
     * @param name the connector
     * @param state of the connector
     * @param taskStates of its tasks; none while they are being assigned
     * @param trace the first line of the first error
     */
    public record Status(String name, String state, List<String> taskStates, Optional<String> trace) {
        /** Copies the list. */
        public Status {
            taskStates = List.copyOf(taskStates);
        }

        /** Whether the connector and all its tasks run. */
        public boolean running() {
            return state.equals("RUNNING")
                    && !taskStates.isEmpty()
                    && taskStates.stream().allMatch("RUNNING"::equals);
        }
    }

    /**
     * Creates the topic first, then the connector; both as often as one likes. A configuration that is the same changes
     * nothing.
     *
     * @param name of the connector
     * @param topic where its changes go
     * @param configuration everything else, with references instead of secrets
     * @throws StackException when Connect refuses
     */
    public void put(String name, String topic, Map<String, String> configuration) {
        createTopic.accept(topic);
        request(
                "The connector " + name + " was refused",
                () -> rest.put("/connectors/" + name + "/config", JSON.valueToTree(configuration)));
    }

    /**
     * The same, and whatever the connector has read before is forgotten: it begins with a snapshot. May be repeated after any
     * part of it.
     *
     * @throws StackException when Connect refuses
     */
    public void putAnew(String name, String topic, Map<String, String> configuration) {
        // A connector that stands still keeps standing still when it is configured otherwise; one that is new does not.
        stop(name);
        put(name, topic, configuration);
        stop(name);
        request("The position of connector " + name + " is not forgotten", () -> {
            Rest.Answer answer = rest.delete("/connectors/" + name + "/offsets");
            // Refused until the last task has gone.
            return answer.status() == BAD_REQUEST ? new Rest.Answer(CONFLICT, answer.body()) : answer;
        });
        request(
                "The connector " + name + " does not go on",
                () -> rest.put("/connectors/" + name + "/resume", JSON.createObjectNode()));
    }

    private void stop(String name) {
        request(
                "The connector " + name + " does not stop",
                () -> rest.put("/connectors/" + name + "/stop", JSON.createObjectNode()));
    }

    /** Removes a connector, if it exists; topic and position stay. */
    public void delete(String name) {
        request("The connector " + name + " cannot be removed", () -> rest.delete("/connectors/" + name));
    }

    /**
     * Removes the connectors of evidence topics that are no longer wanted; topics and positions stay.
     *
     * @param wanted names of those to keep
     * @return the configuration of each that was removed, by name; secrets in it are references
     */
    public Map<String, Map<String, String>> deleteAllBut(Set<String> wanted) {
        Map<String, Map<String, String>> removed = new TreeMap<>();
        for (String name : names()) {
            if (name.startsWith(Topics.EVIDENCE) && !wanted.contains(name)) {
                removed.put(name, configuration(name));
                delete(name);
            }
        }
        return removed;
    }

    /** How a connector is configured, with references instead of secrets; empty when there is none. */
    public Map<String, String> configuration(String name) {
        Map<String, String> configuration = new TreeMap<>();
        Rest.Answer answer = request(
                "The connector " + name + " cannot be asked", () -> rest.get("/connectors/" + name + "/config"));
        if (answer.status() == NOT_FOUND) {
            return configuration;
        }
        answer.body()
                .fields()
                .forEachRemaining(entry ->
                        configuration.put(entry.getKey(), entry.getValue().asText()));
        return configuration;
    }

    /** Starts a connector and its tasks again, failed or not. */
    public void restart(String name) {
        request(
                "The connector " + name + " cannot be restarted",
                () -> rest.post("/connectors/" + name + "/restart?includeTasks=true", JSON.createObjectNode()));
    }

    /** The names of all connectors. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        request("The connectors cannot be listed", () -> rest.get("/connectors"))
                .body()
                .forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }

    /** What Connect says of a connector; nothing when it does not know it. */
    public Optional<Status> status(String name) {
        Rest.Answer answer = request(
                "The connector " + name + " cannot be asked", () -> rest.get("/connectors/" + name + "/status"));
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        List<String> tasks = new ArrayList<>();
        String trace = answer.body().path("connector").path("trace").asText("");
        for (JsonNode task : answer.body().path("tasks")) {
            tasks.add(task.path("state").asText());
            trace = trace.isEmpty() ? task.path("trace").asText("") : trace;
        }
        return Optional.of(new Status(
                name,
                answer.body().path("connector").path("state").asText("UNKNOWN"),
                tasks,
                trace.lines().findFirst()));
    }

    private interface Request {
        Rest.Answer send() throws IOException, InterruptedException;
    }

    /** A worker that rebalances or starts answers 409 or nothing: asked again until patience ends. */
    private static Rest.Answer request(String failure, Request request) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String problem;
            try {
                Rest.Answer answer = request.send();
                if (answer.ok() || answer.status() == NOT_FOUND) {
                    return answer;
                }
                problem = answer.problem();
                if (answer.status() != CONFLICT && answer.status() < 500) {
                    throw new StackException(failure + ": " + problem);
                }
            } catch (IOException e) {
                problem = String.valueOf(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException(failure + ": interrupted", e);
            }
            if (System.nanoTime() > limit) {
                throw new StackException(failure + ": " + problem);
            }
            Pause.of(Duration.ofMillis(300));
        }
    }
}
