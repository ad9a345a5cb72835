package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.OracleAlert;
import org.faceaudit.oracle.TopicRecord;
import org.faceaudit.oracle.history.HistoryGenerator;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.World;
import org.faceaudit.pipeline.Audit;
import org.faceaudit.pipeline.FaceauditJob;
import org.faceaudit.pipeline.Wire;
import org.faceaudit.pipeline.WireSettings;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;
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
    private static final Duration WORLD_TIME = Duration.ofMinutes(10);
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
        Feed feed = Feed.open(name, records, failures);
        String savepoint = null;
        try {
            for (int part = 1; part <= parallelisms.length; part++) {
                feed.limit(feed.size() * part / parallelisms.length);
                JobClient job = start(name, mappings, parallelisms[part - 1], savepoint);
                assertThat(feed.awaitSettled(WORLD_TIME)).as("settled").isTrue();
                savepoint = job.stopWithSavepoint(
                                false,
                                directory.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
            }
            assertThat(feed.failures()).isEqualTo(failures);
            return new Found(AlertRows.of(CommittedTable.rows(name + ALERTS)), CommittedTable.rows(name + DAYS));
        } finally {
            Feed.close(name);
            CommittedTable.drop(name + ALERTS);
            CommittedTable.drop(name + DAYS);
        }
    }

    private JobClient start(String name, List<Mapping> mappings, int parallelism, String savepoint) throws Exception {
        Configuration configuration = FaceauditJob.configuration(200);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        DataStream<RawRecord> raw = env.fromSource(
                        new FeedSource(name), WatermarkStrategy.noWatermarks(), "feed", RecordTypes.of(RawRecord.class))
                .uid("feed")
                .setParallelism(1)
                // Kafka's readers keep a topic's order by reading it whole; spreading single records would lose it.
                .partitionCustom((topic, readers) -> Math.floorMod(topic.hashCode(), readers), RawRecord::topic);
        Audit audit = Wire.alerts(env, raw, WireSettings.all(mappings, 1, Instant.EPOCH));
        keep(audit.revisions(), "alert-table", new CommittedTable<>(name + ALERTS, AlertRows::key, AlertRows::newer));
        keep(
                audit.rows()
                        .filter(row -> row.table() == AuditTable.PERSON_COUNT)
                        .uid("person-count-rows"),
                "person-count-table",
                new CommittedTable<>(name + DAYS, PersonDays::key, PersonDays::newer));
        return env.executeAsync(name);
    }

    private static <T> void keep(DataStream<T> rows, String uid, CommittedTable<T> table) {
        rows.process(table)
                .returns(Types.STRING)
                .setParallelism(1)
                .uid(uid)
                .name(uid)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid(uid + "-nowhere");
    }

    private static void check(World world, Found job, String test) {
        TreeMap<String, List<String>> differing = new TreeMap<>();
        Oracle second = new Oracle(world.dump(), World::shippedKey);
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
