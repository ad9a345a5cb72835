package org.faceaudit.runtime.source;

import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** The evidence topics as a source: every {@code cdc.} topic from its first record on, new topics as they appear. */
public final class CdcTopics {

    private static final Duration DISCOVERY = Duration.ofSeconds(10);

    private CdcTopics() {}

    /**
     * Reads all topics whose name starts with {@code prefix} and a dot.
     *
     * @param bootstrap Kafka bootstrap servers
     * @param prefix {@code cdc} unless several stacks share one Kafka
     */
    public static KafkaSource<RawRecord> source(String bootstrap, String prefix) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(bootstrap)
                .setTopicPattern(Pattern.compile(Pattern.quote(prefix + ".") + ".+"))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RawRecordSchema())
                .setClientIdPrefix("faceaudit-cdc")
                .setProperty("partition.discovery.interval.ms", Long.toString(DISCOVERY.toMillis()))
                .setProperty("isolation.level", "read_committed")
                // Positions live in the checkpoint alone: a group that Kafka forgets or another job moves decides
                // nothing.
                .setProperty("enable.auto.commit", "false")
                .setProperty("commit.offsets.on.checkpoint", "false")
                .build();
    }
}
