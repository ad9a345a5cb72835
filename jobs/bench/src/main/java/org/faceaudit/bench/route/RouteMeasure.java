package org.faceaudit.bench.route;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
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
 * Processor time per record from raw bytes to rows for the audit database, through the real wiring. Each figure is the slope
 * between two sizes, so that starting a job costs nothing. One cut is made, at the end; what cuts cost is {@link CutMeasure}.
 */
public final class RouteMeasure {

    private static final int DAYS = 1_000;
    private static final int THRESHOLD = 100_000;
    private static final String ONE = "one operator";
    private static final String MANY = "many operators";
    private static final String SCATTERED = ", rows in no order of time";

    private final Report report;
    private final Map<Population, PlainCount> counts = new HashMap<>();
    private final Map<String, Report.Entry> entries = new LinkedHashMap<>();

    private RouteMeasure(Report report) {
        this.report = report;
    }

    private record Subject(Does does, Backend backend, Population small, Population large) {}

    /** Measures the yardsticks and the route with state on the heap, for one operator and for many. */
    public static void onHeap(Scale scale, Report report) throws Exception {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        Population small = one(scale.small(), Dates.INSTANT);
        Population large = one(scale.large(), Dates.INSTANT);
        subjects.put("read-and-discard", new Subject(Does.DISCARD, Backend.HEAP, small, large));
        subjects.put("read-and-reference-parse", new Subject(Does.REFERENCE, Backend.HEAP, small, large));
        subjects.put("read-and-decode", new Subject(Does.DECODE, Backend.HEAP, small, large));
        subjects.putAll(route(scale, Backend.HEAP));
        new RouteMeasure(report).measure(subjects, scale);
    }

    /** Measures the route with state in RocksDB. */
    public static void onRocksDb(Scale scale, Report report) throws Exception {
        new RouteMeasure(report).measure(route(scale, Backend.ROCKSDB), scale);
    }

    private static Map<String, Subject> route(Scale scale, Backend backend) {
        String on = on(backend);
        Map<String, Subject> subjects = new LinkedHashMap<>();
        subjects.put(
                ONE + on,
                new Subject(
                        Does.PERSONS, backend, one(scale.small(), Dates.INSTANT), one(scale.large(), Dates.INSTANT)));
        subjects.put(
                ONE + ", dates to the day" + on,
                new Subject(Does.PERSONS, backend, one(scale.small(), Dates.DAY), one(scale.large(), Dates.DAY)));
        subjects.put(
                ONE + SCATTERED + on,
                new Subject(
                        Does.PERSONS,
                        backend,
                        one(scale.small(), Dates.SCATTERED),
                        one(scale.large(), Dates.SCATTERED)));
        subjects.put(MANY + on, many(scale, backend, Dates.INSTANT));
        subjects.put(MANY + SCATTERED + on, many(scale, backend, Dates.SCATTERED));
        return subjects;
    }

    private static Subject many(Scale scale, Backend backend, Dates dates) {
        return new Subject(
                Does.PERSONS,
                backend,
                new Population(scale.manySmall(), scale.rowsOfMany(), 0, DAYS, dates),
                new Population(scale.manyLarge(), scale.rowsOfMany(), 0, DAYS, dates));
    }

    private static Population one(int records, Dates dates) {
        return new Population(1, records, 0, DAYS, dates);
    }

    private void measure(Map<String, Subject> subjects, Scale scale) throws Exception {
        try (Cluster cluster = new Cluster(1, 512)) {
            Rounds rounds = new Rounds(report, scale.rounds());
            Map<String, Report.Entry> ratios = new LinkedHashMap<>();
            subjects.forEach((name, subject) -> {
                entries.put(name, report.entry("route", name));
                if (name.startsWith(MANY)) {
                    ratios.put(name, report.entry("ratio", name + ", against one likewise"));
                }
                rounds.add(name, () -> slope(cluster, name, subject));
            });
            Map<String, double[]> slopes = rounds.take();
            subjects.forEach((name, subject) -> entries.get(name)
                    .with("cpu-s/M events", Spread.of(slopes.get(name)))
                    .with("operators", subject.large().operators())
                    .with("events_small", subject.small().records())
                    .with("events_large", subject.large().records())
                    .time());
            ratios.forEach((many, ratio) -> {
                String one = many.replace(MANY, ONE);
                ratio.onlyIf(entries.get(many))
                        .onlyIf(entries.get(one))
                        .with("ratio", ratio(slopes.get(many), slopes.get(one)))
                        .time();
            });
        }
    }

    /** What an event costs against what another does, round by round. */
    private static Spread ratio(double[] dear, double[] cheap) {
        return Spread.of(IntStream.range(0, dear.length)
                .mapToDouble(round -> dear[round] / cheap[round])
                .toArray());
    }

    private static String on(Backend backend) {
        return " on " + backend.name().toLowerCase(Locale.ROOT);
    }

    private double slope(Cluster cluster, String name, Subject subject) throws Exception {
        double small = run(cluster, name, subject, subject.small());
        double large = run(cluster, name, subject, subject.large());
        return (large - small) / (subject.large().records() - subject.small().records()) / 1e3;
    }

    /** Processor time of one run, nanoseconds. */
    private double run(Cluster cluster, String name, Subject subject, Population population) throws Exception {
        try (Route route = new Route(population)) {
            System.gc();
            long before = Machine.cpuNanos();
            Cluster.Running job = route.start(cluster, subject.does(), subject.backend(), Route.ON_DEMAND);
            route.feed().end();
            job.awaitEnd();
            double cost = Machine.cpuNanos() - before;
            if (subject.does() == Does.PERSONS) {
                check(entries.get(name), population, route.seen());
            }
            return cost;
        }
    }

    private void check(Report.Entry entry, Population population, Seen.Tables seen) {
        PlainCount count = counts.computeIfAbsent(population, PlainCount::of);
        entry.check("operators", seen.operators(), population.operators());
        for (int operator = 0; operator < population.operators(); operator++) {
            String id = Population.operator(operator);
            Integer reached = count.reachedOn(operator, THRESHOLD);
            entry.check(
                    "day of reaching",
                    String.valueOf(seen.reachedOn(id)),
                    reached == null ? "null" : LocalDate.ofEpochDay(reached).toString());
        }
        entry.check("persons", seen.persons(), count.persons());
    }
}
