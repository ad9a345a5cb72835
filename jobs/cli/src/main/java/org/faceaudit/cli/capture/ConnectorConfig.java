package org.faceaudit.cli.capture;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TablePattern;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.intake.operator.SourceKind;

/**
 * The Debezium connector of one source, generated from the operator's file: allow-listed tables and columns, one topic,
 * in-band heartbeat rows, tokens and descriptors made before anything leaves the connector.
 *
 * @param name of the connector and of its topic
 * @param settings Kafka Connect configuration; secrets are references
 */
public record ConnectorConfig(String name, Map<String, String> settings) {

    /** Longest name of a replication slot in PostgreSQL. */
    private static final int MAX_SLOT_NAME = 63;

    /** After so long without a word the binary log's follower connects anew: less, and a busy machine does nothing else. */
    private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(5);

    public ConnectorConfig {
        settings = Map.copyOf(settings);
    }

    /**
     * The connector of a source.
     *
     * @param source how the source is reached
     * @param mapping what is captured of it
     * @param published whether a PostgreSQL's owner has made the publication of {@link CaptureSql}; otherwise Debezium makes one
     * @param references where the worker finds the secrets
     */
    public static ConnectorConfig of(
            SourceAddress source, Mapping mapping, boolean published, CaptureReferences references) {
        Map<String, String> settings = new TreeMap<>();
        putAddress(settings, source, references);
        switch (source.kind()) {
            case POSTGRESQL -> putPostgresql(settings, source, mapping, published);
            case MARIADB -> putMariaDb(settings, mapping, references);
        }
        putRoute(settings, mapping);
        putCaptured(settings, mapping);
        putHeartbeat(settings, source, mapping);
        putConverters(settings, mapping, references);
        return new ConnectorConfig(mapping.topic(), settings);
    }

    private static void putAddress(Map<String, String> settings, SourceAddress source, CaptureReferences references) {
        settings.put("tasks.max", "1");
        settings.put("database.hostname", source.host());
        settings.put("database.port", Integer.toString(source.port()));
        settings.put("database.user", source.user());
        settings.put("database.password", references.password());
        settings.put("snapshot.mode", "initial");
        settings.put("snapshot.fetch.size", "10000");
        settings.put("poll.interval.ms", "20");
    }

    private static void putPostgresql(
            Map<String, String> settings, SourceAddress source, Mapping mapping, boolean published) {
        String slot = slotName(mapping.topic());
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("plugin.name", "pgoutput");
        settings.put("database.dbname", source.database());
        settings.put("slot.name", slot);
        settings.put("publication.name", slot);
        settings.put("publication.autocreate.mode", published ? "disabled" : "filtered");
    }

    private static void putMariaDb(Map<String, String> settings, Mapping mapping, CaptureReferences references) {
        settings.put("connector.class", "io.debezium.connector.mariadb.MariaDbConnector");
        settings.put("database.server.id", Long.toString(serverId(mapping.topic())));
        settings.put(
                "database.include.list",
                captured(mapping).stream()
                        .map(table -> literally(table.substring(0, table.indexOf('.'))))
                        .distinct()
                        .collect(Collectors.joining(",")));
        settings.put("include.schema.changes", "false");
        // Only what tells the columns of captured tables: other tables' definitions are nobody's business here.
        settings.put("schema.history.internal.store.only.captured.tables.ddl", "true");
        settings.put("schema.history.internal.kafka.bootstrap.servers", references.kafka());
        settings.put("schema.history.internal.kafka.topic", "schema-history." + mapping.topic());
        settings.put("bigint.unsigned.handling.mode", "precise");
    }

    /** A replica's number that no other connector of ours has; 1 to 2³¹. */
    private static long serverId(String topic) {
        return 1 + (crc(topic) & Integer.MAX_VALUE);
    }

    private static void putRoute(Map<String, String> settings, Mapping mapping) {
        settings.put("topic.prefix", mapping.topic());
        settings.put("transforms", "route");
        settings.put("transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter");
        // Every table and the transaction markers go to the one topic of the source, so that commit order is kept.
        settings.put("transforms.route.regex", "(" + mapping.topic().replace(".", "\\.") + ")\\..*");
        settings.put("transforms.route.replacement", "$1");
        settings.put("provide.transaction.metadata", "true");
        settings.put("tombstones.on.delete", "false");
        // TRUNCATE is skipped by default; a count would keep persons who are gone.
        settings.put("skipped.operations", "none");
        settings.put("time.precision.mode", "isostring");
        settings.put("decimal.handling.mode", "string");
        settings.put("event.converting.failure.handling.mode", "fail");
        settings.put("event.processing.failure.handling.mode", "fail");
        settings.put("errors.max.retries", "30");
        settings.put("producer.override.compression.type", "lz4");
        settings.put("topic.creation.default.partitions", "1");
        settings.put("topic.creation.default.replication.factor", "1");
    }

