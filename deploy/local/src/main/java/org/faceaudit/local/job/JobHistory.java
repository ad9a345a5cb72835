package org.faceaudit.local.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.local.process.StackException;

/** All submissions of one job, oldest first, in a file that survives the launcher. */
final class JobHistory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    JobHistory(Path file) {
        this.file = file;
    }

    /** @throws StackException when the file is there and cannot be read: without it the newest state is not known */
    List<JobRun> runs() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<JobRun> runs = new ArrayList<>();
            for (JsonNode run : JSON.readTree(file.toFile())) {
                runs.add(new JobRun(
                        run.path("jobId").asText(),
                        run.path("generation").asLong(),
                        Instant.parse(run.path("generationBegan").asText()),
                        Instant.parse(run.path("submittedAt").asText()),
                        run.path("restoredFrom").asText(),
                        readings(run.path("readings")),
                        anew(run.path("anew"))));
            }
            return List.copyOf(runs);
        } catch (IOException e) {
            throw new StackException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Readings readings(JsonNode json) {
        Map<String, String> readings = new TreeMap<>();
        json.fields()
                .forEachRemaining(
                        each -> readings.put(each.getKey(), each.getValue().asText()));
        return new Readings(readings);
    }

    private static Set<String> anew(JsonNode json) {
        Set<String> operators = new TreeSet<>();
        json.forEach(operator -> operators.add(operator.asText()));
        return operators;
    }

    /** Adds a run; written before Flink hears of it, so that no checkpoint ever belongs to an unknown run. */
    void add(JobRun run) {
        List<JobRun> runs = new ArrayList<>(runs());
        runs.add(run);
        ArrayNode json = JSON.createArrayNode();
        for (JobRun each : runs) {
            ObjectNode object = json.addObject();
            object.put("jobId", each.jobId())
                    .put("generation", each.generation())
                    .put("generationBegan", each.generationBegan().toString())
                    .put("submittedAt", each.submittedAt().toString())
                    .put("restoredFrom", each.restoredFrom());
            object.set(
                    "readings", JSON.valueToTree(new TreeMap<>(each.readings().bySource())));
            object.set("anew", JSON.valueToTree(new TreeSet<>(each.anew())));
        }
        try {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
