package org.faceaudit.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A component that is kept running: started, watched, started again with growing pauses when it dies, and stopped. */
public final class SupervisedProcess {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STABLE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(200);
    private static final int FAILED_FIRST_STARTS = 3;
    private static final long LARGEST_LOG_BYTES = 16L << 20;

    private final Component component;
    private final Path runDirectory;
    private final Path log;
    private final Progress progress;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread supervisor;

    private volatile Process process;
    private volatile boolean ready;
    private volatile int restarts;

    /**
     * @param component what to run
     * @param runDirectory where the pid file goes
     * @param logDirectory where standard output and error go
     */
    public SupervisedProcess(Component component, Path runDirectory, Path logDirectory, Progress progress) {
        this.component = component;
        this.runDirectory = runDirectory;
        this.log = logDirectory.resolve(component.name() + ".out");
        this.progress = progress;
        this.supervisor = new Thread(this::supervise, "supervise-" + component.name());
        this.supervisor.setDaemon(true);
    }

    /** The component that runs here. */
    public Component component() {
        return component;
    }

    /** Starts in the background; the future completes when the component serves, or fails with a {@link StackException}. */
    public CompletableFuture<Void> start() {
        supervisor.start();
        return firstReady;
    }

    /** Whether the component has shown that it serves since its last start. */
    public boolean isReady() {
        return ready;
    }

    /** How many times it was started again. */
    public int restarts() {
        return restarts;
    }

    /** The process, if it runs. */
    public Optional<ProcessHandle> process() {
        Process current = process;
        return current == null || !current.isAlive() ? Optional.empty() : Optional.of(current.toHandle());
    }

    /** Ends the process for good, in good order if it obeys within the grace. */
    public void stop(Duration grace) {
        stopping.countDown();
        process().ifPresent(running -> component.stopSignal().end(running, grace));
        try {
            supervisor.join(grace.toMillis());
            // A process that was being started while we came: the supervisor has seen the request by now.
            process().ifPresent(running -> component.stopSignal().end(running, grace));
            PidFile.remove(runDirectory, component.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            progress.line(component.name(), "stopped", "but its pid file stays: " + e.getMessage());
        }
    }

    private void supervise() {
        Duration pause = FIRST_PAUSE;
        int failures = 0;
        try {
            while (!isStopping()) {
                long began = System.nanoTime();
                String end = runOnce(began);
                if (isStopping()) {
                    return;
                }
                if (!firstReady.isDone() && ++failures >= FAILED_FIRST_STARTS) {
                    firstReady.completeExceptionally(new StackException(component.name() + " does not start: it " + end
                            + ". Its log is " + log + "; it ends with:\n" + lastLines()));
                    return;
                }
                pause = sinceNanos(began).compareTo(STABLE) > 0 ? FIRST_PAUSE : pause;
                restarts++;
                progress.line(
                        component.name(),
                        "exited",
                        end + " after " + seconds(began) + "; restart " + restarts + " in " + pause.toMillis() + " ms");
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StackException e) {
            firstReady.completeExceptionally(e);
            progress.line(component.name(), "failed", e.getMessage());
        } catch (IOException | RuntimeException e) {
            firstReady.completeExceptionally(
                    new StackException(component.name() + " cannot be started: " + e.getMessage(), e));
            progress.line(component.name(), "failed", String.valueOf(e));
        }
    }

    /** Runs the process until it ends; says how it ended. */
    private String runOnce(long began) throws IOException, InterruptedException {
        ready = false;
        component.prepare();
        if (isStopping()) {
            return "was stopped";
        }
        Process started = launch(component.command());
        process = started;
        PidFile.of(component.name(), started.toHandle(), component.stopSignal()).write(runDirectory);
        long limit = began + component.startUpLimit().toNanos();
        while (started.isAlive() && !isStopping()) {
            Optional<String> evidence = component.probe();
            if (evidence.isPresent() && started.isAlive()) {
                ready = true;
                progress.line(
                        component.name(),
                        "ready",
                        component.endpoint() + ", " + seconds(began) + ", pid " + started.pid() + ", "
                                + evidence.get());
                firstReady.complete(null);
                break;
            }
            if (System.nanoTime() > limit) {
                component.stopSignal().end(started.toHandle(), Duration.ofSeconds(10));
                return "was not ready within " + component.startUpLimit().toSeconds() + " s";
            }
            started.waitFor(BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS);
        }
        int status = started.waitFor();
        ready = false;
        return status > 128 ? "ended by signal " + (status - 128) : "ended with status " + status;
    }

    private Process launch(CommandLine command) throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> words = new ArrayList<>(OwnSession.prefix());
        words.addAll(command.words());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private String lastLines() throws IOException {
        if (!Files.exists(log)) {
            return "(empty)";
        }
        List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }

    private static Duration sinceNanos(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.1f s", sinceNanos(began).toMillis() / 1000.0);
    }
}
