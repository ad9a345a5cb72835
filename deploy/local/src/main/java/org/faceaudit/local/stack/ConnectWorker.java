package org.faceaudit.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.faceaudit.local.process.CommandLine;
import org.faceaudit.local.process.Component;
import org.faceaudit.local.process.StackException;

/** One worker of Kafka Connect in distributed mode; its state lies in Kafka. */
final class ConnectWorker implements Component {
    private final Ports ports;
    private final DataDirectory data;
    private final Secrets secrets;
    private final JavaProgram worker;
    private final String pluginPath;
    private final Path log4j;
    private final Rest rest;

    ConnectWorker(Ports ports, DataDirectory data, Secrets secrets, Home home, Path log4j) {
        this.ports = ports;
        this.data = data;
        this.secrets = secrets;
        this.log4j = log4j;
        this.worker = new JavaProgram(
                home.classPath("connect"),
                "org.apache.kafka.connect.cli.ConnectDistributed",
                List.of("-Xms128m", "-Xmx448m", "-XX:MaxDirectMemorySize=96m", JavaProgram.QUICK_START),
                data.directory("logs").resolve("connect.log"));
        this.pluginPath = home.pluginDirectories().stream().map(Path::toString).collect(Collectors.joining(","));
        if (pluginPath.chars().filter(character -> character == ',').count()
                != home.pluginDirectories().size() - 1L) {
            throw new StackException(
                    "Kafka Connect cannot have a comma in a plugin path; move the repository away from " + home.root());
        }
        this.rest = new Rest(ports.connect(), Duration.ofSeconds(5));
    }

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:" + ports.connect();
    }

    @Override
    public void prepare() throws IOException {
        Settings.write(configuration(), Settings.properties(settings()));
    }

    private Path configuration() {
        return data.resolve("conf", "connect.properties");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("bootstrap.servers", "127.0.0.1:" + ports.kafka());
        settings.put("group.id", "faceaudit-connect");
        settings.put("config.storage.topic", "connect-configs");
        settings.put("config.storage.replication.factor", "1");
        settings.put("offset.storage.topic", "connect-offsets");
        settings.put("offset.storage.replication.factor", "1");
        settings.put("offset.storage.partitions", "4");
        settings.put("status.storage.topic", "connect-status");
        settings.put("status.storage.replication.factor", "1");
        settings.put("status.storage.partitions", "2");
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("exactly.once.source.support", "enabled");
        settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("key.converter.schemas.enable", "false");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "false");
        // NULL must stay NULL: a column's default would invent a consent.
        settings.put("value.converter.replace.null.with.default", "false");
        settings.put("key.converter.replace.null.with.default", "false");
        settings.put("listeners", endpoint());
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.put("rest.advertised.port", Integer.toString(ports.connect()));
        settings.put("plugin.path", pluginPath);
        settings.put("plugin.discovery", "service_load");
        // The only worker: when it was killed, its tasks go to its successor at once, and not after five minutes.
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "2000");
        settings.put("task.shutdown.graceful.timeout.ms", "5000");
        settings.put("config.providers", "file,env");
        settings.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        settings.put(
                "config.providers.file.param.allowed.paths", secrets.directory().toString());
        settings.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        return settings;
    }

    @Override
    public CommandLine command() {
        return worker.command(data.root(), log4j, configuration().toString());
    }

    @Override
    public Optional<String> probe() {
        if (!Loopback.accepts(ports.connect())) {
            return Optional.empty();
        }
        try {
            if (!rest.get("/health").ok()) {
                return Optional.empty();
            }
            Rest.Answer root = rest.get("/");
            return root.ok()
                    ? Optional.of("version " + root.body().path("version").asText() + ", healthy")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
