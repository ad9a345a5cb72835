package org.faceaudit.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Resident memory of processes as Linux counts it in {@code /proc/<pid>/status}. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /**
     * Bytes of a process and its descendants: all of the process itself ({@code VmRSS}), and of its descendants what they
     * do not share with it ({@code RssAnon}). 0 for a process that is gone.
     */
    public static long bytes(ProcessHandle process) {
        return kibibytes(process, "VmRSS") * 1024
                + process.descendants()
                        .mapToLong(child -> kibibytes(child, "RssAnon") * 1024)
                        .sum();
    }

    /** Bytes of a process without its descendants. */
    public static long alone(ProcessHandle process) {
        return kibibytes(process, "VmRSS") * 1024;
    }

    private static long kibibytes(ProcessHandle process, String field) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            Map<String, String> fields = Files.readAllLines(status).stream()
                    .map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2)
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].trim(), (first, second) -> first));
            String value = fields.get(field);
            return value == null ? 0 : Long.parseLong(value.split(" ", 2)[0]);
        } catch (IOException e) {
            return 0;
        }
    }
}
