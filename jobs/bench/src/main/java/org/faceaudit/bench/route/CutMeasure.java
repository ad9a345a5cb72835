package org.faceaudit.bench.route;

import org.faceaudit.bench.Machine;
import org.faceaudit.bench.Report;
import org.faceaudit.bench.Rounds;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.Spread;
import org.faceaudit.bench.route.Route.Backend;
import org.faceaudit.bench.route.Route.Does;
import org.faceaudit.bench.topic.PlainCount;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Population.Dates;

/**
 * What a cut costs for every operator of which one change came since the last: processor time of cuts with a change of each
 * operator, less that of cuts without any.
 */
public final class CutMeasure {

    private static final int[] DAYS = {100, 1_000};

    private CutMeasure() {}

    /** Measures operators with a short and with a long history. */
    public static void take(Scale scale, Report report) throws Exception {
        Rounds rounds = new Rounds(report, scale.rounds());
        try (Cluster cluster = new Cluster(1, 512)) {
            Report.Entry[] entries = new Report.Entry[DAYS.length];
            for (int i = 0; i < DAYS.length; i++) {
                String name = DAYS[i] + " days of history";
                Report.Entry entry = report.entry("cut", name);
                entries[i] = entry;
                Population population = new Population(
                        scale.manySmall(), scale.rowsOfMany(), scale.cuts() * 10, DAYS[i], Dates.INSTANT);
                long persons = PlainCount.personsOf(population);
                rounds.add("cuts with " + name, () -> cost(cluster, population, scale.cuts(), entry, persons));
            }
            var costs = rounds.take();
            for (int i = 0; i < DAYS.length; i++) {
                entries[i]
                        .with(
                                "cpu-ms/operator and cut",
                                Spread.of(costs.get("cuts with " + DAYS[i] + " days of history")))
                        .with("operators", scale.manySmall())
                        .with("cuts", scale.cuts())
                        .time();
            }
        }
    }

    private static double cost(Cluster cluster, Population population, int cuts, Report.Entry entry, long persons)
            throws Exception {
        // One change of each at every cut.
        try (Route route = new Route(population, 1)) {
            Cluster.Running job = route.start(cluster, Does.PERSONS, Backend.HEAP, Route.ON_DEMAND);
            long ofRegistry = route.feed().size() - population.records();
            long through = ofRegistry + (long) population.operators() * population.rows();
            route.feed().let(through);
            job.awaitRead(route.feed());
            job.checkpoint();
            // The first change of each shows that the snapshot is over.
            through += population.operators();
            route.feed().let(through);
            job.awaitRead(route.feed());
            job.checkpoint();
            long before = Machine.cpuNanos();
            for (int cut = 0; cut < cuts; cut++) {
                job.checkpoint();
            }
            long idle = Machine.cpuNanos() - before;
            before = Machine.cpuNanos();
            for (int cut = 0; cut < cuts; cut++) {
                through += population.operators();
                route.feed().let(through);
                job.awaitRead(route.feed());
                job.checkpoint();
            }
            long busy = Machine.cpuNanos() - before;
            route.feed().end();
            job.awaitEnd();
            entry.check("persons", route.seen().persons(), persons);
            return (busy - idle) / 1e6 / cuts / population.operators();
        }
    }
}
