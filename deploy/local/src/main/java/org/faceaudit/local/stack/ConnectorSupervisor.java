package org.faceaudit.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.faceaudit.local.process.Progress;

/**
 * Starts connectors again that have failed: their own retries are finite, so that a failure shows, but a source that was
 * away for an hour must be captured when it is back.
 */
final class ConnectorSupervisor implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final String FAILED = "FAILED";

    private final Rest rest;
    private final Progress progress;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Pause> pauses = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "supervise-connectors");

    ConnectorSupervisor(int port, Progress progress) {
        this.rest = new Rest(port, Duration.ofSeconds(10));
        this.progress = progress;
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** How long to wait after the last restart of a connector. */
    private record Pause(Instant until, Duration next) {}

    private void watch() {
        try {
            while (!closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            Rest.Answer answer = rest.get("/connectors?expand=status");
            if (!answer.ok()) {
                return;
            }
            Iterator<Map.Entry<String, JsonNode>> connectors = answer.body().fields();
            while (connectors.hasNext()) {
                Map.Entry<String, JsonNode> connector = connectors.next();
                JsonNode status = connector.getValue().path("status");
                if (states(status)
                        .anyMatch(state -> state.path("state").asText().equals(FAILED))) {
                    restart(connector.getKey(), status);
                } else if (isRested(connector.getKey())) {
                    pauses.remove(connector.getKey());
                }
            }
        } catch (IOException e) {
            // The worker is away: its own supervisor says so and brings it back.
            pauses.clear();
        }
    }

    /** Well for a while after its last restart, and not just about to fail again. */
    private boolean isRested(String name) {
        Pause pause = pauses.get(name);
        return pause != null && Instant.now().isAfter(pause.until().plus(LONGEST_PAUSE));
    }

    private static Stream<JsonNode> states(JsonNode status) {
        return Stream.concat(
                Stream.of(status.path("connector")),
                StreamSupport.stream(status.path("tasks").spliterator(), false));
    }

    private void restart(String name, JsonNode status) throws IOException, InterruptedException {
        Pause pause = pauses.getOrDefault(name, new Pause(Instant.MIN, FIRST_PAUSE));
        if (Instant.now().isBefore(pause.until())) {
            return;
        }
        String trace = states(status)
                .map(state -> state.path("trace").asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("no reason given");
        String reason = trace.lines()
                .reduce((first, line) -> line.startsWith("Caused by: ") ? line : first)
                .orElse(trace);
        progress.line(
                name,
                "failed",
                reason + "; started again, next time after " + pause.next().toSeconds() + " s" + remedy(reason));
        rest.post(
                "/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true",
                new ObjectMapper().createObjectNode());
        Duration twice = pause.next().multipliedBy(2);
        pauses.put(
                name,
                new Pause(
                        Instant.now().plus(pause.next()), twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice));
    }

    /** Of a row that is not whole Debezium's MariaDB connector says how many columns it has; no start helps it past such a row. */
    private static String remedy(String reason) {
        return reason.contains("internal schema size")
                ? ". Its log may hold rows that are not whole: set binlog_row_image = FULL, let every session that is"
                        + " connected connect anew, and have the source read anew (README, operating notes)."
                : "";
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
