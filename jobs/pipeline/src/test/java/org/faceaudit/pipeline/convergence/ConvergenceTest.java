package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.OracleAlert;
import org.faceaudit.oracle.TopicRecord;
import org.faceaudit.oracle.history.HistoryGenerator;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.World;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 1: the convergent columns follow from the changes alone. Every history is read by the job, whole and in some
 * accidental order, and judged a second time by the oracle.
 *
 * <p>One job reads the histories of many operators at once. System properties: {@code convergence.seed} is the first seed,
 * {@code convergence.worlds} how many seeds per test, {@code convergence.operators} either how many operators each world
 * has or, with a comma at the end, the numbers of those to look at alone.
 */
class ConvergenceTest {

    private static final int SLOTS = 3;
    private static final long SEED = Long.getLong("convergence.seed", 1);
    private static final int WORLDS = Integer.getInteger("convergence.worlds", 1);
    private static final String OPERATORS = System.getProperty("convergence.operators", "60");
    private static final String ALERTS = "/alerts";
    private static final String DAYS = "/days";
    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(SLOTS)
            .build());

    @TempDir
    Path directory;

    @Test
    void topicsInAnyInterleaving() throws Exception {
        for (long seed = SEED; seed < SEED + WORLDS; seed++) {
            World world = world(seed);
            check(world, run(world, world.interleaved(new Random(seed)), 0, 2), "topicsInAnyInterleaving");
        }
    }

    @Test
    void theRegistryAfterAllFacts() throws Exception {
        for (long seed = SEED + 1_000; seed < SEED + 1_000 + WORLDS; seed++) {
            World world = world(seed);
            check(world, run(world, world.registryLast(), 0, 2), "theRegistryAfterAllFacts");
        }
    }

    @Test
    void recordsRepeatedAndTheJobRestarted() throws Exception {
        for (long seed = SEED + 2_000; seed < SEED + 2_000 + WORLDS; seed++) {
            World world = world(seed);
            World repeated = world.repeated(new Random(seed));
            check(
                    world,
                    run(repeated, repeated.interleaved(new Random(seed)), 3, 2),
                    "recordsRepeatedAndTheJobRestarted");
        }
    }

    @Test
    void rescaledOnTheWay() throws Exception {
        for (long seed = SEED + 3_000; seed < SEED + 3_000 + WORLDS; seed++) {
            World world = world(seed);
            check(world, run(world, world.interleaved(new Random(seed)), 0, 1, 3, 2), "rescaledOnTheWay");
        }
    }

    private static World world(long seed) {
        HistoryGenerator generator = new HistoryGenerator(seed, LAW);
        if (!OPERATORS.contains(",")) {
            return generator.world(Integer.parseInt(OPERATORS));
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : OPERATORS.split(",")) {
            numbers.add(Integer.valueOf(number));
        }
        return generator.world(numbers);
    }

    /** What the job's tables hold in the end. */
    private record Found(List<OracleAlert> alerts, List<TableRow> days) {}

    /** Runs the job over the records, an equal part of them with each parallelism, and gives its tables. */
    private Found run(World world, List<TopicRecord> records, int failures, int... parallelisms) throws Exception {
        String name = "world-" + world.seed();
        Path files = Files.createDirectories(directory.resolve(name));
        List<Mapping> mappings = SampleMappings.of(world.topics().keySet(), files);
        try {
            new WiredRun(name, mappings, directory)
                    .over(Feed.raw(records), tables(name + ALERTS, name + DAYS), failures, parallelisms);
            return new Found(AlertRows.of(CommittedTable.rows(name + ALERTS)), CommittedTable.rows(name + DAYS));
        } finally {
            CommittedTable.drop(name + ALERTS);
            CommittedTable.drop(name + DAYS);
        }
    }

    /** Keeps alerts and counts by day in tables of these names. */
    static WiredRun.Keeping tables(String alerts, String days) {
        return audit -> {
            WiredRun.keep(
                    audit.revisions(), "alert-table", new CommittedTable<>(alerts, AlertRows::key, AlertRows::newer));
            WiredRun.keep(
                    audit.rows()
                            .filter(row -> row.table() == AuditTable.PERSON_COUNT)
                            .uid("person-count-rows"),
                    "person-count-table",
                    new CommittedTable<>(days, PersonDays::key, PersonDays::newer));
        };
    }

    private static void check(World world, Found job, String test) {
        TreeMap<String, List<String>> differing = new TreeMap<>();
        Oracle second =
                new Oracle(world.dump(), World::shippedKey, null, SampleMappings::listening, SampleMappings::mapped);
        List<OracleAlert> oracle = second.alerts();
        assertThat(oracle).isNotEmpty();
        List<String> differences = AlertRows.differences(oracle, job.alerts());
        differences.addAll(PersonDays.differences(second, job.days()));
        for (String line : differences) {
            differing
                    .computeIfAbsent(line.substring(0, line.indexOf(' ')), operator -> new ArrayList<>())
                    .add(line);
        }
        StringBuilder report = new StringBuilder(differing.isEmpty() ? "" : "\n");
        differing.forEach((operator, lines) -> {
            lines.forEach(line -> report.append(line).append('\n'));
            report.append("  again: mvn -pl jobs/pipeline -am test -Dsurefire.failIfNoSpecifiedTests=false")
                    .append(" -Dtest=ConvergenceTest#" + test)
                    .append(" -Dconvergence.seed=" + (world.seed() - world.seed() / 1_000 * 1_000))
                    .append(
                            operator.startsWith("op-")
                                    ? " -Dconvergence.operators=" + operator.substring("op-".length()) + ",\n"
                                    : "\n");
        });
        assertThat(report.toString())
                .as("seed %d: %d rows, %d operators differ", world.seed(), oracle.size(), differing.size())
                .isEmpty();
    }
}
