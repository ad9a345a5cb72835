package org.faceaudit.runtime.source;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.common.TopicPartition;
import org.faceaudit.runtime.fact.Anew;

/** The evidence topics as a source: every {@code cdc.} topic from its first record on, new topics as they appear. */
public final class CdcTopics {

    private static final Duration DISCOVERY = Duration.ofSeconds(10);

    private static final Pattern TOPICS = Pattern.compile("cdc\\..+");

    private CdcTopics() {}

    /**
     * Reads every topic whose name begins with {@code cdc.}; at least one must exist.
     *
     * @param bootstrap Kafka bootstrap servers
     * @param anew whose topics are read from their first record, whatever offset a checkpoint of an earlier generation holds
     */
    public static Source<RawRecord, ?, ?> source(String bootstrap, Anew anew) {
        return new CdcSource(
                builder(bootstrap)
                        .setTopicPattern(TOPICS)
                        .setProperty("partition.discovery.interval.ms", Long.toString(DISCOVERY.toMillis()))
                        .build(),
                anew);
    }

    /** The same up to the records that are there when the job starts; then the source ends. */
    public static KafkaSource<RawRecord> upToNow(String bootstrap) {
        return builder(bootstrap)
                .setTopicPattern(TOPICS)
                .setBounded(OffsetsInitializer.latest())
                .build();
    }

    /**
     * Reads these topics alone, each up to an offset; then the source ends.
     *
     * @param ends by topic, the first offset of its one partition that is not read any more
     */
    public static KafkaSource<RawRecord> upTo(String bootstrap, Map<String, Long> ends) {
        Map<TopicPartition, Long> partitions = ends.entrySet().stream()
                .collect(Collectors.toMap(end -> new TopicPartition(end.getKey(), 0), Map.Entry::getValue));
        return builder(bootstrap)
                .setPartitions(new HashSet<>(partitions.keySet()))
                .setBounded(OffsetsInitializer.offsets(partitions))
                .build();
    }

    private static KafkaSourceBuilder<RawRecord> builder(String bootstrap) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(bootstrap)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RawRecordSchema())
                .setClientIdPrefix("faceaudit-cdc")
                .setProperty("isolation.level", "read_committed")
                // Positions live in the checkpoint alone: a group that Kafka forgets or another job moves decides
                // nothing.
                .setProperty("enable.auto.commit", "false")
                .setProperty("commit.offsets.on.checkpoint", "false");
    }
}
