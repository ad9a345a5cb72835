package org.faceaudit.bench.route;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.bench.route.Route.Backend;
import org.faceaudit.bench.route.Route.Does;

/** Starts a {@link BoundedProcess}, and what it said. */
final class BoundedRun {

    private final Map<String, String> told = new HashMap<>();

    private BoundedRun() {}

    /**
     * Runs it to its end.
     *
     * @param heapMib its heap
     * @param managedMib memory outside the heap for RocksDB
     * @throws IllegalStateException if it failed
     */
    static BoundedRun of(Does does, Backend backend, int heapMib, int managedMib, int operators, int rows)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-XX:+UseTransparentHugePages",
                "-XX:MaxDirectMemorySize=256m",
                "-XX:MaxMetaspaceSize=192m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
        // What Flink's code must be allowed to open, and how it logs.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-") || option.contains("log"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BoundedProcess.class.getName(),
                does.name(),
                backend.name(),
                Integer.toString(managedMib),
                Integer.toString(operators),
                Integer.toString(rows)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread endsWithUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endsWithUs);
        BoundedRun run = new BoundedRun();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("=", 2);
                if (parts.length == 2) {
                    run.told.put(parts[0], parts[1]);
                }
            }
        }
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(endsWithUs);
        if (status != 0) {
            throw new IllegalStateException("the process of bounded memory ended with " + status);
        }
        return run;
    }

    long number(String name) {
        return Long.parseLong(told.get(name));
    }

    double seconds(String name) {
        return Double.parseDouble(told.get(name));
    }

    /** The legal day on which an operator reached the threshold, {@code null} if it did not. */
    String reachedOn(int operator) {
        return told.get("reached." + operator);
    }
}
