package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionFactory;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
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
 * The product {@code arcsoft} on its own schema and a real MariaDB: read, changed, killed, compared, read anew, emptied, and
 * telling nobody what is private.
 */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArcSoftIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String IMAGES = "raw-image-retained desk/kept-after-verification SUSPECTED ";

    private static final String SNAPSHOT_GAP = "source-gap desk UNKNOWN RESOLVED";

    private final Stack stack;
    private final DeskSource desk;
    private final TopicDump topics;
    private final AlertTable table;
    private List<String> firstRows;
    private Reconciliation reconciliation;
    private CapturedJob job;

    ArcSoftIT(Stack stack) {
        this.stack = stack;
        this.desk = new DeskSource(stack.source(StackExtension.MARIADB_SOURCE));
        this.topics = new TopicDump(stack.bootstrap());
        this.table = new AlertTable(stack.audit(), topics, DeskSource.OPERATOR);
    }

    @BeforeAll
    void capture() throws Exception {
        Path path = CapturedJob.written(stack, "arcsoft", DeskSource.OPERATOR, desk.operatorFile());
        reconciliation = new Reconciliation(stack, path);
        OperatorFile file = Captures.read(path.getParent()).get(0);
        desk.create();
        firstRows = desk.rows();
        desk.letCapture(file.mapping());
        // That the hotel declares to keep no images makes each one that it keeps an alert, whatever else is known.
        job = CapturedJob.start(
                stack,
                file,
                DeskSource.TOPIC,
                "INSERT INTO registry.operator (id, name, sector, region)"
                        + " VALUES ('desk-inn', '台前酒店', 'hotel', '370200');"
                        + " INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                        + " VALUES ('raw-image-retained.declared-none', 'desk-inn', '1', 'count', '2025-06-01', 'test')");
    }

    @AfterAll
    void leave() throws Exception {
        if (job != null) {
            job.close();
        }
    }

    @Test
    @Order(1)
    void facesOfThirtyGuestsAreThirtyPersonsAndPathsAreImages() throws Exception {
        awaitPersons("the snapshot", 30, 30);
        assertThat(table.query("SELECT persons_low || '/' || persons_high FROM audit_api.person_count_v1"
                        + " WHERE operator_id = 'desk-inn' AND day = '2025-08-01'"))
                .as("the first guest came on the first day, by the hotel's own local time")
                .containsExactly("1/1");
        awaitAlerts("the photos", IMAGES + "OPEN 8");
        assertThat(table.query("SELECT rule_id || ': ' || reason FROM audit_api.judgeable_v1"
                        + " WHERE operator_id = 'desk-inn' AND NOT judgeable"))
                .anyMatch(row -> row.startsWith("minor-without-guardian-consent: does not map consent: on what "))
                .anyMatch(row -> row.startsWith("sole-face-method: does not map access-point"));
    }

    @Test
    @Order(2)
    void insertsUpdatesAndDeletesAreToldAsTheyHappen() throws Exception {
        desk.execute(
                "INSERT INTO t_user_face (id, phone, face_feature, create_time) VALUES (101, '13900000001', 'x', now()),"
                        + " (102, NULL, 'x', now()), (103, '13900000003', NULL, now())",
                // The same guest once more, and a guest whose phone turns out to be another's.
                "INSERT INTO t_user_face (id, phone, face_feature, create_time) VALUES (104, '139-0000-0001', 'x', now())",
                "UPDATE t_user_face SET phone = '13900000001' WHERE id = 3",
                "UPDATE t_user_face SET file_path = '' WHERE id = 1",
                "DELETE FROM t_user_face WHERE id = 6");
        awaitPersons("one came, one is nobody known, one was twice the same, one left", 29, 30);
        awaitAlerts("a photo cleared, a photo deleted", IMAGES + "OPEN 6");
    }

    @Test
    @Order(3)
    void aKilledServerComesBackAndNothingIsLost() throws Exception {
        SupervisedProcess server = stack.process("mariadb-inns");
        int restarts = server.restarts();
        server.process().orElseThrow().destroyForcibly();
        patiently("the server again").until(() -> server.restarts() > restarts && server.isReady());
        desk.execute("INSERT INTO t_user_face (id, phone, face_feature) VALUES (105, '13900000005', 'x')");
        awaitPersons("a guest after the death", 30, 31);
    }

    @Test
    @Order(4)
    void aSourceIsReconciledWhileItIsWrittenToAndAChangeBehindTheLogIsFoundAndHealedByASnapshot() throws Exception {
        try (GuestsComing guests = GuestsComing.begin(desk.database())) {
            for (int round = 0; round < 3; round++) {
                assertThat(reconciliation.run()).as(reconciliation.said()).isZero();
            }
            assertThat(guests.came()).as("somebody came meanwhile").isPositive();
        }
        assertThat(table.query("SELECT DISTINCT persons_source = persons_here AND log_position LIKE 'binlog.%'"
                        + " FROM audit_api.reconciliation_v1 WHERE operator_id = 'desk-inn'"))
                .containsExactly("t");

        desk.behindTheLog(
                "INSERT INTO t_user_face (id, phone, face_feature) VALUES (106, '13900000006', 'x')",
                "DELETE FROM t_user_face WHERE id IN (10, 11)");
        assertThat(reconciliation.run()).as(reconciliation.said()).isEqualTo(1);
        assertThat(reconciliation.said()).contains("+1 rows", "+1 persons");
        awaitAlerts("the gap", IMAGES + "OPEN 6", "source-gap desk UNKNOWN OPEN 1");

        desk.readAnew(stack.ports().connect());
        awaitPersons("two are gone and one is there", 29, 30);
        patiently("the same again")
                .untilAsserted(() -> assertThat(reconciliation.run())
                        .as(reconciliation.said())
                        .isZero());
        // Between what was told before and the snapshot anything may have come and gone: a gap of its own, closed by
        // it.
        awaitAlerts("the gaps are closed", IMAGES + "OPEN 5", SNAPSHOT_GAP, "source-gap desk UNKNOWN RESOLVED 1");
    }

    @Test
    @Order(5)
    void anEmptiedTableHoldsNobody() throws Exception {
        desk.execute("TRUNCATE TABLE t_user_face");
        awaitPersons("nobody is left", 0, 0);
        // Of an alert that is over, the most that it ever counted.
        awaitAlerts("no photo is left", IMAGES + "RESOLVED 8", SNAPSHOT_GAP, "source-gap desk UNKNOWN RESOLVED 1");
        assertThat(reconciliation.run()).as(reconciliation.said()).isZero();
    }

    @Test
    @Order(6)
    void nothingPrivateLeavesTheSource() throws Exception {
        Markers markers = new Markers(DeskSource.markers());
        Set<Integer> planted = new TreeSet<>();
        firstRows.forEach(row -> planted.addAll(markers.in(row)));
        assertThat(planted)
                .as("markers that the source's own rows show, so they can be found")
                .hasSizeGreaterThan(10);
        Places places = Places.of(stack, topics);

        Map<String, Set<Integer>> leaks = places.with(markers);

        assertThat(leaks).as("markers by place").isEmpty();
        assertThat(places.with(Markers.of(DeskSource.OPERATOR)).keySet())
                .as("places in which the search finds what must be there")
                .contains(
                        "topic " + DeskSource.TOPIC,
                        "topic schema-history." + DeskSource.TOPIC,
                        "topic " + Topics.ALERTS,
                        "topic connect-configs",
                        "table",
                        "flink/checkpoints",
                        "logs/connect.log");
    }

    private void awaitPersons(String what, long low, long high) {
        patiently(what)
                .untilAsserted(() -> assertThat(
                                table.query("SELECT persons_low || '/' || persons_high FROM audit_api.person_count_v1"
                                        + " WHERE operator_id = 'desk-inn' ORDER BY day DESC LIMIT 1"))
                        .containsExactly(low + "/" + high));
    }

    /** Without their episodes: which of two gaps that touch is the first depends on the second. */
    private void awaitAlerts(String what, String... alerts) {
        patiently(what)
                .untilAsserted(() -> assertThat(
                                table.query("SELECT concat_ws(' ', rule_id, subject_id, verdict, status, measured)"
                                        + " FROM audit_api.alert_v1 WHERE operator_id = 'desk-inn'"))
                        .containsExactlyInAnyOrder(alerts));
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).ignoreExceptions();
    }
}
