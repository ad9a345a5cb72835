package org.faceaudit.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.faceaudit.bench.decode.DecoderMeasure;
import org.faceaudit.bench.route.CutMeasure;
import org.faceaudit.bench.route.PresenceMeasure;
import org.faceaudit.bench.route.RouteMeasure;
import org.faceaudit.bench.route.SnapshotMeasure;
import org.faceaudit.bench.route.StateMeasure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The benchmark: figures as JSON lines to standard output, progress to standard error. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what the job costs, one JSON line per measure on standard output.",
            "Every timed run is checked against a plain second count; without it no number is printed.",
            "Exit status: 0 measured; 1 a count was wrong, or a run failed; 2 wrong usage; 3 out of memory; 4 measured, but"
                    + " others used the machine: figures of time are marked \"headline\":false."
        })
public final class BenchMain implements Callable<Integer> {

    private static final int DISTURBED = 4;
    private static final int MOST_ROWS = 100_000_000;

    /** A part of the benchmark. */
    private interface Measure {
        void take(Scale scale, Report report) throws Exception;
    }

    private static final Map<String, Measure> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("decode", DecoderMeasure::take);
        MEASURES.put("route", RouteMeasure::onHeap);
        MEASURES.put("route-rocksdb", RouteMeasure::onRocksDb);
        MEASURES.put("cut", CutMeasure::take);
        MEASURES.put("state", StateMeasure::take);
        MEASURES.put("presence", PresenceMeasure::take);
        MEASURES.put("snapshot", SnapshotMeasure::take);
    }

    @Option(names = "--quick", description = "small and few: some minutes, for the order of magnitude")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "MEASURE",
            description = "some of: decode, route, route-rocksdb, cut, state, presence, snapshot")
    private List<String> only = List.of();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "rows that presence and snapshot are measured with, whole ten thousands; 100000000 at most")
    private Integer rows;

    @Option(names = "--rounds", paramLabel = "N", description = "rounds that count, from 1; one more is taken")
    private Integer rounds;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        for (String name : only) {
            if (!MEASURES.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no measure " + name + "; there are: " + String.join(", ", MEASURES.keySet()));
            }
        }
        Scale scale = quick ? Scale.quick() : Scale.whole();
        if (rows != null && (rows < 1 || rows > MOST_ROWS || rows % scale.rowsOfMany() != 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rows wants multiples of " + scale.rowsOfMany() + " up to " + MOST_ROWS + ", not " + rows);
        }
        if (rounds != null && rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds wants one at the least, not " + rounds);
        }
        scale = rows == null ? scale : scale.atScale(rows);
        return measure(rounds == null ? scale : scale.withRounds(rounds), new Report(System.out, System.err));
    }

    private int measure(Scale scale, Report report) throws Exception {
        for (Map.Entry<String, Measure> measure : MEASURES.entrySet()) {
            if (only.isEmpty() || only.contains(measure.getKey())) {
                report.progress("measuring %s", measure.getKey());
                measure.getValue().take(scale, report);
            }
        }
        if (report.wrong()) {
            return 1;
        }
        return report.disturbed() ? DISTURBED : 0;
    }
}
