package org.faceaudit.local.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
 * generation (invariant 8); so does it when operators are read otherwise than by the run that took the checkpoint: they are
 * derived anew, and everybody else goes on.
 */
public final class JobRunner implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final FlinkRest flink;
    private final JobSpec spec;
    private final JobHistory history;
    private final Path checkpoints;
    private final Progress progress;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;

    /** Held by whoever looks after the submission, so that nobody submits what another one has just ended. */
    private final Object submission = new Object();

    /** Whether the last submission was ended to be followed by another one, which is still to come. */
    private boolean owed;

    private Duration pause = FIRST_PAUSE;

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
        Readings readings = spec.readings().get();
        Readings before = checkpoint.map(found -> found.run().readings()).orElse(Readings.NONE);
        Set<String> anew = checkpoint.isPresent() ? before.changedOperators(readings) : Set.of();
        boolean goesOn = checkpoint.isPresent() && anew.isEmpty();
        long generation = goesOn
                ? checkpoint.get().run().generation()
                : spec.nextGeneration().getAsLong();
        Instant now = Instant.now();
        JobRun run = new JobRun(
                UUID.randomUUID().toString().replace("-", ""),
                generation,
                goesOn ? checkpoint.get().run().generationBegan() : now,
                now,
                checkpoint.map(found -> found.path().toString()).orElse(""),
                before.goneOnWith(readings),
                anew);
        history.add(run);
        String jar = flink.upload(spec.jar());
        try {
            flink.run(jar, run.jobId(), spec.arguments().apply(run), checkpoint.map(CompletedCheckpoint::path));
        } finally {
            flink.removeJar(jar);
        }
        current = run;
        owed = false;
        progress.line(
                "job " + spec.name(),
                "submitted",
                "id " + run.jobId() + ", generation " + generation
                        + checkpoint
                                .map(found -> ", from checkpoint " + found.number() + " of "
                                        + found.run().jobId())
                                .orElse(", without state")
                        + (anew.isEmpty()
                                ? ""
                                : "; derived anew from the first records of their topics: " + String.join(", ", anew)));
    }

    private void watch() {
        try {
            boolean watching = true;
            while (watching && !closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                synchronized (submission) {
                    watching = look();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            progress.line("job " + spec.name(), "unwatched", String.valueOf(e));
        }
    }

    /** Returns whether there is still something to look after. */
    private boolean look() throws InterruptedException {
        try {
            Optional<String> state = flink.state(current.jobId());
            if (!owed && state.isPresent() && !state.get().equals("FAILED")) {
                if (hasEnded(state.get())) {
                    progress.line("job " + spec.name(), "ended", state.get() + " by somebody's wish; not restarted");
                    return false;
                }
                pause = state.get().equals("RUNNING") ? FIRST_PAUSE : pause;
                return true;
            }
            if (!owed) {
                progress.line(
                        "job " + spec.name(),
                        "lost",
                        state.isEmpty()
                                ? "the JobManager does not know it"
                                : "failed: " + flink.failure(current.jobId()));
            }
            if (state.isPresent() && closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            pause = longer(pause);
            submit();
        } catch (FlinkRest.RefusedException e) {
            refused(e);
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            pause = longer(pause);
        } catch (IOException e) {
            // The JobManager is away; its supervisor brings it back and says so.
            return true;
        }
        return true;
    }

    private void refused(IOException e) {
        progress.line("job " + spec.name(), "refused", e.getMessage() + "; asked again in " + pause.toSeconds() + " s");
    }

    private static boolean hasEnded(String state) {
        return state.equals("CANCELED") || state.equals("FINISHED");
    }

    /**
     * Ends the present submission, has something done while nobody reads the topics, and submits the job again from its newest
     * completed checkpoint: with what the specification says then.
     *
     * @param whileEnded what to do; if it fails, the job is submitted all the same
     * @throws StackException when the present submission cannot be ended, or what was to be done failed
     */
    public void replace(Runnable whileEnded) {
        synchronized (submission) {
            try {
                end();
                owed = true;
                whileEnded.run();
                submit();
            } catch (IOException e) {
                // The watcher owes the submission from now on.
                refused(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("Interrupted while submitting the job " + spec.name() + " again.", e);
            }
        }
    }

    private void end() throws InterruptedException {
        long limit = System.nanoTime() + LONGEST_END.toNanos();
        String problem = "it still runs";
        while (System.nanoTime() < limit) {
            try {
                Optional<String> state = flink.state(current.jobId());
                if (state.isEmpty() || state.get().equals("FAILED") || hasEnded(state.get())) {
                    return;
                }
                if (!state.get().equals("CANCELLING")) {
                    flink.cancel(current.jobId());
                }
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage());
            }
            Pause.of(BETWEEN_LOOKS);
        }
        throw new StackException("The job " + spec.name() + " could not be ended within " + LONGEST_END.toSeconds()
                + " s: " + problem + ".");
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
