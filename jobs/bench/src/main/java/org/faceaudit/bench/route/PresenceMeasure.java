package org.faceaudit.bench.route;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
 *
 * <p>The two processes run side by side. On a busy machine a record costs up to twice as much as on a quiet one, mostly in waiting
 * for memory, and one after the other they would meet different machines.
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

    /** What is kept in one process, and the line that is said of it. */
    private record Side(Population population, Report.Entry entry) {}

    private void measure() throws Exception {
        Report.Entry ratio = report.entry("ratio", "many operators against one, presence on heap");
        Side one = side("one operator", 1, scale.presence());
        Side many = side("many operators", scale.presence() / scale.rowsOfMany(), scale.rowsOfMany());
        BoundedRun runOfOne;
        BoundedRun runOfMany;
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<BoundedRun> other = beside.submit(() -> run(many.population()));
            runOfOne = run(one.population());
            runOfMany = other.get();
        } finally {
            beside.shutdown();
        }
        double helpers = runOfOne.seconds("all-cpu-s") + runOfMany.seconds("all-cpu-s");
        report.progress("both are done; counting a second time");
        double costOfOne = tell(one, runOfOne, helpers);
        double costOfMany = tell(many, runOfMany, helpers);
        ratio.onlyIf(one.entry())
                .onlyIf(many.entry())
                .ofHelper(helpers)
                .with("ratio", Spread.of(costOfMany / costOfOne))
                .time();
    }

    private Side side(String name, int operators, int rows) {
        return new Side(
                BoundedProcess.population(operators, rows),
                report.entry("presence", "presence of " + name + " on heap"));
    }

    private BoundedRun run(Population population) throws Exception {
        int heapMib = (int) (BASE_MIB + (population.records() * BYTES_PER_ROW >> 20));
        int operators = population.operators();
        report.progress(
                "a process with a heap of %d MiB keeps %d rows of %d operators", heapMib, population.rows(), operators);
        return BoundedRun.of(Does.PRESENCE, Backend.HEAP, heapMib, 0, operators, population.rows());
    }

    /** Processor seconds per million events. */
    private static double tell(Side side, BoundedRun run, double helpers) {
        Population population = side.population();
        double cost = run.seconds("cpu-s") / (population.records() / 1e6);
        side.entry()
                .check("persons", run.number("persons"), PlainCount.personsOf(population))
                .with("cpu-s/M events", Spread.of(cost))
                .with("operators", population.operators())
                .with("events", population.records())
                .with("wall_s", run.seconds("wall-s"))
                .with("peak_resident_mib", run.number("peak-mib"))
                .ofHelper(helpers)
                .time();
        return cost;
    }
}
