package org.faceaudit.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pid file says: which process, since when, and how to end it. Pid and start time together name one process, since
 * a pid alone is used again.
 *
 * @param name the component
 * @param pid its process
 * @param startedAt when the operating system says the process started
 * @param stopSignal what ends it in good order
 */
public record PidFile(String name, long pid, Instant startedAt, StopSignal stopSignal) {
    private static final String SUFFIX = ".pid";

    /** The start time is counted from a boot time in whole seconds, which another JVM may read one second apart. */
    private static final Duration CLOCK_ROUNDING = Duration.ofSeconds(2);

    /** Describes a running process. */
    public static PidFile of(String name, ProcessHandle process, StopSignal stopSignal) {
        return new PidFile(name, process.pid(), startOf(process), stopSignal);
    }

    /** Writes the file {@code <name>.pid} as a whole. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path whole = directory.resolve(name + SUFFIX);
        Path part = directory.resolve(name + SUFFIX + ".part");
        Files.writeString(part, pid + " " + startedAt.toEpochMilli() + " " + stopSignal + "\n");
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the file {@code <name>.pid}, if there is one. */
    public static void remove(Path directory, String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name + SUFFIX));
    }

    /** All readable pid files of a directory; empty when there is no such directory. A torn file names no process. */
    public static List<PidFile> readAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<PidFile> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().endsWith(SUFFIX)) {
                    parse(file).ifPresent(found::add);
                }
            }
        }
        return List.copyOf(found);
    }

    private static Optional<PidFile> parse(Path file) throws IOException {
        String fileName = file.getFileName().toString();
        String[] words = Files.readString(file).trim().split(" ", -1);
        if (words.length != 3 || !words[0].matches("\\d{1,18}") || !words[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Optional<StopSignal> signal = Stream.of(StopSignal.values())
                .filter(candidate -> candidate.name().equals(words[2]))
                .findFirst();
        return signal.map(stopSignal -> new PidFile(
                fileName.substring(0, fileName.length() - SUFFIX.length()),
                Long.parseLong(words[0]),
                Instant.ofEpochMilli(Long.parseLong(words[1])),
                stopSignal));
    }

    /** The process that this file means, if it still runs; another process with the same pid is not it. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        Duration.between(startOf(process), startedAt).abs().compareTo(CLOCK_ROUNDING) <= 0);
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
