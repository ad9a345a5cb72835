package org.faceaudit.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.faceaudit.bench.decode.DecoderMeasure;
import org.faceaudit.bench.route.CutMeasure;
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
            "Exit status: 0 measured; 1 a count was wrong, or a run failed; 2 wrong usage; 3 measured, but others used the"
                    + " machine: figures of time are marked \"headline\":false."
        })
public final class BenchMain implements Callable<Integer> {

    /** A part of the benchmark. */
    private interface Measure {
        void take(Scale scale, Report report) throws Exception;
    }

    private static final Map<String, Measure> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("decode", DecoderMeasure::take);
        MEASURES.put("route", RouteMeasure::take);
        MEASURES.put("cut", CutMeasure::take);
        MEASURES.put("state", StateMeasure::take);
        MEASURES.put("snapshot", SnapshotMeasure::take);
    }

    @Option(names = "--quick", description = "small and few: some minutes, for the order of magnitude")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "MEASURE",
            description = "some of: decode, route, cut, state, snapshot")
    private List<String> only = List.of();

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
        return measure(quick ? Scale.quick() : Scale.whole(), new Report(System.out, System.err));
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
        return report.disturbed() ? 3 : 0;
    }
}
