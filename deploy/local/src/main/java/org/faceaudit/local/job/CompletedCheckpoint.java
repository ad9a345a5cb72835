package org.faceaudit.local.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.faceaudit.local.process.StackException;

/**
 * A checkpoint from which a job can be started.
 *
 * @param run the submission that took it
 * @param number Flink's number of it, which grows from restore to restore
 * @param path its directory
 */
public record CompletedCheckpoint(JobRun run, long number, Path path) {
    private static final String PREFIX = "chk-";
    /** Flink writes this file last and moves it into place as a whole. */
    private static final String METADATA = "_metadata";

    /**
     * The newest completed checkpoint of a job: the highest number of the latest run that has one.
     *
     * @param root Flink's checkpoint directory, with a directory per job id
     * @param runs oldest first
     */
    public static Optional<CompletedCheckpoint> newest(Path root, List<JobRun> runs) {
        for (int index = runs.size() - 1; index >= 0; index--) {
            Optional<CompletedCheckpoint> found = newestOf(root, runs.get(index));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<CompletedCheckpoint> newestOf(Path root, JobRun run) {
        Path directory = root.resolve(run.jobId());
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(METADATA)))
                    .filter(entry -> number(entry).isPresent())
                    .map(entry -> new CompletedCheckpoint(run, number(entry).getAsLong(), entry))
                    .max(Comparator.comparingLong(CompletedCheckpoint::number));
        } catch (IOException e) {
            throw new StackException("The checkpoints in " + directory + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static OptionalLong number(Path directory) {
        String name = directory.getFileName().toString();
        return name.matches(PREFIX + "\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(name.substring(PREFIX.length())))
                : OptionalLong.empty();
    }
}
