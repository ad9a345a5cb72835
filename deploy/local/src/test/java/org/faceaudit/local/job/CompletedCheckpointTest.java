package org.faceaudit.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletedCheckpointTest {
    private static final JobRun FIRST = run("first", 1);
    private static final JobRun SECOND = run("second", 1);
    private static final JobRun THIRD = run("third", 2);

    @TempDir
    private Path root;

    @Test
    void withoutACheckpointThereIsNone() throws IOException {
        Files.createDirectories(root.resolve("first").resolve("shared"));

        assertThat(CompletedCheckpoint.newest(root, List.of())).isEmpty();
        assertThat(CompletedCheckpoint.newest(root, List.of(FIRST))).isEmpty();
        assertThat(CompletedCheckpoint.newest(root.resolve("absent"), List.of(FIRST)))
                .isEmpty();
    }

    @Test
    void theHighestNumberIsTheNewestAndNumbersAreNoText() throws IOException {
        completed("first", "chk-9");
        completed("first", "chk-10");

        assertThat(CompletedCheckpoint.newest(root, List.of(FIRST))).hasValueSatisfying(newest -> {
            assertThat(newest.number()).isEqualTo(10);
            assertThat(newest.path()).isEqualTo(root.resolve("first").resolve("chk-10"));
            assertThat(newest.run()).isEqualTo(FIRST);
        });
    }

    @Test
    void aCheckpointWithoutMetadataWasNeverCompleted() throws IOException {
        completed("first", "chk-3");
        Files.createDirectories(root.resolve("first").resolve("chk-4"));
        Files.createFile(root.resolve("first").resolve("chk-4").resolve("._metadata.inprogress"));
        completed("first", "chk-x");

        assertThat(CompletedCheckpoint.newest(root, List.of(FIRST)))
                .hasValueSatisfying(newest -> assertThat(newest.number()).isEqualTo(3));
    }

    @Test
    void theLatestRunThatHasOneWinsWhateverItsNumber() throws IOException {
        completed("first", "chk-70");
        completed("second", "chk-5");

        assertThat(CompletedCheckpoint.newest(root, List.of(FIRST, SECOND, THIRD)))
                .as("the third run was killed before its first checkpoint")
                .hasValueSatisfying(newest -> assertThat(newest.run()).isEqualTo(SECOND));
    }

    @Test
    void checkpointsOfJobsThatWeDidNotSubmitDoNotCount() throws IOException {
        completed("foreign", "chk-1");

        assertThat(CompletedCheckpoint.newest(root, List.of(FIRST))).isEmpty();
    }

    @Test
    void theHistoryIsReadAsItWasWritten() {
        Path file = root.resolve("job").resolve("pipeline.json");
        JobHistory history = new JobHistory(file);
        assertThat(history.runs()).isEmpty();

        history.add(FIRST);
        history.add(THIRD);

        assertThat(new JobHistory(file).runs()).containsExactly(FIRST, THIRD);
    }

    private void completed(String job, String checkpoint) throws IOException {
        Path directory = Files.createDirectories(root.resolve(job).resolve(checkpoint));
        Files.createFile(directory.resolve("_metadata"));
    }

    private static JobRun run(String id, long generation) {
        return new JobRun(
                id,
                generation,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-02T03:04:05Z"),
                "",
                new Readings(Map.of("gym/doors", "a", "gym/gone", "")),
                Set.of("gym"));
    }
}
