package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.job.FlinkRest;
import org.faceaudit.local.job.JobRun;
import org.faceaudit.local.job.JobRunner;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.process.SupervisedProcess;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.faceaudit.local.stack.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole route, from a table that no sample has to alerts in the audit database and on Kafka: judged, judged again when
 * the registry changes, undisturbed by poison, the same after any part was killed, and telling nobody what is private.
 */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RouteIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String REACHED_ON = "2026-07-08";
    private static final String DUE_ON = "2026-08-19";
    /** The last day, and the first day after it, while the threshold of the registry's first snapshot stood. */
    private static final String FIRST_DUE_ON = "2026-08-20";

    private static final String FIRST_OVERDUE_ON = "2026-08-21";

    private final Stack stack;
    private final RouteSource source;
    private final TopicDump topics;
    private final AlertTable table;
    private final Replays replays;
    /** What must stand in the alert table by now, by {@link AlertTable#alerts()}. */
    private final Map<String, String> expected = new TreeMap<>();

    private final Map<Long, Poison> poison = new TreeMap<>();
    private JobRunner job;
    private JobRun first;

    RouteIT(Stack stack) {
        this.stack = stack;
        this.source = new RouteSource(stack.source(StackExtension.SOURCE));
        this.topics = new TopicDump(stack.bootstrap());
        this.table = new AlertTable(stack.audit(), topics);
        this.replays = new Replays(stack, table);
    }

    @BeforeAll
    void capture() throws Exception {
        Path operators = stack.data().directory("route", "operators");
        Files.writeString(operators.resolve("route-court.yaml"), source.operatorFile());
        OperatorFile file = Captures.read(operators).get(0);
        source.create();
        source.letCapture(file.mapping());
        Captures.startRegistry(stack);
        Captures.requireReady(List.of(file), stack.data().root(), stack.progress());
        Captures.start(stack, file);
        job = JobRunner.start(stack, PipelineJob.on(stack, operators));
        first = job.current();
    }

    @AfterAll
    void leave() throws Exception {
        if (job == null) {
            return;
        }
        job.close();
        FlinkRest flink = new FlinkRest(stack.ports().flinkUi());
        String id = job.current().jobId();
        flink.cancel(id);
        await("the end of the job")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> flink.state(id).orElse("CANCELED").equals("CANCELED"));
        stack.connectors().delete(RouteSource.TOPIC);
    }

    @Test
    @Order(1)
    void doorsWithACameraAloneAreFoundAndResolvedWithACardReader() throws Exception {
        expected.put("sole-face-method faces/门-东 1", "VIOLATION OPEN on 2026-03-02");
        expected.put("sole-face-method faces/门-南 1", "VIOLATION OPEN on 2026-03-02");
        expected.put("storage-approaching route-court 1", "WARNING RESOLVED on 2026-07-08 5/6 persons");
        expected.put("storage-reached route-court 1", "NOTICE OPEN on 2026-07-09 due " + FIRST_DUE_ON + " 6/6 persons");
        expected.put(
                "filing-due-soon route-court 1",
                "WARNING RESOLVED on 2026-08-05 due " + FIRST_DUE_ON + " 1 working-days");
        expected.put("filing-overdue route-court 1", "VIOLATION OPEN on " + FIRST_OVERDUE_ON + " due " + FIRST_DUE_ON);
        awaitExpected("the first alerts");

        source.switchCardReader("门-东", true);
        expected.put("sole-face-method faces/门-东 1", "VIOLATION RESOLVED on 2026-03-02");
        awaitExpected("the card reader");
    }

    @Test
    @Order(2)
    void aChangedRegistryIsJudgedByWhileTheJobRuns() throws Exception {
        asRegistrar("UPDATE registry.parameter SET value = '5' WHERE name = 'storage-reached.threshold'"
                + " AND scope = 'route-court'");
        expected.put("storage-approaching route-court 1", "WARNING RESOLVED on 2026-07-07 4/5 persons");
        expected.put(
                "storage-reached route-court 1", "NOTICE OPEN on " + REACHED_ON + " due " + DUE_ON + " 5/5 persons");
        expected.put(
                "filing-due-soon route-court 1", "WARNING RESOLVED on 2026-08-04 due " + DUE_ON + " 1 working-days");
        expected.put("filing-overdue route-court 1", "VIOLATION OPEN on 2026-08-20 due " + DUE_ON);
        awaitExpected("the threshold");

        String exception = "'route-south', 'sole-face-method', 'route-court', 'faces/门-南', 'test instrument',"
                + " '2025-06-01', '2099-12-31', 'registrar-a'";
        asRegistrar(
                "INSERT INTO registry.exception (id, rule_id, operator_id, subject_id, citation, valid_from, valid_to,"
                        + " entered_by) VALUES (" + exception + ")",
                "UPDATE registry.exception SET approved_by = 'registrar-b' WHERE id = 'route-south'",
                "INSERT INTO registry.filing (id, operator_id, kind, submitted_on, authority, declared_persons)"
                        + " VALUES ('route-1', 'route-court', 'INITIAL', '2026-09-01', '510000', 6)");
        expected.put("sole-face-method faces/门-南 1", "VIOLATION EXEMPT on 2026-03-02");
        expected.put("filing-overdue route-court 1", "VIOLATION RESOLVED on 2026-08-20 due " + DUE_ON);
        awaitExpected("the exception and the filing");
    }

    @Test
    @Order(3)
    void aReplayOfTheLastDayAndOfTheNextTellsWhatWouldHaveStoodAndLeavesTheLiveTablesAlone() throws Exception {
        Map<String, String> live = table.newestInTable();
        int told = topics.committed(Topics.ALERTS).size();

        assertThat(replays.run("--as-of", FIRST_DUE_ON)).contains("filing-due-soon", "./faceaudit sql");
        assertThat(replays.run("--as-of", FIRST_OVERDUE_ON)).contains("filing-overdue");

        // What was entered later, the lower threshold and the filing, was not known on either day.
        String alert = "rule_id, verdict, status, due_on, days_left";
        assertThat(replays.rows(FIRST_DUE_ON, "alert_v1", alert))
                .contains("filing-due-soon WARNING OPEN 2026-08-20 0", "storage-reached NOTICE OPEN 2026-08-20 0")
                .noneMatch(row -> row.startsWith("filing-overdue"));
        assertThat(replays.rows(FIRST_DUE_ON, "clock_v1", "state, due_on, working_days_left"))
                .containsExactly("RUNNING 2026-08-20 0");
        assertThat(replays.rows(FIRST_OVERDUE_ON, "alert_v1", alert))
                .contains(
                        "filing-overdue VIOLATION OPEN 2026-08-20 -1",
                        "filing-due-soon WARNING RESOLVED 2026-08-20 -1");
        assertThat(replays.rows(FIRST_OVERDUE_ON, "clock_v1", "state, due_on, days_late"))
                .containsExactly("OVERDUE 2026-08-20 1");
        assertThat(replays.rows(FIRST_OVERDUE_ON, "person_count_v1", "max(day), max(persons_low)"))
                .containsExactly("2026-08-21 6");

        assertThat(replays.run("--law", "draft-2023"))
                .containsPattern(
                        "route-court +\\| 6 .*cannot be said: not by its number, and whether it is used in public");

        assertThat(table.alerts()).isEqualTo(expected);
        assertThat(table.newestInTable()).isEqualTo(live);
        assertThat(topics.committed(Topics.ALERTS)).hasSize(told);
    }

    @Test
    @Order(4)
    void poisonIsRejectedOnceAndDisturbsNothing() throws Exception {
        byte[] genuine = topics.committed(RouteSource.TOPIC).stream()
                .map(ConsumerRecord::value)
                .filter(value -> ofTable(value, "门禁"))
                .findFirst()
                .orElseThrow();
        List<Poison> kinds = Poison.kinds(genuine);
        List<Long> offsets = Poison.send(stack.bootstrap(), RouteSource.TOPIC, kinds);
        IntStream.range(0, kinds.size()).forEach(index -> poison.put(offsets.get(index), kinds.get(index)));

        awaitRejects();
        addDoor("门-毒");
        source.addPerson(6, "2026-07-10 12:00+08");
        awaitExpected("a door after the poison");
    }

    @Test
    @Order(5)
    void whateverIsKilledTheAlertsComeAndStayTheSame() throws Exception {
        List<String> victims = List.of(
                "flink-taskmanager",
                "flink-jobmanager",
                "kafka",
                "connect",
                "postgres-" + StackExtension.SOURCE,
                "postgres-" + Stack.AUDIT);
        for (String victim : victims) {
            SupervisedProcess process = stack.process(victim);
            int restarts = process.restarts();
            process.process().orElseThrow().destroyForcibly();
            addDoor("门-" + victim);
            awaitExpected("a door after the death of " + victim);
            patiently(victim + " again").until(() -> process.restarts() > restarts && process.isReady());
        }
        LegalDay day = LegalDay.of(source.switchCardReader("门-东", false));
        expected.put("sole-face-method faces/门-东 2", "VIOLATION OPEN on " + day);
        awaitExpected("the last changes");

        awaitRejects();
        assertThat(table.query("SELECT persons_low || '/' || persons_high FROM audit_api.person_count_v1"
                        + " WHERE operator_id = 'route-court' ORDER BY day DESC LIMIT 1"))
                .containsExactly("7/7");
        assertThat(
                        table.query(
                                "SELECT concat_ws(' ', alert_id, episode, generation, revision) FROM"
                                        + " audit_api.alert_history_v1 GROUP BY alert_id, episode, generation, revision HAVING count(*) > 1"))
                .as("revisions that stand twice in the history")
                .isEmpty();
        assertThat(table.query("SELECT DISTINCT generation::text FROM audit_api.alert_history_v1"))
                .containsExactly(Long.toString(first.generation()));
        assertThat(job.runs()).allMatch(run -> run.generation() == first.generation());
    }

    @Test
    @Order(6)
    void nothingPrivateLeavesTheSource() throws Exception {
        Markers markers = new Markers(RouteSource.markers());
        Markers content = Markers.of(Poison.CONTENT);
        Markers known = Markers.of(RouteSource.OPERATOR);
        Set<Integer> planted = new TreeSet<>();
        for (String row : rows(stack.source(StackExtension.SOURCE).superuser(), "public")) {
            planted.addAll(markers.in(row));
        }
        assertThat(planted.size())
                .as("kinds of markers that the source's own rows show, so they can be found")
                .isGreaterThanOrEqualTo(RouteSource.markersInRows());

        Map<String, Set<Integer>> leaks = new TreeMap<>();
        Set<String> withContent = new TreeSet<>();
        Set<String> withOperator = new TreeSet<>();
        for (String topic : topics.topics()) {
            for (ConsumerRecord<byte[], byte[]> record : topics.everything(topic)) {
                for (byte[] bytes : parts(record)) {
                    note(leaks, "topic " + topic, markers.in(bytes));
                    note(withContent, "topic " + topic, content.in(bytes));
                    note(withOperator, "topic " + topic, known.in(bytes));
                }
            }
        }
        for (String row : rows(stack.audit().superuser(), "audit", "registry")) {
            note(leaks, "table", markers.in(row));
            note(withContent, "table", content.in(row));
            note(withOperator, "table", known.in(row));
        }
        Path root = stack.data().root();
        for (Path file : files()) {
            Path relative = root.relativize(file);
            String place =
                    relative.subpath(0, Math.min(2, relative.getNameCount())).toString();
            try {
                note(leaks, relative.toString(), markers.in(file));
                note(withContent, place, content.in(file));
                note(withOperator, place, known.in(file));
            } catch (NoSuchFileException e) {
                // A checkpoint that was replaced while we came to it: its successor holds what it held.
                assertThat(file).doesNotExist();
            }
        }

        assertThat(leaks).as("markers by place").isEmpty();
        assertThat(withOperator)
                .as("places in which the search finds what must be there")
                .contains(
                        "topic " + RouteSource.TOPIC,
                        "topic " + Topics.ALERTS,
                        "topic connect-configs",
                        "table",
                        "flink/checkpoints",
                        "logs/connect.log",
                        "postgres/audit");
        assertThat(withContent)
                .as("places that hold the poison's content")
                .contains("topic " + RouteSource.TOPIC)
                .allMatch(place -> place.equals("topic " + RouteSource.TOPIC) || place.equals("kafka/log"));
    }

    private static void note(Map<String, Set<Integer>> leaks, String place, Set<Integer> found) {
        if (!found.isEmpty()) {
            leaks.computeIfAbsent(place, key -> new TreeSet<>()).addAll(found);
        }
    }

    private static void note(Set<String> places, String place, Set<Integer> found) {
        if (!found.isEmpty()) {
            places.add(place);
        }
    }

    private static List<byte[]> parts(ConsumerRecord<byte[], byte[]> record) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(record.key());
        parts.add(record.value());
        record.headers().forEach(header -> parts.add(header.value()));
        return parts;
    }

    /** All files of the stack but the source's own data and the software that was unpacked. */
    private List<Path> files() throws IOException {
        Path root = stack.data().root();
        List<Path> left =
                List.of(root.resolve("software"), root.resolve("postgres").resolve(StackExtension.SOURCE));
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return left.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                // Flink replaces checkpoints while we walk.
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return files;
    }

    /** Every row of every table of some schemas, as text. */
    private static List<String> rows(Connection database, String... schemas) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (database;
                Statement statement = database.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var names = statement.executeQuery("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename)"
                    + " FROM pg_tables WHERE schemaname IN ('" + String.join("', '", schemas) + "')")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String name : tables) {
                try (var result = statement.executeQuery("SELECT t::text FROM " + name + " t")) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    /** A door with a camera alone, which is known from its commit on; tried until the source takes it. */
    private void addDoor(String door) {
        Instant added = patiently("the source").until(() -> source.addDoor(door, false), Objects::nonNull);
        expected.put("sole-face-method faces/" + door + " 1", "VIOLATION OPEN on " + LegalDay.of(added));
    }

    private void awaitExpected(String what) {
        patiently(what).untilAsserted(() -> assertThat(table.alerts()).isEqualTo(expected));
        patiently(what + ", on Kafka")
                .untilAsserted(() -> assertThat(table.newestOnKafka()).isEqualTo(table.newestInTable()));
    }

    private void awaitRejects() {
        Map<Long, String> wanted = new LinkedHashMap<>();
        poison.forEach((offset, record) -> wanted.put(offset, record.reason() + " " + record.sha256()));
        patiently("rejects in the table").untilAsserted(() -> {
            List<String> rows = table.query("SELECT \"offset\" || '=' || concat_ws(' ', reason, sha256) FROM"
                    + " audit_api.reject_v1 WHERE topic = '" + RouteSource.TOPIC + "' AND partition = 0");
            assertThat(rows).containsExactlyInAnyOrderElementsOf(lines(wanted));
        });
        patiently("rejects on Kafka").untilAsserted(() -> {
            List<String> records = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : topics.committed(Topics.REJECTS)) {
                JsonNode reject = JSON.readTree(record.value());
                if (reject.path("topic").asText().equals(RouteSource.TOPIC)) {
                    records.add(reject.path("offset").asLong() + "="
                            + reject.path("reason").asText() + " "
                            + reject.path("sha256").asText());
                }
            }
            assertThat(records).containsExactlyInAnyOrderElementsOf(lines(wanted));
        });
        patiently("the number of rejects")
                .untilAsserted(() -> assertThat(table.query(
                                "SELECT rejects::text FROM audit_api.source_v1" + " WHERE operator_id = 'route-court'"))
                        .containsExactly(Integer.toString(wanted.size())));
    }

    private static List<String> lines(Map<Long, String> rejects) {
        return rejects.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static boolean ofTable(byte[] value, String name) {
        try {
            return value != null
                    && JSON.readTree(value)
                            .path("source")
                            .path("table")
                            .asText()
                            .equals(name);
        } catch (IOException e) {
            throw new AssertionError("a connector wrote what is not JSON", e);
        }
    }

    private void asRegistrar(String... statements) throws SQLException {
        try (Connection connection = stack.audit().connect("registrar");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Whatever is asked may be away for a while. */
    private static ConditionFactory patiently(String what) {
        return await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).ignoreExceptions();
    }
}
