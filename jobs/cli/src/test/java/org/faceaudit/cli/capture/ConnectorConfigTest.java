package org.faceaudit.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.faceaudit.cli.OnboardCommand;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConnectorConfigTest {

    private static final String FILE = """
            operator: iron-gym
            system: gym
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:15436/gym
              user: faceaudit_capture
              password: ${env:GYM_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.faceaudit_heartbeat, promise: 60s}
            mapping:
              tables:
                public.member_image:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper]}
                      image: {column: photo, as: bytes}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamptz}
            """;

    @TempDir
    private Path directory;

    private Map<String, String> settings;
    private ConnectorConfig config;

    @BeforeEach
    void generate() throws IOException, OperatorFileException {
        Path file = Files.writeString(directory.resolve("gym.yaml"), FILE);
        OperatorFile operator = OperatorFiles.read(file);
        config = ConnectorConfig.of(
                operator.source(),
                operator.mapping(),
                true,
                new CaptureReferences("${file:/secrets:gym.password}", "${file:/secrets:token.k1}", "127.0.0.1:9092"));
        settings = config.settings();
    }

    @Test
    void onlyMappedColumnsAndTheHeartbeatLeaveTheSource() {
        List<Pattern> columns = patterns("column.include.list");
        assertThat(columns).anyMatch(pattern -> matches(pattern, "public.member_image.photo"));
        assertThat(columns).anyMatch(pattern -> matches(pattern, "public.faceaudit_heartbeat.beat_at"));
        assertThat(columns).noneMatch(pattern -> matches(pattern, "public.member_image.name"));
        assertThat(patterns("table.include.list")).hasSize(2);
        assertThat(patterns("table.include.list")).noneMatch(pattern -> matches(pattern, "publicXmember_image"));
    }

    @Test
    void identifiersBecomeTokensAndImagesDescriptorsInsideTheConnector() {
        assertThat(settings)
                .containsEntry("converters", "token,image")
                .containsEntry("token.columns", "public.member_image.member_no:member-no:trim,upper")
                .containsEntry("image.columns", "public.member_image.photo:bytes")
                .containsEntry("event.converting.failure.handling.mode", "fail");
    }

    @Test
    void secretsAreReferencesUnderNamesThatDebeziumMasks() {
        assertThat(settings)
                .containsEntry("database.password", "${file:/secrets:gym.password}")
                .containsEntry("token.key.secret", "${file:/secrets:token.k1}");
    }

    @Test
    void everyTableOfTheSourceGoesToItsOneTopic() {
        assertThat(config.name()).isEqualTo("cdc.iron-gym.gym");
        Pattern route = Pattern.compile(settings.get("transforms.route.regex"));
        assertThat(route.matcher("cdc.iron-gym.gym.public.member_image")
                        .replaceFirst(settings.get("transforms.route.replacement")))
                .isEqualTo("cdc.iron-gym.gym");
        assertThat(route.matcher("__debezium-heartbeat.cdc.iron-gym.gym").matches())
                .isFalse();
    }

    @Test
    void truncateAndFailuresAreNotSkipped() {
        assertThat(settings)
                .containsEntry("skipped.operations", "none")
                .containsEntry("tombstones.on.delete", "false")
                .containsEntry("errors.max.retries", "30")
                .containsEntry("heartbeat.interval.ms", "10000");
    }

    @Test
    void aMariaDbIsFollowedByItsBinaryLog() throws Exception {
        Path file = Files.writeString(
                directory.resolve("maria.yaml"),
                FILE.replace("kind: postgresql", "kind: mariadb")
                        .replaceFirst("url: \\S+", "url: jdbc:mariadb://127.0.0.1/gym"));
        OperatorFile operator = OperatorFiles.read(file);
        Map<String, String> maria = ConnectorConfig.of(
                        operator.source(),
                        operator.mapping(),
                        true,
                        new CaptureReferences("${env:PASSWORD}", "${file:/secrets:token.k1}", "127.0.0.1:19092"))
                .settings();
        assertThat(maria)
                .containsEntry("connector.class", "io.debezium.connector.mariadb.MariaDbConnector")
                .containsEntry("database.port", "3306")
                .containsEntry("database.include.list", "public")
                .containsEntry("table.include.list", settings.get("table.include.list"))
                .containsEntry("column.include.list", settings.get("column.include.list"))
                .containsEntry("skipped.operations", "none")
                .containsEntry("schema.history.internal.kafka.topic", "schema-history.cdc.iron-gym.gym")
                .containsEntry("schema.history.internal.store.only.captured.tables.ddl", "true")
                .containsEntry("connect.keep.alive.interval.ms", "12500")
                .doesNotContainKeys("slot.name", "publication.name", "database.dbname");
        assertThat(Long.parseLong(maria.get("database.server.id"))).isPositive();
        assertThat(MariaDbCaptureSql.grants(operator.mapping(), "capture"))
                .contains("GRANT SELECT (`id`, `member_no`, `photo`, `taken_at`), SHOW VIEW ON `public`.`member_image`"
                        + " TO `capture`@'%'")
                .noneMatch(grant -> grant.contains("SELECT ON"));
    }

    @Test
    void slotNamesAreValidAndDistinctEvenWhenTheirTopicsDifferOnlyInDashes() {
        String dash = ConnectorConfig.slotName("cdc.a-b.c");
        String dot = ConnectorConfig.slotName("cdc.a.b-c");
        assertThat(dash).matches("[a-z0-9_]{1,63}").isNotEqualTo(dot);
        assertThat(ConnectorConfig.slotName("cdc." + "x".repeat(80) + ".y")).hasSize(63);
    }

    @Test
    void thePublicationAndTheGrantsNameMappedColumnsOnly() throws OperatorFileException {
        var mapping = OperatorFiles.read(directory.resolve("gym.yaml")).mapping();
        assertThat(CaptureSql.publication(mapping))
                .contains("\"public\".\"member_image\" (\"id\", \"member_no\", \"photo\", \"taken_at\")")
                .endsWith("\"public\".\"faceaudit_heartbeat\" WITH (publish_via_partition_root = true)");
        assertThat(CaptureSql.grants(mapping, "capture"))
                .contains("GRANT SELECT (\"id\", \"member_no\", \"photo\", \"taken_at\") ON"
                        + " \"public\".\"member_image\" TO \"capture\"")
                .noneMatch(grant -> grant.contains("SELECT ON"));
    }

    @Test
    void ofATableWithoutAKeyTheLogTellsWholeRowsAndTheConnectorMappedColumns() throws Exception {
        Path file = directory.resolve("keyless.yaml");
        Files.writeString(
                file,
                Files.readString(directory.resolve("gym.yaml"))
                        .replaceFirst("(public\\.member_image:\\s+)key: \\[id\\]", "$1keyless: true"));
        var mapping = OperatorFiles.read(file).mapping();
        assertThat(CaptureSql.identities(mapping))
                .first()
                .isEqualTo("ALTER TABLE \"public\".\"member_image\" REPLICA IDENTITY FULL");
        assertThat(CaptureSql.publication(mapping))
                .contains("\"public\".\"member_image\"")
                .doesNotContain("\"public\".\"member_image\" (");
        assertThat(CaptureSql.grants(mapping, "capture"))
                .contains("GRANT SELECT (\"member_no\", \"photo\", \"taken_at\") ON"
                        + " \"public\".\"member_image\" TO \"capture\"");

        StringWriter out = new StringWriter();
        assertThat(new CommandLine(new OnboardCommand())
                        .setOut(new PrintWriter(out))
                        .execute(file.toString()))
                .isZero();
        assertThat(out.toString().lines())
                .contains(
                        "ALTER TABLE \"public\".\"member_image\" REPLICA IDENTITY FULL;",
                        "-- biometrics too, is readable by the capture role, and left behind by the connector only.")
                .anyMatch(line -> line.startsWith("column.include.list=") && !line.contains("member_image\\.id"));
    }

    @Test
    void ofTablesOfOneNameThoseToComeAreCapturedTooAndNoOthers() throws Exception {
        Path file = directory.resolve("many.yaml");
        Files.writeString(
                file,
                Files.readString(directory.resolve("gym.yaml"))
                        .replace("public.member_image:", "public.member_image_{yyyyMM}:"));
        OperatorFile operator = OperatorFiles.read(file);
        settings = ConnectorConfig.of(
                        operator.source(),
                        operator.mapping(),
                        true,
                        new CaptureReferences("${env:PASSWORD}", "${file:/secrets:token.k1}", "127.0.0.1:19092"))
                .settings();

        assertThat(patterns("table.include.list"))
                .anyMatch(pattern -> matches(pattern, "public.member_image_202611"))
                .noneMatch(pattern -> matches(pattern, "public.member_image_202613"))
                .noneMatch(pattern -> matches(pattern, "public.member_image"));
        assertThat(patterns("column.include.list"))
                .anyMatch(pattern -> matches(pattern, "public.member_image_202611.photo"))
                .noneMatch(pattern -> matches(pattern, "public.member_image_202611.photo_backup"))
                .noneMatch(pattern -> matches(pattern, "public.member_image.photo"));
        assertThat(settings.get("image.columns")).contains("public.member_image_{yyyyMM}.photo:");
        assertThat(CaptureSql.publication(operator.mapping())).doesNotContain("member_image");
        assertThat(CaptureSql.grants(operator.mapping(), "capture")).noneMatch(grant -> grant.contains("member_image"));
        assertThat(ManyTablesSql.ofPostgresql(operator.mapping(), "capture"))
                .singleElement()
                .asString()
                .contains("~ '^public\\.member_image_[0-9]{4}(?:0[1-9]|1[0-2])$'");
        assertThat(ManyTablesSql.ofMariaDb(operator.mapping(), "capture"))
                .singleElement()
                .asString()
                .contains("REGEXP '^public\\\\.member_image_[0-9]{4}(?:0[1-9]|1[0-2])$'");
    }

    private List<Pattern> patterns(String setting) {
        return List.of(settings.get(setting).split(",")).stream()
                .map(Pattern::compile)
                .toList();
    }

    private static boolean matches(Pattern pattern, String name) {
        return pattern.matcher(name).matches();
    }
}
