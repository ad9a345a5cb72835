package org.faceaudit.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.capture.Described;
import org.faceaudit.local.capture.Passwords;
import org.faceaudit.local.capture.SchemaWatch;
import org.faceaudit.local.job.JobRunner;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Pause;
import org.faceaudit.local.stack.Ports;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackPlan;

/**
 * The whole route on sample operators: databases with planted breaches and honest look-alikes, captured, judged, and compared
 * with the one file of all expected alerts.
 */
public final class Demo {
    /** Exit status when the alerts are those expected. */
    public static final int SAME = 0;
    /** Exit status when they are not. */
    public static final int DIFFERENT = 1;
    /** Exit status when the samples did not come through in time. */
    public static final int TIMEOUT = 2;

    /** How long a run may take until everything has come through, unless another limit is given. */
    public static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Options options;
    private final Stack stack;
    private final Progress progress;
    private final AuditView view;
    private final AlertTeller teller;

    /**
     * How the demo runs.
     *
     * @param once ends after the comparison, without live changes
     * @param limit how long it may take until everything has come through
     * @param clock asked once, at the start, which day it is
     * @param colour whether a terminal reads the lines
     * @param dataOption what a pasted command needs to find this stack, {@code ""} in the default directory
     */
    public record Options(boolean once, Duration limit, Clock clock, boolean colour, String dataOption) {
        /** The demo that ends after its comparison, for tests. */
        public static Options onceWithin(Duration limit, Path data) {
            return new Options(true, limit, Clock.systemUTC(), false, " --data '" + data + "'");
        }
    }

    private Demo(Options options, Stack stack, Progress progress) {
        this.options = options;
        this.stack = stack;
        this.progress = progress;
        this.view = new AuditView(stack.audit());
        this.teller = new AlertTeller(options.colour());
    }

    /** The stack that the demo needs: all sample sources, fresh. */
    public static StackPlan plan(Path data, Ports ports) {
        return new StackPlan(data, ports, SampleSource.servers(), true);
    }

    /**
     * Runs the demo from nothing to its comparison; without {@code once} it then stays until the thread is interrupted.
     *
     * @param plan from {@link #plan}; everything in its directory is erased first
     * @return {@link #SAME}, {@link #DIFFERENT} or {@link #TIMEOUT}
     * @throws StackException when something cannot be started, as one sentence, or when interrupted
     */
    public static int run(StackPlan plan, Options options, Progress progress) {
        DemoDirectory.requireErasable(plan.data());
        Duration wait = MidnightGuard.waitFrom(options.clock().instant());
        if (!wait.isZero()) {
            progress.text("Shanghai is within " + MidnightGuard.MARGIN.toMinutes()
                    + " minutes of midnight, and a run must not span two legal days: starting in "
                    + (wait.toMinutes() + 1) + " minutes.");
            Pause.of(wait);
        }
        LegalDay day = LegalDay.of(options.clock().instant());
        progress.text("The legal day of this run is " + day + " (Asia/Shanghai).");
        SampleDays days = NoticesInForce.days(day);
        List<AlertRow> expected = ExpectedAlerts.shipped(days);
        DemoDirectory.mark(plan.data());
        try (Stack stack = Stack.start(plan, progress)) {
            try {
                return new Demo(options, stack, progress).run(days, expected);
            } finally {
                // An interrupt asked for the end; the orderly end itself must not be interrupted.
                Thread.interrupted();
            }
        }
    }

    private int run(SampleDays days, List<AlertRow> expected) {
        long end = System.nanoTime() + options.limit().toNanos();
        load(days);
        List<OperatorFile> files = writeOperatorFiles();
        capture(files);
        List<Described> described = Captures.described(stack.secrets(), files);
        try (JobRunner job = JobRunner.start(stack, PipelineJob.on(stack, Captures.prepare(stack, files)));
                SchemaWatch schemas = SchemaWatch.start(stack, Passwords.ofEnvironment(), () -> described)) {
            Arrival arrival = new Arrival(stack, view, job, progress);
            int result = await(arrival, expected, end);
            if (!options.once()) {
                stay(days);
            }
            return result;
        }
    }

