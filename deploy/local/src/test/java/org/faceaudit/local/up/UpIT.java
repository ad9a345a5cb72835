package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.capture.SourcePreflight;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.process.PidFile;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code up --operators DIR} as somebody new to it uses it: a PostgreSQL that runs anyway, a table that no sample has, one
 * file, and a launcher that is killed between a breach and its end. The PostgreSQL is the source of the shared stack, which
 * the launcher under test knows by its address only.
 */
@ExtendWith(StackExtension.class)
class UpIT {
    private static final String CAMPUS = """
            operator: campus-school
            system: campus
            source:
              kind: mariadb
              url: %s
              user: campus_capture
              password: ${env:CAMPUS_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: school.faceaudit_heartbeat, promise: 10m, every: 5s}
            mapping:
              tables:
                school.门禁设备:
                  key: [编号]
                  facts:
                    - event: access-point
                      methods: {flags: {刷脸: FACE, 刷卡: CARD}}
                school.face_data:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: id-card, column: id_card}
                      image: {column: photo, as: bytes}
                      template: {present: never}
                      stored-at: {column: create_time, type: timestamp}
            """;

    @TempDir
    private Path directory;

    private final Database elsewhere;
    private final Database poolHouse;
    private RunningUp up;
    private MariaDb campus;
    private KeylessSources keyless;
    private YardGates gates;

    UpIT(Stack stack) throws SQLException {
        Database server = stack.source(StackExtension.SOURCE);
        server.execute("CREATE DATABASE yard", "CREATE DATABASE pool");
        this.elsewhere = new Database("yard", server.port(), "yard", stack.secrets());
        this.poolHouse = new Database("pool", server.port(), "pool", stack.secrets());
    }

    @BeforeEach
    void onboard() throws Exception {
        up = new RunningUp(directory);
        campus = MariaDb.start(directory.resolve("campus"));
        keyless = new KeylessSources(elsewhere, campus);
        keyless.create();
        Path file = up.operators().resolve("yard.yaml");
        Files.writeString(file, YardGates.FILE.formatted(elsewhere.jdbcUrl()));
        gates = new YardGates(elsewhere);
        gates.create();

        elsewhere.execute(RunningUp.onboarding(file));
        assertThat(RunningUp.faceaudit("onboard", file.toString()))
                .contains("biometrics too, is readable by the capture role");
        onboardSchool();
        onboardCampus(Files.writeString(
                up.operators().resolve("university.yaml"), KeylessSources.CAMPUS.formatted(campus.jdbcUrl("campus"))));
    }

    /** Runs what the command prints for it. */
    private void onboardCampus(Path file) throws Exception {
        campus.execute(RunningUp.statements(file));
    }

    private void onboardSchool() throws Exception {
        campus.execute(
                "CREATE DATABASE school",
                "CREATE TABLE school.门禁设备 (编号 int PRIMARY KEY, 刷脸 tinyint(1) NOT NULL, 刷卡 tinyint(1) NOT NULL)",
                "INSERT INTO school.门禁设备 VALUES (1, 1, 1), (2, 0, 1)",
                "CREATE TABLE school.face_data (id bigint AUTO_INCREMENT PRIMARY KEY, id_card varchar(18),"
                        + " photo longblob, create_time datetime NOT NULL)",
                "INSERT INTO school.face_data (id_card, photo, create_time) VALUES"
                        + " ('11010519491231002X', x'FFD8FFE0', '2026-01-01 23:30:00'),"
                        + " ('11010519491231002x', NULL, '2026-01-02 08:00:00'),"
                        + " ('110105194912310038', x'FFD8FFE0', '2026-01-02 00:30:00')");
        Path file = up.operators().resolve("campus.yaml");
        Files.writeString(file, CAMPUS.formatted(campus.jdbcUrl("school")));
        OperatorFile operator = OperatorFiles.read(file);
        campus.execute(
                "CREATE USER campus_capture@'%' IDENTIFIED BY '" + RunningUp.PASSWORD + "'",
                "GRANT SELECT ON school.* TO campus_capture@'%'",
                "SET GLOBAL binlog_row_image = 'MINIMAL'");
        assertThat(SourcePreflight.problems("campus.yaml", operator.source(), operator.mapping(), RunningUp.PASSWORD))
                .anyMatch(problem -> problem.contains("binlog_row_image is MINIMAL"))
                .anyMatch(problem -> problem.contains("GRANT REPLICATION SLAVE ON *.*"))
                .anyMatch(problem -> problem.contains("GRANT BINLOG MONITOR ON *.*"))
                .anyMatch(problem -> problem.contains("GRANT RELOAD ON *.*"))
                .anyMatch(problem -> problem.contains("no table school.faceaudit_heartbeat"))
                .hasSize(5);
        campus.execute("SET GLOBAL binlog_row_image = 'FULL'", "DROP USER campus_capture@'%'");
        onboardCampus(file);
        assertThat(SourcePreflight.problems("campus.yaml", operator.source(), operator.mapping(), RunningUp.PASSWORD))
                .isEmpty();
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (campus != null) {
            campus.close();
        }
        up.leaveNothing();
    }

