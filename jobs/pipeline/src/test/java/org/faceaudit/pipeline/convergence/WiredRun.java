package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.pipeline.Audit;
import org.faceaudit.pipeline.FaceauditJob;
import org.faceaudit.pipeline.Wire;
import org.faceaudit.pipeline.WireSettings;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;

/** The job on a small cluster, killed and rescaled on its way; whoever runs it says which of its tables to keep. */
final class WiredRun {

    private static final Duration MOST = Duration.ofMinutes(60);
    private static final long CHECKPOINT_MILLIS = Long.getLong("persons.checkpoint", 200);

    /** Keeps what a test wants to see of the job, under the run's name. */
    interface Keeping {
        void of(Audit audit);
    }

    private static final String BACKEND = System.getProperty("persons.backend", "hashmap");

    private final String name;
    private final WireSettings settings;
    private final Path directory;

    WiredRun(String name, List<Mapping> mappings, Path directory) {
        this(name, WireSettings.all(mappings, 1, Instant.EPOCH), directory);
    }

    WiredRun(String name, WireSettings settings, Path directory) {
        this.name = name;
        this.settings = settings;
        this.directory = directory;
    }

    /**
     * Runs over the records, an equal part of them with each parallelism. What was kept is there until the caller drops it.
     *
     * @param failures how often the job dies on its way
     */
    void over(List<RawRecord> records, Keeping keeping, int failures, int... parallelisms) throws Exception {
        onFrom(null, records, keeping, failures, parallelisms);
    }

    /**
     * The same from a savepoint on, which knows how many of the records it holds.
     *
     * @param before {@code null} to begin with nothing
     * @return the savepoint at the end
     */
    String onFrom(String before, List<RawRecord> records, Keeping keeping, int failures, int... parallelisms)
            throws Exception {
        Feed feed = Feed.lay(name, records, failures);
        String savepoint = before;
        try {
            for (int part = 1; part <= parallelisms.length; part++) {
                feed.limit((int) ((long) feed.size() * part / parallelisms.length));
                JobClient job = start(keeping, parallelisms[part - 1], savepoint);
                assertThat(feed.awaitSettled(MOST)).as("settled").isTrue();
                savepoint = job.stopWithSavepoint(
                                false,
                                directory.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
            }
            assertThat(feed.failures()).isEqualTo(failures);
            return savepoint;
        } finally {
            Feed.close(name);
        }
    }

    /** The rows of one table as they are in the end. */
    List<TableRow> rows(List<RawRecord> records, AuditTable table, int failures, int... parallelisms) throws Exception {
        try {
            over(
                    records,
                    audit -> keep(
                            audit.rows().filter(row -> row.table() == table).uid("rows-of-the-table"),
                            "table",
                            new CommittedTable<>(name, WiredRun::key, PersonDays::newer)),
                    failures,
                    parallelisms);
            return CommittedTable.rows(name);
        } finally {
            CommittedTable.drop(name);
        }
    }

    private static String key(TableRow row) {
        return PersonDays.key(row) + '/' + PersonDays.json(row).path("as_of").asText();
    }

    /** Keeps rows in a table that knows what was committed. */
    static <T> void keep(DataStream<T> rows, String uid, CommittedTable<T> table) {
        rows.process(table)
                .returns(Types.STRING)
                .setParallelism(1)
                .uid(uid)
                .name(uid)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid(uid + "-nowhere");
    }

    private JobClient start(Keeping keeping, int parallelism, String savepoint) throws Exception {
        Configuration configuration = FaceauditJob.configuration(CHECKPOINT_MILLIS);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(StateBackendOptions.STATE_BACKEND, BACKEND);
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
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
        keeping.of(Wire.alerts(env, raw, settings));
        return env.executeAsync(name);
    }
}
