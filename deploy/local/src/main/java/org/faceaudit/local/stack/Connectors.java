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
import org.faceaudit.local.process.StackException;

/** The connectors of the Connect worker. */
public final class Connectors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final Rest rest;
    private final Topics topics;

    Connectors(int port, Topics topics) {
        this.rest = new Rest(port, Duration.ofSeconds(30));
        this.topics = topics;
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
        topics.createEvidence(topic);
        request(
                "The connector " + name + " was refused",
                () -> rest.put("/connectors/" + name + "/config", JSON.valueToTree(configuration)));
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

    /** The configuration of a connector, empty if there is none; secrets in it are references. */
    public Map<String, String> configuration(String name) {
        Map<String, String> configuration = new TreeMap<>();
        Rest.Answer answer = request(
                "The connector " + name + " cannot be asked", () -> rest.get("/connectors/" + name + "/config"));
        if (answer.status() != NOT_FOUND) {
            answer.body()
                    .fields()
                    .forEachRemaining(entry ->
                            configuration.put(entry.getKey(), entry.getValue().asText()));
        }
        return configuration;
    }

    /**
     * Stops a connector and forgets how far it has come: from {@link #resume} on it reads its source anew, beginning with a
     * snapshot.
     *
     * @throws StackException when Connect refuses for longer than it takes to end a task
     */
    public void forgetPosition(String name) {
        request(
                "The connector " + name + " cannot be stopped",
                () -> rest.put("/connectors/" + name + "/stop", JSON.createObjectNode()));
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                request(
                        "The position of connector " + name + " cannot be forgotten",
                        () -> rest.delete("/connectors/" + name + "/offsets"));
                return;
            } catch (StackException refused) {
                // As long as its last task has not ended.
                if (System.nanoTime() > limit) {
                    throw refused;
                }
                Pause.of(Duration.ofMillis(300));
            }
        }
    }

    /** Lets a connector that was stopped go on; one that runs does. */
    public void resume(String name) {
        request(
                "The connector " + name + " cannot go on",
                () -> rest.put("/connectors/" + name + "/resume", JSON.createObjectNode()));
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