    @Test
    void aTableNobodyKnewIsJudgedRightAlsoAcrossTheDeathOfTheLauncher() throws Exception {
        up.start("first.out");
        up.register("INSERT INTO registry.operator (id, name, sector, region)"
                + " VALUES ('yard-school', '园区学校', 'school', '320500'), ('campus-school', '校园', 'school', '320500'),"
                + " ('campus-university', '大学', 'school', '320500');"
                + " INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                + " VALUES ('sole-face-method.grace', 'yard-school', '0', 'hours', '2025-06-01', 'test'),"
                + " ('sole-face-method.grace', 'campus-school', '0', 'hours', '2025-06-01', 'test')");

        awaitPersons("a local time stands in its own day", "2026-01-01", 1);
        awaitPersons("one identity card is one person", "2026-01-02", 2);
        up.awaitHeld("equal rows count", KeylessSources.YARD_AT_FIRST, KeylessSources.CAMPUS_AT_FIRST);
        keyless.change();
        up.awaitHeld(
                "one of them goes, others become equal", KeylessSources.YARD_CHANGED, KeylessSources.CAMPUS_CHANGED);
        up.awaitAlerts("a gate of which only the log is known", KeylessSources.REFUSED);
        assertThat(up.judgeable("university", "sole-face-method")).startsWith("false does not map access-point");
        assertThat(up.judgeable("university", "refusal-without-alternative"))
                .startsWith("true ")
                .contains("suspected at most");

        YardGates.Interval breach = gates.setMethods("北门", "人脸");
        up.awaitAlerts("the breach", KeylessSources.REFUSED, "sole-face-method gates/北门 1 VIOLATION OPEN");
        assertThat(instants("opened_at")).singleElement().satisfies(breach::requireHolds);
        campus.execute("UPDATE school.门禁设备 SET 刷卡 = 0 WHERE 编号 = 1", "DELETE FROM school.face_data WHERE id = 3");
        up.awaitAlerts(
                "a breach in the other kind of database",
                KeylessSources.REFUSED,
                "sole-face-method campus/1 1 VIOLATION OPEN",
                "sole-face-method gates/北门 1 VIOLATION OPEN");
        awaitPersons("who was deleted is gone", LegalDay.of(Instant.now()).toString(), 1);

        up.launcher().kill();
        List<PidFile> orphans = up.processes();
        assertThat(orphans).extracting(PidFile::name).contains("kafka", "connect", "postgres-audit");
        assertThat(orphans).allMatch(orphan -> orphan.process().isPresent());
        YardGates.Interval undo = gates.setMethods("北门", "人脸、校园卡");
        campus.execute("UPDATE school.门禁设备 SET 刷卡 = 1 WHERE 编号 = 1", "TRUNCATE TABLE school.face_data");
        keyless.grow();

        up.start("second.out");
        assertThat(orphans).noneMatch(orphan -> orphan.process().isPresent());
        assertThat(orphans)
                .allSatisfy(orphan -> assertThat(up.launcher().said())
                        .containsPattern(
                                orphan.name() + " +stopped +left by an earlier launcher, pid " + orphan.pid()));
        up.awaitAlerts(
                "the undo",
                KeylessSources.REFUSED,
                "sole-face-method campus/1 1 VIOLATION RESOLVED",
                "sole-face-method gates/北门 1 VIOLATION RESOLVED");
        awaitPersons(
                "a table that was emptied holds nobody",
                LegalDay.of(Instant.now()).toString(),
                0);
        assertThat(instants("opened_at")).singleElement().satisfies(breach::requireHolds);
        assertThat(instants("resolved_at")).singleElement().satisfies(undo::requireHolds);
        assertThat(instants("(evidence->'source'->-1->>'committed_at')::timestamptz"))
                .isEqualTo(instants("resolved_at"));

        up.awaitHeld("what came meanwhile, once", KeylessSources.YARD_GROWN, KeylessSources.CAMPUS_GROWN);
        keyless.empty();
        up.awaitHeld("what was emptied", KeylessSources.YARD_EMPTIED, KeylessSources.CAMPUS_EMPTIED);

        gates.setMethods("南门", "人脸");
        up.awaitAlerts(
                "a breach after the restart",
                KeylessSources.REFUSED,
                "sole-face-method campus/1 1 VIOLATION RESOLVED",
                "sole-face-method gates/北门 1 VIOLATION RESOLVED",
                "sole-face-method gates/南门 1 VIOLATION OPEN");

        keyless.readAnew(up.connect());
        up.awaitHeld(
                "a snapshot counts equal rows anew", KeylessSources.YARD_READ_ANEW, KeylessSources.CAMPUS_READ_ANEW);
        new ChangedFiles(up, gates, poolHouse).change();

        List<PidFile> processes = up.processes();
        assertThat(up.launcher().stop()).as("ends when asked to").isTrue();
        assertThat(processes)
                .isNotEmpty()
                .noneMatch(process -> process.process().isPresent());
        assertThat(up.processes()).isEmpty();
    }

    private void awaitPersons(String what, String day, long persons) {
        RunningUp.patiently(what)
                .untilAsserted(() -> assertThat(up.asAnalyst("SELECT persons_low || '-' || persons_high"
                                + " FROM audit_api.person_count_v1 WHERE operator_id = 'campus-school' AND day = '"
                                + day
                                + "'"))
                        .containsExactly(persons + "-" + persons));
    }

    /** Of the gates of the PostgreSQL: what the other log tells has whole seconds only. */
    private List<Instant> instants(String column) throws SQLException {
        List<Instant> instants = new ArrayList<>();
        up.query("to_char((" + column + ") AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", "yard-school")
                .forEach(text -> instants.add(Instant.parse(text)));
        return instants;
    }
}