    /** The name of the source's replication slot and publication: {@code [a-z0-9_]}, at most 63 characters. */
    public static String slotName(String topic) {
        String name = "faceaudit_" + topic.substring("cdc.".length()).replaceAll("[^a-z0-9]", "_");
        // Two topics may differ only in characters that a slot name cannot hold.
        String suffix = String.format("_%08x", crc(topic));
        return name.substring(0, Math.min(name.length(), MAX_SLOT_NAME - suffix.length())) + suffix;
    }

    private static long crc(String topic) {
        CRC32 crc = new CRC32();
        crc.update(topic.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static List<String> captured(Mapping mapping) {
        List<String> tables = new ArrayList<>(mapping.tables());
        if (!tables.contains(mapping.heartbeatTable())) {
            tables.add(mapping.heartbeatTable());
        }
        return tables;
    }

    private static void putCaptured(Map<String, String> settings, Mapping mapping) {
        List<String> columns = new ArrayList<>();
        for (String table : mapping.tables()) {
            mapping.capturedColumns(table).forEach(column -> columns.add(name(table) + literally("." + column)));
        }
        if (!mapping.tables().contains(mapping.heartbeatTable())) {
            columns.add(literally(mapping.heartbeatTable() + ".id"));
            columns.add(literally(mapping.heartbeatTable() + ".beat_at"));
        }
        // Regular expressions, anchored, separated by commas. Of many tables of one name those too that are not there
        // yet.
        settings.put(
                "table.include.list",
                captured(mapping).stream().map(ConnectorConfig::name).collect(Collectors.joining(",")));
        settings.put("column.include.list", String.join(",", columns));
    }

    private static String name(String table) {
        return TablePattern.isPattern(table)
                ? new TablePattern(table).regex(ConnectorConfig::literally)
                : literally(table);
    }

    private static void putHeartbeat(Map<String, String> settings, SourceAddress source, Mapping mapping) {
        Duration interval = source.heartbeatInterval();
        if (source.kind() == SourceKind.MARIADB) {
            // An idle binary log wakes its follower after four fifths of this time, and only then the follower beats.
            Duration woken = interval.multipliedBy(5).dividedBy(4);
            Duration keptAlive = woken.compareTo(SHORTEST_KEEP_ALIVE) < 0 ? SHORTEST_KEEP_ALIVE : woken;
            settings.put("connect.keep.alive.interval.ms", Long.toString(keptAlive.toMillis()));
        }
        settings.put("heartbeat.interval.ms", Long.toString(interval.toMillis()));
        settings.put(
                "heartbeat.action.query",
                switch (source.kind()) {
                    case POSTGRESQL -> CaptureSql.beat(mapping);
                    case MARIADB -> MariaDbCaptureSql.beat(mapping);
                });
    }

    private static void putConverters(Map<String, String> settings, Mapping mapping, CaptureReferences references) {
        List<String> converters = new ArrayList<>();
        if (!mapping.tokenColumns().isEmpty()) {
            converters.add("token");
            settings.put("token.type", "org.faceaudit.capture.PersonTokenConverter");
            settings.put("token.key.id", mapping.tokenKey().orElseThrow());
            // Named so that Debezium masks it: it prints converter properties with references resolved.
            settings.put("token.key.secret", references.tokenKey());
            settings.put(
                    "token.columns",
                    mapping.tokenColumns().stream()
                            .map(column -> column.table() + "." + column.column() + ":" + column.identifies() + ":"
                                    + column.normalise())
                            .collect(Collectors.joining("; ")));
        }
        if (!mapping.descriptorColumns().isEmpty()) {
            converters.add("image");
            settings.put("image.type", "org.faceaudit.capture.ImageDescriptorConverter");
            settings.put(
                    "image.columns",
                    mapping.descriptorColumns().stream()
                            .map(column -> column.table() + "." + column.column() + ":" + column.form())
                            .collect(Collectors.joining("; ")));
        }
        if (!converters.isEmpty()) {
            settings.put("converters", String.join(",", converters));
        }
    }

    /** A name in a regular expression. */
    static String literally(String name) {
        return name.replaceAll("([\\\\.\\[\\]{}()*+?^$|])", "\\\\$1");
    }
}
