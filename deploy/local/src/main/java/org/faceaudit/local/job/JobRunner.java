package org.faceaudit.local.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Pause;
import org.faceaudit.local.stack.Stack;

/**
 * Keeps one job running: submits it, watches it, and submits it again from its newest completed checkpoint when its
 * JobManager died or the job failed. It starts without state only when there is no checkpoint, and then as the next
 * generation (invariant 8).
 */
public final class JobRunner implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final FlinkRest flink;
    private final JobSpec spec;
    private final JobHistory history;
    private final Path checkpoints;
    private final Progress progress;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;

    private volatile JobRun current;

    private JobRunner(FlinkRest flink, JobSpec spec, JobHistory history, Path checkpoints, Progress progress) {
        this.flink = flink;
        this.spec = spec;
        this.history = history;
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.watcher = new Thread(this::watch, "job-" + spec.name());
        this.watcher.setDaemon(true);
    }

    /**
     * Submits the job and watches it from then on.
     *
     * @throws StackException when Flink refuses the job
     */
    public static JobRunner start(Stack stack, JobSpec spec) {
        JobRunner runner = new JobRunner(
                new FlinkRest(stack.ports().flinkUi()),
                spec,
                new JobHistory(stack.data().resolve("job", spec.name() + ".json")),
                stack.checkpoints(),
                stack.progress());
        try {
            runner.submit();
        } catch (IOException e) {
            throw new StackException("Flink refuses the job " + spec.name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while submitting the job " + spec.name() + ".", e);
        }
        runner.watcher.start();
        return runner;
    }

    private void submit() throws IOException, InterruptedException {
        Optional<CompletedCheckpoint> checkpoint = CompletedCheckpoint.newest(checkpoints, history.runs());
        long generation = checkpoint.isPresent()
                ? checkpoint.get().run().generation()
                : spec.nextGeneration().getAsLong();
        Instant now = Instant.now();
        JobRun run = new JobRun(
                UUID.randomUUID().toString().replace("-", ""),
                generation,
                checkpoint.map(found -> found.run().generationBegan()).orElse(now),
                now,
                checkpoint.map(found -> found.path().toString()).orElse(""));
        history.add(run);
        String jar = flink.upload(spec.jar());
        try {
            flink.run(jar, run.jobId(), spec.arguments().apply(run), checkpoint.map(CompletedCheckpoint::path));
        } finally {
            flink.removeJar(jar);
        }
        current = run;
        progress.line(
                "job " + spec.name(),
                "submitted",
                "id " + run.jobId() + ", generation " + generation
                        + checkpoint
                                .map(found -> ", from checkpoint " + found.number() + " of "
                                        + found.run().jobId())
                                .orElse(", without state"));
    }

    private void watch() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    Optional<String> state = flink.state(current.jobId());
                    if (state.isPresent() && !state.get().equals("FAILED")) {
                        if (state.get().equals("CANCELED") || state.get().equals("FINISHED")) {
                            progress.line(
                                    "job " + spec.name(), "ended", state.get() + " by somebody's wish; not restarted");
                            return;
                        }
                        pause = state.get().equals("RUNNING") ? FIRST_PAUSE : pause;
                        continue;
                    }
                    progress.line(
                            "job " + spec.name(),
                            "lost",
                            state.isEmpty()
                                    ? "the JobManager does not know it"
                                    : "failed: " + flink.failure(current.jobId()));
                    if (state.isPresent() && closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    pause = longer(pause);
                    submit();
                } catch (FlinkRest.RefusedException e) {
                    progress.line(
                            "job " + spec.name(),
                            "refused",
                            e.getMessage() + "; asked again in " + pause.toSeconds() + " s");
                    if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    pause = longer(pause);
                } catch (IOException e) {
                    // The JobManager is away; its supervisor brings it back and says so.
                    continue;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            progress.line("job " + spec.name(), "unwatched", String.valueOf(e));
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** The submission that runs at present. */
    public JobRun current() {
        return current;
    }

    /** All submissions, oldest first. */
    public List<JobRun> runs() {
        return history.runs();
    }

    /** The newest completed checkpoint of all submissions. */
    public Optional<CompletedCheckpoint> newestCheckpoint() {
        return CompletedCheckpoint.newest(checkpoints, history.runs());
    }

    /**
     * Waits until the present submission has completed a checkpoint numbered above a given one.
     *
     * @param above 0 for any
     * @return its number
     * @throws StackException when it takes longer than the limit
     */
    public long awaitCheckpoint(long above, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            try {
                OptionalLong newest = flink.newestCheckpoint(current.jobId());
                if (newest.isPresent() && newest.getAsLong() > above) {
                    return newest.getAsLong();
                }
            } catch (IOException e) {
                // Away for a moment: asked again until the limit.
                Pause.of(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("Interrupted while waiting for a checkpoint.", e);
            }
            Pause.of(Duration.ofMillis(100));
        }
        throw new StackException("The job " + spec.name() + " completed no checkpoint above " + above + " within "
                + limit.toSeconds() + " s.");
    }

    /** Stops watching; the job itself goes on. */
    @Override
    public void close() {
        closing.countDown();
        try {
            watcher.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
