package org.faceaudit.pipeline;

import java.time.Instant;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.faceaudit.runtime.sink.AuditTables;
import org.faceaudit.runtime.source.CdcTopics;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Judges once what the evidence topics hold, as of an instant or up to an offset of each, in a process of its own and into a schema of its own. Makes
 * no checkpoints: the end of the topics is the one cut, and everything is committed behind it in one transaction. A replay
 * that fails leaves nothing and is started anew.
 */
public final class ReplayJob {

    private static final String NAME = "faceaudit-replay";
    private static final String LOOPBACK = "127.0.0.1";
    private static final long ONLY_GENERATION = 1;
    private static final MemorySize STATE = MemorySize.ofMebiBytes(256);
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(32);

    private ReplayJob() {}

    /**
     * Runs to the end of all topics.
     *
     * @throws IllegalArgumentException with every problem of arguments and operators' files
     */
    public static void main(String[] args) throws Exception {
        ReplayOptions options = PlaceOptions.read(new ReplayOptions(), args);
        Configuration configuration = configuration();
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, STATE);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        wire(env, options);
        env.execute(NAME);
    }

    /** What a replay decides itself, wherever it runs. */
    public static Configuration configuration() {
        Configuration configuration = FaceauditJob.wired();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }

    private static void wire(StreamExecutionEnvironment env, ReplayOptions options) {
        DataStream<RawRecord> raw = env.fromSource(
                        options.upTo.isEmpty()
                                ? CdcTopics.upToNow(options.bootstrap)
                                : CdcTopics.upTo(options.bootstrap, options.upTo),
                        WatermarkStrategy.noWatermarks(),
                        "cdc-topics",
                        RecordTypes.of(RawRecord.class))
                .uid("cdc-topics");
        WireSettings settings = new WireSettings(
                options.mappings(), Set.copyOf(options.families), ONLY_GENERATION, Instant.MAX, options.standpoint());
        Wire.alerts(env, raw, settings)
                .rows()
                .sinkTo(new AuditTables(options.database(), options.auditSchema))
                .setParallelism(1)
                .name("audit-tables")
                .uid("audit-tables");
    }
}
