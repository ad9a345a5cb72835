package org.faceaudit.bench.route;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.bench.Report;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.topic.PlainCount;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Population.Dates;

/** A first snapshot absorbed by a process of bounded memory, with checkpoints each second and state in RocksDB. */
public final class SnapshotMeasure {

    private static final int DAYS = 1_000;
    private static final int THRESHOLD = 100_000;

    private SnapshotMeasure() {}

    static Population population(int rows) {
        return new Population(1, rows, 0, DAYS, Dates.INSTANT);
    }

    /** Runs the process and checks what it says. */
    public static void take(Scale scale, Report report) throws Exception {
        Population population = population(scale.snapshot());
        Report.Entry entry = report.entry("snapshot", "a first snapshot, state in RocksDB");
        report.progress("a process of %d MiB reads a snapshot of %d rows", scale.memoryMib(), scale.snapshot());
        Map<String, String> told = run(scale);
        report.progress("it is done; counting a second time");
        PlainCount count = PlainCount.of(population);
        Integer reached = count.reachedOn(0, THRESHOLD);
        double million = population.records() / 1e6;
        entry.check("persons", Long.valueOf(told.get("persons")), count.persons(0))
                .check(
                        "day of reaching",
                        told.get("reached"),
                        reached == null ? "null" : LocalDate.ofEpochDay(reached).toString())
                .with("unit", "cpu-s/M events")
                .with("median", Double.parseDouble(told.get("cpu-s")) / million)
                .with("rounds", 1)
                .with("events", population.records())
                .with("wall_s", Double.parseDouble(told.get("wall-s")))
                .with("checkpoints", Long.parseLong(told.get("checkpoints")))
                .with("checkpoint_bytes", Long.parseLong(told.get("checkpoint-bytes")))
                .with("peak_resident_mib", Long.parseLong(told.get("peak-mib")))
                .with("allowed_mib", scale.memoryMib())
                .check("memory within bounds", Long.parseLong(told.get("peak-mib")) <= scale.memoryMib(), true)
                .time();
    }

    private static Map<String, String> run(Scale scale) throws IOException, InterruptedException {
        int heap = scale.memoryMib() * 3 / 8;
        int managed = scale.memoryMib() * 3 / 8;
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap + "m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SnapshotProcess.class.getName(),
                        Integer.toString(scale.snapshot()),
                        Integer.toString(managed)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, String> told = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("=", 2);
                if (parts.length == 2) {
                    told.put(parts[0], parts[1]);
                }
            }
        } finally {
            if (process.isAlive() && told.isEmpty()) {
                process.destroyForcibly();
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process of bounded memory ended with " + process.exitValue());
        }
        return told;
    }
}
