package org.faceaudit.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.process.SupervisedProcess;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job keeps its state and its generation, whichever process of Flink is killed. */
@ExtendWith(StackExtension.class)
class JobRunnerIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stack stack;
    private final FlinkRest flink;

    JobRunnerIT(Stack stack) {
        this.stack = stack;
        this.flink = new FlinkRest(stack.ports().flinkUi());
    }

    @Test
    void aJobGoesOnFromItsNewestCheckpointAfterFlinkWasKilled() throws Exception {
        AtomicLong generations = new AtomicLong(41);
        AtomicReference<Readings> readings = new AtomicReference<>(new Readings(Map.of("gym/doors", "one way")));
        JobSpec spec = new JobSpec(
                "counting",
                jar(),
                run -> List.of("--generation", Long.toString(run.generation())),
                generations::incrementAndGet,
                readings::get);

        String jobId;
        try (JobRunner job = JobRunner.start(stack, spec)) {
            JobRun first = job.current();
            assertThat(first.generation()).isEqualTo(42);
            assertThat(first.restoredFrom()).isEmpty();
            long checkpoint = job.awaitCheckpoint(1, LIMIT);

            kill("flink-jobmanager");
            await("a second submission").atMost(LIMIT).until(() -> job.runs().size() == 2);
            long later = job.awaitCheckpoint(checkpoint, LIMIT);
            assertThat(job.current().restoredFrom()).contains(first.jobId());
            assertThat(job.current().generation()).isEqualTo(42);

            kill("flink-taskmanager");
            job.awaitCheckpoint(later + 1, LIMIT);
            assertThat(job.runs())
                    .as("Flink itself restarts after a TaskManager's death")
                    .hasSize(2);
            jobId = job.current().jobId();
        }
        flink.cancel(jobId);
        await("the end")
                .atMost(LIMIT)
                .until(() -> flink.state(jobId).orElseThrow().equals("CANCELED"));

        try (JobRunner again = JobRunner.start(stack, spec)) {
            assertThat(again.current().restoredFrom())
                    .as("cancelling keeps checkpoints")
                    .contains(jobId);
            assertThat(again.current().generation()).isEqualTo(42);
            assertThat(again.current().generationBegan())
                    .isEqualTo(again.runs().get(0).submittedAt());
            again.awaitCheckpoint(0, LIMIT);
            String before = again.current().jobId();

            again.replace(() -> readings.set(new Readings(Map.of("gym/doors", "one way", "pool/doors", "its way"))));
            assertThat(again.current().restoredFrom()).contains(before);
            assertThat(again.current().generation())
                    .as("who is new changes nobody")
                    .isEqualTo(42);
            again.awaitCheckpoint(0, LIMIT);
            JobRun added = again.current();

            assertThatThrownBy(() -> again.replace(() -> {
                        readings.set(new Readings(Map.of("gym/doors", "another way")));
                        throw new StackException("a connector is refused");
                    }))
                    .hasMessage("a connector is refused");
            await("submitted all the same")
                    .atMost(LIMIT)
                    .until(() -> !again.current().equals(added));
            assertThat(again.current().restoredFrom()).contains(added.jobId());
            assertThat(again.current().generation()).isEqualTo(43);
            assertThat(again.current().anew()).containsExactly("gym");
            assertThat(again.current().generationBegan())
                    .isEqualTo(again.current().submittedAt());
            again.awaitCheckpoint(0, LIMIT);

            again.replace(
                    () -> readings.set(new Readings(Map.of("gym/doors", "another way", "pool/doors", "its way"))));
            assertThat(again.current().anew()).as("who came back").containsExactly("pool");
            assertThat(again.current().generation()).isEqualTo(44);
            flink.cancel(again.current().jobId());
        }
    }

    private void kill(String name) {
        SupervisedProcess process = stack.process(name);
        int before = process.restarts();
        process.process().orElseThrow().destroyForcibly();
        await(name + " again").atMost(LIMIT).until(() -> process.restarts() > before && process.isReady());
    }

    private Path jar() throws IOException {
        Path jar = stack.data().resolve("counting-job.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CountingJob.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file, manifest)) {
            for (Class<?> type : List.of(CountingJob.class, CountingJob.Count.class)) {
                String entry = type.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(entry));
                try (var content = type.getResourceAsStream("/" + entry)) {
                    content.transferTo(entries);
                }
                entries.closeEntry();
            }
        }
        return jar;
    }
}
