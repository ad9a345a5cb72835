package org.faceaudit.local.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.faceaudit.local.stack.Rest;

/** The part of Flink's REST interface that runs a job. */
public final class FlinkRest {
    /** Subtasks of every step that may have more than one; a job submitted by REST does not take the cluster's default. */
    private static final int PARALLELISM = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rest rest;

    /** @param port of the web interface */
    public FlinkRest(int port) {
        this.rest = new Rest(port, Duration.ofSeconds(60));
    }

    /** Uploads a jar. Returns Flink's id of it. */
    public String upload(Path jar) throws IOException, InterruptedException {
        String boundary = "faceaudit-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
        BodyPublisher body =
                BodyPublishers.concat(text(head), BodyPublishers.ofFile(jar), text("\r\n--" + boundary + "--\r\n"));
        Rest.Answer answer = granted(rest.post("/jars/upload", "multipart/form-data; boundary=" + boundary, body));
        return Path.of(answer.body().path("filename").asText()).getFileName().toString();
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    /** Runs an uploaded jar; returns when Flink has accepted the job. */
    public void run(String jarId, String jobId, List<String> arguments, Optional<Path> checkpoint)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("jobId", jobId);
        body.set("programArgsList", JSON.valueToTree(arguments));
        body.put("parallelism", PARALLELISM);
        checkpoint.ifPresent(path -> {
            body.put("savepointPath", path.toString());
            // The new run owns the checkpoint, and removes it when it has newer ones of its own.
            body.put("claimMode", "CLAIM");
            body.put("allowNonRestoredState", false);
        });
        granted(rest.post("/jars/" + jarId + "/run", body));
    }

    /** Removes an uploaded jar. */
    public void removeJar(String jarId) throws IOException, InterruptedException {
        granted(rest.delete("/jars/" + jarId));
    }

    /** The state of a job, such as RUNNING; nothing when this JobManager does not know it. */
    public Optional<String> state(String jobId) throws IOException, InterruptedException {
        // Asked for one unknown job, Flink 2.3 answers as for an error of its own.
        for (JsonNode job : granted(rest.get("/jobs")).body().path("jobs")) {
            if (job.path("id").asText().equals(jobId)) {
                return Optional.of(job.path("status").asText());
            }
        }
        return Optional.empty();
    }

    /** Number of the newest checkpoint that a job completed in this run. */
    public OptionalLong newestCheckpoint(String jobId) throws IOException, InterruptedException {
        Rest.Answer answer = rest.get("/jobs/" + jobId + "/checkpoints");
        JsonNode id = answer.body().path("latest").path("completed").path("id");
        return answer.ok() && id.isNumber() ? OptionalLong.of(id.asLong()) : OptionalLong.empty();
    }

    /** The first line of what made a job fail last; empty when nothing did. */
    public String failure(String jobId) throws IOException, InterruptedException {
        JsonNode entries = rest.get("/jobs/" + jobId + "/exceptions")
                .body()
                .path("exceptionHistory")
                .path("entries");
        return entries.path(0)
                .path("stacktrace")
                .asText("")
                .lines()
                .reduce((first, line) -> line.startsWith("Caused by: ") ? line : first)
                .orElse("");
    }

    /** Cancels a job; its checkpoints stay. */
    public void cancel(String jobId) throws IOException, InterruptedException {
        granted(rest.patch("/jobs/" + jobId + "?mode=cancel", JSON.createObjectNode()));
    }

    private static Rest.Answer granted(Rest.Answer answer) throws IOException {
        if (!answer.ok()) {
            throw new RefusedException(refusal(answer));
        }
        return answer;
    }

    private static String refusal(Rest.Answer answer) {
        StringBuilder causes = new StringBuilder();
        for (JsonNode error : answer.body().path("errors")) {
            error.asText()
                    .lines()
                    .filter(line -> line.startsWith("Caused by: "))
                    .forEach(line -> causes.append("; ").append(line.substring("Caused by: ".length())));
        }
        return answer.problem() + causes;
    }

    /** Flink answered, and said no. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