    private void load(SampleDays days) {
        CompletableFuture<?>[] loads = SampleSource.all().stream()
                .map(source -> CompletableFuture.runAsync(() -> load(source, days)))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(loads).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackException sentence ? sentence : e;
        }
        try (Connection connection = stack.audit().connect("registrar");
                Statement statement = connection.createStatement()) {
            statement.execute(days.fill(SampleSource.resource("rows/registry.sql"), Map.of()));
        } catch (SQLException e) {
            throw new StackException("The registry refuses the sample rows: " + e.getMessage(), e);
        }
        progress.line("registry", "loaded", "the sample operators, their filings and exceptions");
    }

    private void load(SampleSource source, SampleDays days) {
        long began = System.nanoTime();
        try (Connection connection = stack.source(source.database()).superuser()) {
            long rows = source.load(connection, days);
            progress.line(
                    source.database(),
                    "loaded",
                    String.format(
                            Locale.ROOT,
                            "%,d rows of %s in %.1f s",
                            rows,
                            source.operator(),
                            (System.nanoTime() - began) / 1e9));
        } catch (SQLException e) {
            throw new StackException("The sample " + source.database() + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private Path operators() {
        return stack.data().directory("operators");
    }

    private List<OperatorFile> writeOperatorFiles() {
        try {
            for (SampleSource source : SampleSource.all()) {
                Files.writeString(
                        operators().resolve(source.fileName()),
                        source.operatorFile(stack.source(source.database()).port()));
            }
        } catch (IOException e) {
            throw new StackException("The operators' files cannot be written: " + e.getMessage(), e);
        }
        return Captures.read(operators());
    }

    private void capture(List<OperatorFile> files) {
        Captures.startRegistry(stack);
        for (OperatorFile file : files) {
            String name = SampleSource.of(file.operator(), file.system()).database();
            Database source = stack.source(name);
            DemoCapture capture = DemoCapture.of(file, source, stack.secrets(), stack.bootstrap());
            try {
                source.execute(capture.grants().toArray(String[]::new));
            } catch (SQLException e) {
                throw new StackException("The database " + name + " refuses to be captured: " + e.getMessage(), e);
            }
            stack.connectors().put(capture.connector(), capture.connector(), capture.settings());
            progress.line(capture.connector(), "captured", "connector and topic " + capture.connector());
        }
    }

    private int await(Arrival arrival, List<AlertRow> expected, long end) {
        String away = "";
        while (true) {
            stack.data().requireSpaceToGoOn();
            try {
                tell();
                if (arrival.passed()) {
                    tell();
                    return compare(expected, view.alerts());
                }
                away = "";
            } catch (AuditView.AwayException e) {
                // Whoever tries the demo may kill any part of it: the supervisor brings it back, and the limit holds.
                away = " " + e.getMessage();
            }
            if (System.nanoTime() > end) {
                progress.text("Not passed within " + options.limit().toMinutes() + " minutes: " + arrival.waitingFor()
                        + away);
                return TIMEOUT;
            }
            Pause.of(BETWEEN_LOOKS);
        }
    }

    private int compare(List<AlertRow> expected, List<AlertRow> actual) {
        AlertDifference difference = AlertDifference.between(expected, actual);
        progress.text(
                String.format(Locale.ROOT, "Resident memory of all processes: %d MiB.", stack.residentBytes() >> 20));
        if (difference.none()) {
            progress.text("Passed: all " + expected.size() + " expected alerts are there, and no other.");
            return SAME;
        }
        progress.text("Different from the expected alerts:");
        difference.lines().forEach(line -> progress.text("  " + line));
        return DIFFERENT;
    }

    private void stay(SampleDays days) {
        new Goodbye(stack, days, options.dataOption()).lines().forEach(progress::text);
        try (LiveChanges live = LiveChanges.start(stack, progress)) {
            while (live.isAlive()) {
                stack.data().requireSpaceToGoOn();
                try {
                    tell();
                } catch (AuditView.AwayException e) {
                    // Told when it is back.
                    Pause.of(BETWEEN_LOOKS);
                }
                Pause.of(BETWEEN_LOOKS);
            }
        }
    }

    private void tell() {
        teller.tell(view.changedAfter(teller.newest())).forEach(progress::text);
    }
}
