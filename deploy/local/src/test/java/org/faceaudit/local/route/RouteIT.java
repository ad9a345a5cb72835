package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.capture.Passwords;
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
    private SecondOpinion opinion;
    private Path prepared;
    private JobRunner job;
    private JobRun first;

    RouteIT(Stack stack) {
        this.stack = stack;
        this.source = new RouteSource(stack.source(StackExtension.SOURCE));
        this.topics = new TopicDump(stack.bootstrap());
        this.table = new AlertTable(stack.audit(), topics, RouteSource.OPERATOR);
        this.replays = new Replays(stack, table);
    }

    @BeforeAll
    void capture() throws Exception {
        Files.writeString(operators().resolve("route-court.yaml"), source.operatorFile());
        OperatorFile file = Captures.read(operators()).get(0);
        opinion = new SecondOpinion(stack.audit(), topics, file.mapping().version());
        source.create();
        source.letCapture(file.mapping());
        Captures.startRegistry(stack);
        Captures.requireReady(List.of(file), stack.data().root(), Passwords.ofEnvironment(), stack.progress());
        Captures.start(stack, file, Passwords.ofEnvironment());
        prepared = Captures.prepare(stack, List.of(file));
        job = JobRunner.start(stack, PipelineJob.on(stack, prepared));
        first = job.current();
    }

    @AfterAll
    void leave() throws Exception {
        if (job != null) {
            CapturedJob.end(stack, job);
            stack.connectors().delete(RouteSource.TOPIC);
        }
    }

    private Path operators() {
        return stack.data().directory("route", "operators");
    }

    @Test
    @Order(1)
    void doorsWithACameraAloneAreFoundAndResolvedWithACardReader() throws Exception {
        expected.put("sole-face-method faces/门-东 1", "VIOLATION OPEN on 2026-03-02");
        expected.put("sole-face-method faces/门-南 1", "VIOLATION OPEN on 2026-03-02");
        expected.put("storage-approaching route-court 1", "WARNING RESOLVED on 2026-07-08 6/7 persons");
        expected.put("storage-reached route-court 1", "NOTICE OPEN on 2026-07-09 due " + FIRST_DUE_ON + " 7/7 persons");
        expected.put(
                "filing-due-soon route-court 1",
                "WARNING RESOLVED on 2026-08-05 due " + FIRST_DUE_ON + " 1 working-days");
        expected.put("filing-overdue route-court 1", "VIOLATION OPEN on " + FIRST_OVERDUE_ON + " due " + FIRST_DUE_ON);
        expected.put("raw-image-retained faces/period-ended 1", "VIOLATION OPEN on 2026-08-01 due 2026-07-31 1 images");
        expected.put(
                "raw-image-retained faces/purpose-ended 1", "VIOLATION OPEN on 2026-10-02 due 2026-10-16 1 images");
        awaitExpected("the first alerts");

        source.switchCardReader("门-东", true);
        expected.put("sole-face-method faces/门-东 1", "VIOLATION RESOLVED on 2026-03-02");
        awaitExpected("the card reader");
    }

    @Test
    @Order(2)
    void aChangedRegistryIsJudgedByWhileTheJobRuns() throws Exception {
        asRegistrar("UPDATE registry.parameter SET value = '6' WHERE name = 'storage-reached.threshold'"
                + " AND scope = 'route-court'");
        expected.put("storage-approaching route-court 1", "WARNING RESOLVED on 2026-07-07 5/6 persons");
        expected.put(
                "storage-reached route-court 1", "NOTICE OPEN on " + REACHED_ON + " due " + DUE_ON + " 6/6 persons");
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
                "INSERT INTO registry.filing (id, operator_id, kind, submitted_on, authority)"
                        + " VALUES ('route-1', 'route-court', 'INITIAL', '2026-09-01', '510000')");
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
                .containsExactly("2026-08-21 7");

        assertThat(replays.run("--law", "draft-2023"))
                .containsPattern(
                        "route-court +\\| 7 .*cannot be said: not by its number, and whether it is used in public");

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
            awaitSecondOpinion("after the death of " + victim);
        }
        LegalDay day = LegalDay.of(source.switchCardReader("门-东", false));
        expected.put("sole-face-method faces/门-东 2", "VIOLATION OPEN on " + day);
        source.deletePhotograph(1);
        expected.put(
                "raw-image-retained faces/period-ended 1", "VIOLATION RESOLVED on 2026-08-01 due 2026-07-31 1 images");
        LegalDay kept = LegalDay.of(source.keepPhotograph(3, "2026-09-30"));
        expected.put(
                "raw-image-retained faces/period-ended 2", "VIOLATION OPEN on " + kept + " due 2026-09-30 1 images");
        awaitExpected("the last changes");
        awaitSecondOpinion("after the last changes");

        awaitRejects();
        assertThat(table.query("SELECT persons_low || '/' || persons_high FROM audit_api.person_count_v1"
                        + " WHERE operator_id = 'route-court' ORDER BY day DESC LIMIT 1"))
                .containsExactly("8/8");
        assertThat(
                        table.query(
                                "SELECT concat_ws(' ', alert_id, episode, generation, revision) FROM"
                                        + " audit_api.alert_history_v1 GROUP BY alert_id, episode, generation, revision HAVING count(*) > 1"))
                .as("revisions that stand twice in the history")
                .isEmpty();
        assertThat(table.query("SELECT DISTINCT generation::text FROM audit_api.alert_history_v1"
                        + " WHERE operator_id = 'route-court'"))
                .containsExactly(Long.toString(first.generation()));
        assertThat(job.runs()).allMatch(run -> run.generation() == first.generation());
    }

    @Test
    @Order(6)
    void aSourceIsReconciledWhileItIsWrittenToAndAChangeThatTheLogDoesNotTellIsFound() throws Exception {
        Reconciliation reconciliation = new Reconciliation(stack, operators().resolve("route-court.yaml"));
        try (VisitorsComing visitors = new VisitorsComing(stack.source(StackExtension.SOURCE))) {
            visitors.begin();
            assertThat(reconciliation.run()).as(reconciliation.said()).isZero();
            assertThat(reconciliation.run()).as(reconciliation.said()).isZero();
        }
        assertThat(table.query("SELECT DISTINCT persons_source || '/' || persons_here FROM audit_api.reconciliation_v1"
                        + " WHERE operator_id = 'route-court' AND rows_source = rows_here"))
                .containsExactly("8/8");

        Mapping mapping = Captures.read(operators()).get(0).mapping();
        source.behindTheLog(mapping, "public.访客", "INSERT INTO public.访客 VALUES (900)");
        assertThat(reconciliation.run()).as(reconciliation.said()).isEqualTo(1);
        assertThat(reconciliation.said()).contains("-1 rows");
        String day = table.query("SELECT (max(checked_at) AT TIME ZONE 'Asia/Shanghai')::date::text"
                        + " FROM audit_api.reconciliation_v1")
                .get(0);
        expected.put("source-gap faces 1", "UNKNOWN OPEN on " + day + " 1 rows");
        awaitExpected("the gap");

        stack.source(StackExtension.SOURCE).execute("UPDATE public.访客 SET 姓名 = NULL WHERE 编号 = 900");
        assertThat(reconciliation.run()).as(reconciliation.said()).isZero();
        expected.put("source-gap faces 1", "UNKNOWN RESOLVED on " + day + " 1 rows");
        awaitExpected("the repair");
        awaitSecondOpinion("after the repair");
    }

    @Test
    @Order(7)
    void anAlertIsVerifiedFromItsEvidenceAndATamperedRowIsFound() throws Exception {
        Verifications verifications = new Verifications(stack, table);
        Map<String, String> live = table.newestInTable();

        assertThat(verifications.run(verifications.alert("sole-face-method", "faces/门-东")))
                .as(verifications.said())
                .isZero();
        assertThat(verifications.said()).startsWith("SAME  Alert ").contains("2 episodes are the same");
        assertThat(table.newestInTable()).isEqualTo(live);

        String filing = verifications.alert("filing-overdue", "route-court");
        stack.audit().execute("UPDATE audit.alert SET due_on = due_on + 1 WHERE alert_id = '" + filing + "'");
        try {
            assertThat(verifications.run(filing)).as(verifications.said()).isEqualTo(1);
            assertThat(verifications.said())
                    .startsWith("DIFFERENT  Alert " + filing)
                    .contains("episode 1: due_on is " + FIRST_DUE_ON + " in the table, " + DUE_ON + " derived again");
        } finally {
            stack.audit().execute("UPDATE audit.alert SET due_on = due_on - 1 WHERE alert_id = '" + filing + "'");
        }
        assertThat(verifications.run(filing)).as(verifications.said()).isZero();

        assertThat(verifications.run("00000000-0000-0000-0000-000000000000")).isEqualTo(2);
        assertThat(verifications.said()).startsWith("NOT_VERIFIABLE  No alert has the id 00000000");
        assertThat(table.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'verify%'"))
                .as("nothing is left")
                .isEmpty();
    }

    @Test
    @Order(8)
    void derivedAnewFromTheTopicsEveryAlertIsTheSame() throws Exception {
        Map<String, String> before = opinion.derivation();
        CapturedJob.end(stack, job);
        // Without the history no checkpoint is known: the job begins without state.
        Files.delete(stack.data().resolve("job", "pipeline.json"));
        job = JobRunner.start(stack, PipelineJob.on(stack, prepared));

        long generation = job.current().generation();
        assertThat(generation).isGreaterThan(first.generation());
        patiently("every alert by the next generation")
                .untilAsserted(() -> assertThat(table.query("SELECT DISTINCT generation::text FROM audit_api.alert_v1"
                                + " WHERE operator_id = 'route-court'"))
                        .containsExactly(Long.toString(generation)));
        awaitExpected("the next generation");
        awaitSecondOpinion("by the next generation");
        assertThat(opinion.derivation()).isEqualTo(before);
    }

    @Test
    @Order(9)
    void nothingPrivateLeavesTheSource() throws Exception {
        Places places = Places.of(stack, topics);
        Markers markers = new Markers(RouteSource.markers());
        Set<Integer> planted = new TreeSet<>();
        for (String row : Places.rows(stack.source(StackExtension.SOURCE).superuser(), "public")) {
            planted.addAll(markers.in(row));
        }
        assertThat(planted.size())
                .as("kinds of markers that the source's own rows show, so they can be found")
                .isGreaterThanOrEqualTo(RouteSource.markersInRows());

        Map<String, Set<Integer>> leaks = places.with(markers);
        Set<String> withOperator = places.with(Markers.of(RouteSource.OPERATOR)).keySet();
        Set<String> withContent = places.with(Markers.of(Poison.CONTENT)).keySet();

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

    /** The oracle says the same, row by row, of the topics as they lie in Kafka. */
    private void awaitSecondOpinion(String when) {
        patiently("the oracle " + when).untilAsserted(opinion::requireSame);
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
