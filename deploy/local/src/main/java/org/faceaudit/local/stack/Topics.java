package org.faceaudit.local.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.faceaudit.local.process.StackException;

/** The topics of the audit, which nobody creates by accident. */
public final class Topics {
    /** How the topics of all sources begin, and the connectors that fill them. */
    static final String EVIDENCE = "cdc.";

    /** Changes of the registry. */
    public static final String REGISTRY = "cdc.registry";

    /** Alerts, keyed by alert id. */
    public static final String ALERTS = "audit.alerts.v1";

    /** What could not be read. */
    public static final String REJECTS = "audit.rejects.v1";

    /** For ever: what is in a {@code cdc.*} topic is evidence, what is in an {@code audit.*} topic was announced. */
    private static final Map<String, String> KEPT = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.RETENTION_BYTES_CONFIG,
            "-1");

    private final String bootstrap;

    /** @param bootstrap host and port of the broker */
    public Topics(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /**
     * Creates a topic for one source, unless it exists: one partition keeps the commit order, and the broker's own time on
     * every record bounds what a source may claim to know.
     */
    public void createEvidence(String topic) {
        Map<String, String> configuration = new java.util.HashMap<>(KEPT);
        configuration.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        create(new NewTopic(topic, 1, (short) 1).configs(configuration));
    }

    /** Creates a topic for what the audit says, unless it exists. */
    public void createOutput(String topic) {
        create(new NewTopic(topic, 1, (short) 1).configs(KEPT));
    }

    /** The offset that the next record of a topic's one partition gets. */
    public long end(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try {
            return ask(
                            "The end of the topic " + topic + " was not told",
                            admin -> admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                    .partitionResult(partition))
                    .offset();
        } catch (ExecutionException e) {
            throw new StackException(
                    "The end of the topic " + topic + " cannot be asked for: "
                            + e.getCause().getMessage(),
                    e);
        }
    }

    private void create(NewTopic topic) {
        try {
            ask(
                    "The topic " + topic.name() + " was not created",
                    admin -> admin.createTopics(List.of(topic)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new StackException(
                        "The topic " + topic.name() + " cannot be created: "
                                + e.getCause().getMessage(),
                        e);
            }
        }
    }

    private <T> T ask(String failure, Function<Admin, KafkaFuture<T>> question) throws ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            return question.apply(admin).get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StackException(failure + " within 60 s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(failure + ": interrupted.", e);
        }
    }
}
