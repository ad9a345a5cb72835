package org.faceaudit.bench.route;

import org.faceaudit.bench.Report;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.Spread;
import org.faceaudit.bench.route.Route.Backend;
import org.faceaudit.bench.route.Route.Does;
import org.faceaudit.bench.topic.PlainCount;
import org.faceaudit.bench.topic.Population;

/**
 * Presence alone, on the heap and at scale: who is held by which record since when, and what changes of that by legal day. All
 * persons of one operator, and as many of operators of ten thousand, each in a process of its own.
 */
public final class PresenceMeasure {

    private static final int BASE_MIB = 1_024;
    /** Of the heap, so that a collection has room. */
    private static final long BYTES_PER_ROW = 64;

    private final Scale scale;
    private final Report report;

    private PresenceMeasure(Scale scale, Report report) {
        this.scale = scale;
        this.report = report;
    }

    /** Runs the processes and checks what they say. */
    public static void take(Scale scale, Report report) throws Exception {
        new PresenceMeasure(scale, report).measure();
    }

    private void measure() throws Exception {
        Report.Entry ratio = report.entry("ratio", "many operators against one, presence on heap");
        double one = keep("one operator", 1, scale.presence(), ratio);
        double many = keep("many operators", scale.presence() / scale.rowsOfMany(), scale.rowsOfMany(), ratio);
        ratio.with("ratio", Spread.of(many / one)).time();
    }

    /** Processor seconds per million events. */
    private double keep(String name, int operators, int rows, Report.Entry ratio) throws Exception {
        Report.Entry entry = report.entry("presence", "presence of " + name + " on heap");
        Population population = BoundedProcess.population(operators, rows);
        int heapMib = (int) (BASE_MIB + (population.records() * BYTES_PER_ROW >> 20));
        report.progress("a process with a heap of %d MiB keeps %d rows of %d operators", heapMib, rows, operators);
        BoundedRun run = BoundedRun.of(Does.PRESENCE, Backend.HEAP, heapMib, 0, operators, rows);
        report.progress("it is done; counting a second time");
        double cost = run.seconds("cpu-s") / (population.records() / 1e6);
        entry.check("persons", run.number("persons"), PlainCount.personsOf(population))
                .with("cpu-s/M events", Spread.of(cost))
                .with("operators", operators)
                .with("events", population.records())
                .with("wall_s", run.seconds("wall-s"))
                .with("peak_resident_mib", run.number("peak-mib"))
                .ofHelper(run.seconds("all-cpu-s"))
                .time();
        ratio.onlyIf(entry).ofHelper(run.seconds("all-cpu-s"));
        return cost;
    }
}
