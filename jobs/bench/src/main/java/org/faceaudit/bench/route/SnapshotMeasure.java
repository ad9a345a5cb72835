package org.faceaudit.bench.route;

import java.time.LocalDate;
import org.faceaudit.bench.Report;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.Spread;
import org.faceaudit.bench.route.Route.Backend;
import org.faceaudit.bench.route.Route.Does;
import org.faceaudit.bench.topic.PlainCount;
import org.faceaudit.bench.topic.Population;

/**
 * First snapshots absorbed by a process of bounded memory, with checkpoints each second and state in RocksDB: all rows of one
 * operator, and as many of operators of ten thousand.
 */
public final class SnapshotMeasure {

    private static final int THRESHOLD = 100_000;

    private final Scale scale;
    private final Report report;

    private SnapshotMeasure(Scale scale, Report report) {
        this.scale = scale;
        this.report = report;
    }

    /** Runs the processes and checks what they say. */
    public static void take(Scale scale, Report report) throws Exception {
        new SnapshotMeasure(scale, report).measure();
    }

    private void measure() throws Exception {
        Report.Entry ratio = report.entry("ratio", "many operators against one, first snapshots in bounded memory");
        double one = absorb("one operator", 1, scale.snapshot(), ratio);
        double many = absorb("many operators", scale.snapshot() / scale.rowsOfMany(), scale.rowsOfMany(), ratio);
        ratio.with("ratio", Spread.of(many / one)).time();
    }

    /** Processor seconds per million events. */
    private double absorb(String name, int operators, int rows, Report.Entry ratio) throws Exception {
        Report.Entry entry = report.entry("snapshot", "first snapshots of " + name + ", state in RocksDB");
        report.progress("a process of %d MiB reads %d snapshots of %d rows", scale.memoryMib(), operators, rows);
        int share = scale.memoryMib() * 3 / 8;
        BoundedRun run = BoundedRun.of(Does.PERSONS, Backend.ROCKSDB, share, share, operators, rows);
        report.progress("it is done; counting a second time");
        Population population = BoundedProcess.population(operators, rows);
        PlainCount count = PlainCount.of(population);
        for (int operator = 0; operator < operators; operator++) {
            Integer reached = rows < THRESHOLD ? null : count.reachedOn(operator, THRESHOLD);
            entry.check(
                    "day of reaching",
                    String.valueOf(run.reachedOn(operator)),
                    reached == null ? "null" : LocalDate.ofEpochDay(reached).toString());
        }
        double cost = run.seconds("cpu-s") / (population.records() / 1e6);
        entry.check("memory within bounds", run.number("peak-mib") <= scale.memoryMib(), true)
                .check("persons", run.number("persons"), count.persons())
                .with("cpu-s/M events", Spread.of(cost))
                .with("operators", operators)
                .with("events", population.records())
                .with("wall_s", run.seconds("wall-s"))
                .with("checkpoints", run.number("checkpoints"))
                .with("checkpoint_bytes", run.number("checkpoint-bytes"))
                .with("peak_resident_mib", run.number("peak-mib"))
                .with("allowed_mib", scale.memoryMib())
                .ofHelper(run.seconds("all-cpu-s"))
                .time();
        ratio.onlyIf(entry).ofHelper(run.seconds("all-cpu-s"));
        return cost;
    }
}
