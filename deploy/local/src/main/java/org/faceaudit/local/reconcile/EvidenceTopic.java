package org.faceaudit.local.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.faceaudit.cli.reconcile.NotComparableException;
import org.faceaudit.cli.reconcile.TopicReading;
import org.faceaudit.local.process.Progress;

/** The one partition of a source's evidence topic, read from its beginning. */
final class EvidenceTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;

    EvidenceTopic(String bootstrap, String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        this.partition = new TopicPartition(topic, 0);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    /**
     * The offset that the next record will have.
     *
     * @throws NotComparableException if Kafka does not answer, or knows no such topic
     */
    long end() throws NotComparableException {
        try {
            return consumer.endOffsets(List.of(partition)).get(partition);
        } catch (KafkaException e) {
            throw silent(e);
        }
    }

    /**
     * Reads until the reading has enough.
     *
     * @throws NotComparableException if that does not come by the end of the time
     */
    void read(TopicReading reading, Instant until, Progress progress) throws NotComparableException {
        try {
            consumer.seekToBeginning(List.of(partition));
            Instant nextLine = Instant.now().plus(BETWEEN_LINES);
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (reading.take(record.offset(), record.timestamp(), record.key(), record.value())) {
                        return;
                    }
                }
                Instant now = Instant.now();
                if (now.isAfter(until)) {
                    throw new NotComparableException("In the time given, " + partition.topic()
                            + " did not come past the position at which the source was asked: ask ./faceaudit status"
                            + " whether it is captured, or allow more with --limit.");
                }
                if (now.isAfter(nextLine)) {
                    nextLine = now.plus(BETWEEN_LINES);
                    progress.line(
                            partition.topic(),
                            "waiting",
                            consumer.position(partition) + " records read, not yet past the position");
                }
            }
        } catch (KafkaException e) {
            throw silent(e);
        }
    }

    private NotComparableException silent(KafkaException e) {
        return new NotComparableException(
                "The topic " + partition.topic() + " cannot be read (" + e.getMessage() + "): is the stack running?",
                e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
