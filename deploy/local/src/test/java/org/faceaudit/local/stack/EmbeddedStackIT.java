package org.faceaudit.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.record.TimestampType;
import org.faceaudit.local.FaceauditMain;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.process.SupervisedProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** Changes flow from a real source through the real stack, also after its parts were killed. */
@ExtendWith(StackExtension.class)
class EmbeddedStackIT {
    private static final String TOPIC = "cdc.sample-operator.gate";
    private static final String CONNECTOR = "sample-operator-gate";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stack stack;
    private final Database source;
    private final ChangeLog changes;

    EmbeddedStackIT(Stack stack) {
        this.stack = stack;
        this.source = stack.source(StackExtension.SOURCE);
        this.changes = new ChangeLog(stack.bootstrap(), TOPIC);
    }

    @Test
    void changesFlowAlsoAfterKafkaConnectAndTheSourceWereKilled() throws SQLException {
        source.execute(
                "CREATE TABLE gate (id int PRIMARY KEY, name text, consent boolean DEFAULT true)",
                "CREATE TABLE heartbeat (id int PRIMARY KEY, beat_at timestamptz NOT NULL)",
                "INSERT INTO heartbeat VALUES (1, now())",
                "INSERT INTO gate VALUES (1, '东门', NULL)",
                "CREATE PUBLICATION sample FOR TABLE gate, heartbeat",
                "CREATE ROLE capture LOGIN REPLICATION PASSWORD 'capture'",
                "GRANT SELECT ON gate, heartbeat TO capture",
                "GRANT UPDATE ON heartbeat TO capture");
        stack.connectors().put(CONNECTOR, TOPIC, configuration());

        awaitGates(1);
        JsonNode snapshotRow = changes.rows("gate").get(0);
        assertThat(snapshotRow.path("name").asText()).isEqualTo("东门");
        assertThat(snapshotRow.path("consent").isNull()).as("NULL stays NULL").isTrue();
        await("heartbeat rows")
                .atMost(LIMIT)
                .until(() -> changes.rows("heartbeat").size() > 1);
        assertThat(changes.records()).allMatch(record -> record.timestampType() == TimestampType.LOG_APPEND_TIME);
        assertThat(stack.connectors().status(CONNECTOR))
                .hasValueSatisfying(status ->
                        assertThat(status.running()).as(status.toString()).isTrue());

        killAndAwaitRestart("kafka", "connect");
        source.execute("INSERT INTO gate VALUES (2, '西门', false)");
        awaitGates(1, 2);

        killAndAwaitRestart("postgres-" + StackExtension.SOURCE);
        source.execute("INSERT INTO gate VALUES (3, '南门', true)");
        awaitGates(1, 2, 3);
    }

    @Test
    void theRegistryIsCapturedLikeAnySource() {
        ChangeLog registry = new ChangeLog(stack.bootstrap(), Topics.REGISTRY);

        Captures.startRegistry(stack);
        Captures.startRegistry(stack);

        await("the seeded calendar")
                .atMost(LIMIT)
                .until(() -> !registry.rows("calendar_day").isEmpty());
        await("heartbeats").atMost(LIMIT).until(() -> registry.rows("heartbeat").size() > 1);
    }

