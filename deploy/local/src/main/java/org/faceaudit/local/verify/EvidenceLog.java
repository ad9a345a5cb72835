package org.faceaudit.local.verify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The evidence topics of a running stack. */
final class EvidenceLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;

    EvidenceLog(String bootstrap) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Reads a topic from its first record on, until the cut has enough or nothing more is there.
     *
     * @return the first offset that is not part of the cut
     * @throws NotVerifiableException if the topic is gone, or does not begin with its first record any more
     */
    long read(String topic, TopicCut cut) throws NotVerifiableException {
        TopicPartition partition = new TopicPartition(topic, 0);
        try {
            if (consumer.partitionsFor(topic).isEmpty()) {
                throw new NotVerifiableException("The topic " + topic + ", on which the alert rests, is gone.");
            }
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition)).get(partition);
            if (first > 0) {
                throw new NotVerifiableException("The first " + first + " records of " + topic
                        + " are gone, and with them what the alert may rest on.");
            }
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() >= end) {
                        return end;
                    }
                    if (cut.isBeyond(record.offset(), record.timestamp(), record.key(), record.value())) {
                        return record.offset();
                    }
                }
            }
            return end;
        } catch (KafkaException e) {
            throw new NotVerifiableException(
                    "The topic " + topic + " cannot be read (" + e.getMessage() + "): is the stack running?", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
