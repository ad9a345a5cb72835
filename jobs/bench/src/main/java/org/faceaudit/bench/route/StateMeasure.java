package org.faceaudit.bench.route;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.bench.Report;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.route.Route.Backend;
import org.faceaudit.bench.route.Route.Does;
import org.faceaudit.bench.topic.PlainCount;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Population.Dates;

/**
 * What the job remembers per person: bytes on the heap after a collection, of RocksDB's tables on disk, and of a checkpoint
 * step by step. Slopes between two sizes; the persons are those of the second count. Presence is who is held by which record
 * since when; rows are what a deletion that names only its key is understood by.
 */
public final class StateMeasure {

    private static final int DAYS = 1_000;

    private final Report report;
    private final Scale scale;

    private StateMeasure(Scale scale, Report report) {
        this.report = report;
        this.scale = scale;
    }

    private record Weight(double heap, long tables, Map<String, Long> checkpoint, long persons) {}

    /** Measures presence alone, rows alone and the whole route, of one operator and of many. */
    public static void take(Scale scale, Report report) throws Exception {
        new StateMeasure(scale, report).measure();
    }

    private void measure() throws Exception {
        int rows = scale.stored();
        int each = scale.rowsOfMany();
        Population one = new Population(1, rows, 0, DAYS, Dates.INSTANT);
        Population half = new Population(1, rows / 2, 0, DAYS, Dates.INSTANT);
        Population many = new Population(rows / each, each, 0, DAYS, Dates.INSTANT);
        Population fewer = new Population(rows / each / 2, each, 0, DAYS, Dates.INSTANT);
        for (Backend backend : Backend.values()) {
            weigh("presence, one operator", Does.PRESENCE, backend, half, one);
            weigh("presence, many operators", Does.PRESENCE, backend, fewer, many);
            weigh("rows for key-only deletes, one operator", Does.ROWS, backend, half, one);
            weigh("rows for key-only deletes, many operators", Does.ROWS, backend, fewer, many);
            weigh("everything, one operator", Does.PERSONS, backend, half, one);
            weigh("everything, many operators", Does.PERSONS, backend, fewer, many);
        }
    }

    private void weigh(String of, Does does, Backend backend, Population small, Population large) throws Exception {
        Report.Entry entry = report.entry("state", of + " on " + backend.name().toLowerCase(Locale.ROOT));
        Weight less;
        Weight more;
        try (Cluster cluster = new Cluster(1, 512)) {
            weight(cluster, does, backend, tenth(small), entry); // The first run fills what stays for good.
            less = weight(cluster, does, backend, small, entry);
            more = weight(cluster, does, backend, large, entry);
        }
        double persons = more.persons() - less.persons();
        if (backend == Backend.HEAP) {
            entry.with("heap_bytes_per_person", (more.heap() - less.heap()) / persons);
        } else {
            entry.with("disk_bytes_per_person", (more.tables() - less.tables()) / persons);
        }
        Map<String, Long> bytes = new TreeMap<>(more.checkpoint());
        double sum = 0;
        for (Map.Entry<String, Long> task : bytes.entrySet()) {
            double each = (task.getValue() - less.checkpoint().getOrDefault(task.getKey(), 0L)) / persons;
            sum += each;
            entry.with("checkpoint_bytes_per_person." + task.getKey(), each);
        }
        entry.with("checkpoint_bytes_per_person", sum)
                .with("unit", "bytes/person")
                .with("persons", more.persons())
                .size();
        report.progress("weighed %s on %s", of, backend);
    }

    private static Population tenth(Population whole) {
        return whole.operators() == 1
                ? new Population(1, Math.max(1, whole.rows() / 10), 0, DAYS, whole.dates())
                : new Population(Math.max(1, whole.operators() / 10), whole.rows(), 0, DAYS, whole.dates());
    }

    private static Weight weight(Cluster cluster, Does does, Backend backend, Population population, Report.Entry entry)
            throws Exception {
        long persons = PlainCount.personsOf(population);
        try (Route route = new Route(population)) {
            Cluster.Running job = route.start(cluster, does, backend, Route.ON_DEMAND);
            route.feed().let(route.feed().size());
            job.awaitRead(route.feed());
            Map<String, Long> checkpoint = job.checkpoint();
            double heap = usedHeap();
            long tables = cluster.tableBytes();
            job.cancel();
            if (does == Does.PRESENCE) {
                entry.check("persons", route.persons(), persons);
            }
            return new Weight(heap, tables, checkpoint, persons);
        }
    }

    private static double usedHeap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