    @Test
    void aStatementOnTheCommandLinePrintsATable() {
        assertThat(sql("SELECT '门' AS 入口, 1 AS n", "--db", StackExtension.SOURCE))
                .containsExactly("入口 | n", "-----+--", "门   | 1", "(1 row)");
        assertThat(sql("SELECT '门' AS 入口, @@session.time_zone AS z", "--db", StackExtension.MARIADB_SOURCE))
                .containsExactly("入口 | z", "-----+-------", "门   | +08:00", "(1 row)");
        assertThat(sql("SELECT nonsense", "--db", StackExtension.MARIADB_SOURCE))
                .containsExactly("Unknown column 'nonsense' in 'SELECT'");
        assertThat(sql("-- 注释\nSELECT 1 AS n")).containsExactly("n", "-", "1", "(1 row)");
        assertThat(sql("SELECT nonsense", "--db", StackExtension.SOURCE))
                .containsExactly("ERROR: column \"nonsense\" does not exist");
        assertThat(sql("SELECT count(*) FROM audit_api.alert_v1 WHERE operator_id = 'nobody'"))
                .containsExactly("count", "-----", "0", "(1 row)");
        assertThat(sql("DELETE FROM registry.operator"))
                .containsExactly("ERROR: permission denied for schema registry");
        assertThat(sql("UPDATE registry.rule SET title_en = title_en WHERE false", "--as", "registrar"))
                .containsExactly("0 rows changed");
        assertThat(sql("DO $$ BEGIN RAISE WARNING 'odd' USING HINT = 'Look again.'; END $$"))
                .containsExactly("0 rows changed", "WARNING: odd. Look again.");
        assertThat(sql("SELECT colum FROM (SELECT 1 AS \"column\") t"))
                .containsExactly(
                        "ERROR: column \"colum\" does not exist. Perhaps you meant to reference the column \"t.column\".");
        assertThat(sql("INSERT INTO registry.technology_use VALUES ('t', 'nobody', 'gate')", "--as", "registrar"))
                .containsExactly(
                        "ERROR: insert or update on table \"technology_use\" violates foreign key constraint"
                                + " \"technology_use_operator_id_fkey\". Key (operator_id)=(nobody) is not present in table \"operator\".");
        assertThat(sql("INSERT INTO registry.operator VALUES ('No Id', 'told to nobody')", "--as", "registrar"))
                .containsExactly(
                        "ERROR: new row for relation \"operator\" violates check constraint \"operator_id_is_a_slug\"");
        assertThat(sql("SELECT 1", "--db", "elsewhere"))
                .containsExactly("There is no database elsewhere here; there are: audit, gate, desk, scenes.");
    }

    private List<String> sql(String statement, String... options) {
        StringWriter text = new StringWriter();
        CommandLine commandLine =
                FaceauditMain.commandLine().setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "sql", statement, "--data", stack.data().root().toString()),
                        Stream.of(options))
                .toList();
        commandLine.execute(arguments.toArray(String[]::new));
        return text.toString().lines().toList();
    }

    /** Each row exactly once, however often its connector had to start again. */
    private void awaitGates(Integer... ids) {
        await("gates " + List.of(ids))
                .atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(changes.rows("gate").stream()
                                .map(row -> row.path("id").asInt()))
                        .containsExactly(ids));
    }

    private void killAndAwaitRestart(String... names) {
        List<SupervisedProcess> processes = Stream.of(names).map(stack::process).toList();
        List<Integer> restarts =
                processes.stream().map(SupervisedProcess::restarts).toList();
        processes.forEach(process -> process.process().orElseThrow().destroyForcibly());
        for (int index = 0; index < names.length; index++) {
            SupervisedProcess process = processes.get(index);
            int before = restarts.get(index);
            await(names[index] + " again").atMost(LIMIT).until(() -> process.restarts() > before && process.isReady());
        }
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        configuration.put("tasks.max", "1");
        configuration.put("database.hostname", "127.0.0.1");
        configuration.put("database.port", Integer.toString(source.port()));
        configuration.put("database.dbname", source.database());
        configuration.put("database.user", "capture");
        configuration.put("database.password", stack.secrets().forConnect("gate.password", "capture"));
        configuration.put("plugin.name", "pgoutput");
        configuration.put("publication.name", "sample");
        configuration.put("publication.autocreate.mode", "disabled");
        configuration.put("slot.name", "sample_gate");
        configuration.put("topic.prefix", TOPIC);
        configuration.put("table.include.list", "public.gate,public.heartbeat");
        configuration.put("snapshot.mode", "initial");
        configuration.put("skipped.operations", "none");
        configuration.put("tombstones.on.delete", "false");
        configuration.put("provide.transaction.metadata", "true");
        configuration.put("heartbeat.interval.ms", "1000");
        configuration.put("heartbeat.action.query", "UPDATE heartbeat SET beat_at = now() WHERE id = 1");
        configuration.put("errors.max.retries", "20");
        configuration.put("retriable.restart.connector.wait.ms", "1000");
        configuration.put("exactly.once.support", "required");
        configuration.put("transforms", "route");
        configuration.put("transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter");
        configuration.put(
                "transforms.route.regex", "(?:__debezium-heartbeat\\.)?(cdc\\.[a-z0-9-]+\\.[a-z0-9-]+)(?:\\..*)?");
        configuration.put("transforms.route.replacement", "$1");
        return configuration;
    }
}
