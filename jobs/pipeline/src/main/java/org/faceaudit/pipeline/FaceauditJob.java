package org.faceaudit.pipeline;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.fact.Anew;
import org.faceaudit.runtime.sink.AuditTables;
import org.faceaudit.runtime.sink.AuditTopics;
import org.faceaudit.runtime.source.CdcTopics;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;
import org.rocksdb.CompactionStyle;

/** The job: evidence topics in, audit database and audit topics out. */
public final class FaceauditJob {

    /** The job's name in every display. */
    public static final String NAME = "faceaudit";

    /** Key groups of all keyed state. A checkpoint can be restored with any parallelism up to it, and with no other value. */
    public static final int MAX_PARALLELISM = 128;

    private static final MemorySize WRITE_BUFFER = MemorySize.ofMebiBytes(8);

    private FaceauditJob() {}

    /**
     * Submits the job to the cluster it is run on.
     *
     * @throws IllegalArgumentException with every problem of arguments and operators' files
     */
    public static void main(String[] args) throws Exception {
        JobOptions options = options(args);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration(options.checkpointIntervalMs));
        wire(env, options, options.mappings());
        env.execute(NAME);
    }

    static JobOptions options(String[] args) {
        return PlaceOptions.read(new JobOptions(), args);
    }

    /** What every run of the wiring must have. */
    static Configuration wired() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        // Everything on an edge is immutable.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        onRocksDb(configuration);
        return configuration;
    }

    /** How the state is laid out if the cluster keeps it in RocksDB, which is the cluster's business, as is how much memory it has. */
    private static void onRocksDb(Configuration configuration) {
        // Most rows of a snapshot are asked for once before they are there: no file holds them.
        configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        // Merged by levels, each few of the small files of a checkpoint would be merged with all that is there, since
        // keys come in no order.
        configuration.set(RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.UNIVERSAL);
        // Many small tables share one cache: what their write buffers reserve, nothing can be cached in. Without room
        // for the index of a file every look-up reads that index again.
        configuration.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, WRITE_BUFFER);
        configuration.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, true);
    }

    /** What the job itself decides; where state and checkpoints live is the cluster's business. */
    public static Configuration configuration(long checkpointIntervalMs) {
        Configuration configuration = wired();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(checkpointIntervalMs));
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // A cut is consistent only if barriers wait for each other.
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        // A commit that waits for a database holds up checkpoints; that is no failure of the job.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        return configuration;
    }

    static void wire(StreamExecutionEnvironment env, JobOptions options, List<Mapping> mappings) {
        DataStream<RawRecord> raw = env.fromSource(
                        CdcTopics.source(options.bootstrap, new Anew(options.generation, options.anew)),
                        WatermarkStrategy.noWatermarks(),
                        "cdc-topics",
                        RecordTypes.of(RawRecord.class))
                .uid("cdc-topics");
        Audit audit = Wire.alerts(
                env,
                raw,
                new WireSettings(
                        mappings,
                        options.families,
                        options.generation,
                        options.startedAt,
                        Standpoint.NOW,
                        options.anew));
        audit.rows()
                .sinkTo(new AuditTables(options.database()))
                .setParallelism(1)
                .name("audit-tables")
                .uid("audit-tables");
        audit.alertMessages()
                .sinkTo(AuditTopics.sink(options.bootstrap, AuditTopics.ALERTS, options.transactionPrefix + "-alerts"))
                .setParallelism(1)
                .name("audit-alerts")
                .uid("audit-alerts");
        audit.rejectMessages()
                .sinkTo(AuditTopics.sink(
                        options.bootstrap, AuditTopics.REJECTS, options.transactionPrefix + "-rejects"))
                .setParallelism(1)
                .name("audit-rejects")
                .uid("audit-rejects");
    }
}
