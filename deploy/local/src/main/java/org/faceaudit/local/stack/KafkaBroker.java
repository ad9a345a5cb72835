package org.faceaudit.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.Uuid;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Component;
import org.faceaudit.local.process.OwnSession;
import org.faceaudit.local.process.StackException;

/** One Kafka broker that is its own controller (KRaft), on 127.0.0.1 only. */
final class KafkaBroker implements Component {
    /** Exactly-once output must survive an outage of days: the sinks ask for as much. */
    private static final long TRANSACTION_LIMIT_MILLIS = TimeUnit.DAYS.toMillis(7);

    private final Ports ports;
    private final DataDirectory data;
    private final JavaProgram broker;
    private final JavaProgram format;
    private final Path log4j;

    KafkaBroker(Ports ports, DataDirectory data, Home home, Path log4j) {
        this.ports = ports;
        this.data = data;
        this.log4j = log4j;
        String classPath = home.classPath("kafka");
        Path logs = data.directory("logs");
        this.broker = new JavaProgram(
                classPath,
                "kafka.Kafka",
                List.of("-Xms128m", "-Xmx320m", "-XX:MaxDirectMemorySize=96m", JavaProgram.QUICK_START),
                logs.resolve("kafka.log"));
        this.format = new JavaProgram(
                classPath,
                "kafka.tools.StorageTool",
                List.of("-Xmx96m", JavaProgram.QUICK_START),
                logs.resolve("kafka-format.log"));
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:" + ports.kafka();
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        Settings.write(configuration(), Settings.properties(settings()));
        Path formatted = data.resolve("kafka", "formatted");
        if (Files.exists(formatted)) {
            return;
        }
        DataDirectory.delete(logDirectory());
        Path output = data.resolve("logs", "kafka-format.out");
        CommandLine command = format.command(
                data.root(),
                log4j,
                "format",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                configuration().toString());
        List<String> words = new ArrayList<>(OwnSession.prefix());
        words.addAll(command.words());
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new StackException("Kafka's directory could not be formatted; see " + output);
            }
        } finally {
            process.destroyForcibly();
        }
        Files.createFile(formatted);
    }

    private Path configuration() {
        return data.resolve("conf", "kafka.properties");
    }

    private Path logDirectory() {
        return data.resolve("kafka", "log");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + ports.kafkaController());
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.kafka() + ",CONTROLLER://127.0.0.1:" + ports.kafkaController());
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.kafka());
        settings.put("log.dirs", logDirectory().toString());
        settings.put("auto.create.topics.enable", "false");
        // Only for topics that somebody else made, such as the connectors' own heartbeats: ours say themselves how
        // long.
        settings.put("log.retention.hours", "24");
        settings.put("transaction.max.timeout.ms", Long.toString(TRANSACTION_LIMIT_MILLIS));
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "3000");
        // A broker killed and started again may come back as soon as its old session has ended.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("controlled.shutdown.enable", "false");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        return settings;
    }

    @Override
    public CommandLine command() {
        return broker.command(data.root(), log4j, configuration().toString());
    }

    @Override
    public Optional<String> probe() {
        if (!Loopback.accepts(ports.kafka())) {
            return Optional.empty();
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                endpoint(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "3000",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "2000"))) {
            DescribeClusterResult cluster = admin.describeCluster();
            int brokers = cluster.nodes().get(3, TimeUnit.SECONDS).size();
            String id = cluster.clusterId().get(3, TimeUnit.SECONDS);
            return brokers == 0 ? Optional.empty() : Optional.of("cluster " + id);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
