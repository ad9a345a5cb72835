package org.faceaudit.runtime.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/** The topics that the audit writes, exactly once for readers of committed records. They must exist before the job. */
public final class AuditTopics {

    public static final String ALERTS = "audit.alerts.v1";
    public static final String REJECTS = "audit.rejects.v1";

    /** As long as the broker allows here: an outage that is longer loses what was written and not yet committed. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofDays(7);

    private AuditTopics() {}

    /**
     * A sink for one topic.
     *
     * @param bootstrap Kafka bootstrap servers
     * @param topic name of the topic
     * @param transactionalIdPrefix names the transactions of this job and topic. The same for every start of the job, so
     *     that a start finds and ends what an earlier one left open: readers of committed records would wait for it
     */
    public static KafkaSink<KeyedJson> sink(String bootstrap, String topic, String transactionalIdPrefix) {
        return KafkaSink.<KeyedJson>builder()
                .setBootstrapServers(bootstrap)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setTransactionalIdPrefix(transactionalIdPrefix)
                .setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()))
                .setRecordSerializer(KafkaRecordSerializationSchema.<KeyedJson>builder()
                        .setTopic(topic)
                        .setKeySerializationSchema(new Key())
                        .setValueSerializationSchema(new Value())
                        .build())
                .build();
    }

    /** Named classes, not lambdas: the connector asks them for their types. */
    private static final class Key implements SerializationSchema<KeyedJson> {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] serialize(KeyedJson message) {
            return message.key().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final class Value implements SerializationSchema<KeyedJson> {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] serialize(KeyedJson message) {
            return message.json().getBytes(StandardCharsets.UTF_8);
        }
    }
}
