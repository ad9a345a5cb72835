package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionFactory;
import org.faceaudit.cli.capture.SourcePreflight;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.FaceauditMain;
import org.faceaudit.local.process.Orphans;
import org.faceaudit.local.process.PidFile;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Ports;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.faceaudit.local.stack.StackState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code up --operators DIR} as somebody new to it uses it: a PostgreSQL that runs anyway, a table that no sample has, one
 * file, and a launcher that is killed between a breach and its end. The PostgreSQL is the source of the shared stack, which
 * the launcher under test knows by its address only.
 */
@ExtendWith(StackExtension.class)
class UpIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String PASSWORD = "yard-capture";
    private static final String FILE = """
            operator: yard-school
            system: gates
            source:
              kind: postgresql
              url: %s
              user: yard_capture
              password: ${env:YARD_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.faceaudit_heartbeat, promise: 10m, every: 1s}
            mapping:
              tables:
                public.校门:
                  key: [名称]
                  facts:
                    - event: access-point
                      in-force: {column: 状态, in: ["启用"]}
                      methods: {column: 方式, delimiter: "、", values: {人脸: FACE, 校园卡: CARD}}
                  left-out: {保安: "not needed"}
            """ + KeylessSources.YARD_TABLE;

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

    private static final String POOL = """
            operator: pool-house
            system: pool
            source:
              kind: postgresql
              url: %s
              user: pool_capture
              password: ${env:POOL_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.faceaudit_heartbeat, promise: 10m, every: 1s}
            mapping:
              tables:
                public.door:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {face: FACE, card: CARD}}
            """;

    @TempDir
    private Path directory;

    private final Database elsewhere;
    private final Database poolHouse;
    private final int portOffset = portOffset();
    private Path operators;
    private Path data;
    private Launcher launcher;
    private MariaDb campus;
    private KeylessSources keyless;

    UpIT(Stack stack) throws SQLException {
        Database server = stack.source(StackExtension.SOURCE);
        server.execute("CREATE DATABASE yard", "CREATE DATABASE pool");
        this.elsewhere = new Database("yard", server.port(), "yard", stack.secrets());
        this.poolHouse = new Database("pool", server.port(), "pool", stack.secrets());
    }

    /** One at which all ports are free. The same ports serve before and after a death, as for anybody. */
    private static int portOffset() {
        return ThreadLocalRandom.current()
                .ints(100, 1_000, 11_000)
                .filter(UpIT::portsAreFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean portsAreFree(int offset) {
        try {
            Ports.shifted(offset).requireFree(List.of());
            return true;
        } catch (StackException inUse) {
            return false;
        }
    }

    @BeforeEach
    void onboard() throws Exception {
        data = directory.resolve("data of up");
        campus = MariaDb.start(directory.resolve("campus"));
        keyless = new KeylessSources(elsewhere, campus);
        keyless.create();
        operators = Files.createDirectories(directory.resolve("operators"));
        Path file = operators.resolve("yard.yaml");
        Files.writeString(file, FILE.formatted(elsewhere.jdbcUrl()));
        elsewhere.execute(
                "CREATE TABLE public.校门 (名称 text PRIMARY KEY, 状态 text NOT NULL, 方式 text NOT NULL, 保安 text)",
                "INSERT INTO public.校门 VALUES ('北门', '启用', '人脸、校园卡', '老王'), ('南门', '启用', '校园卡', NULL),"
                        + " ('旧门', '停用', '人脸', NULL)");

        String printed = faceaudit("onboard", file.toString());
        String sql = printed.substring(0, printed.indexOf("\n\n")).replace("'…'", "'" + PASSWORD + "'");
        elsewhere.execute(sql);
        assertThat(printed).contains("biometrics too, is readable by the capture role");
        onboardSchool();
        onboardCampus(Files.writeString(
                operators.resolve("university.yaml"), KeylessSources.CAMPUS.formatted(campus.jdbcUrl("campus"))));
    }

    /** Runs what the command prints for it. */
    private void onboardCampus(Path file) throws Exception {
        String printed = faceaudit("onboard", file.toString());
        campus.execute(printed.substring(0, printed.indexOf("\n\n"))
                .replaceAll("(?m)^--.*\n", "")
                .replace("'…'", "'" + PASSWORD + "'")
                .split(";\\s*"));
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
        Path file = operators.resolve("campus.yaml");
        Files.writeString(file, CAMPUS.formatted(campus.jdbcUrl("school")));
        OperatorFile operator = OperatorFiles.read(file);
        campus.execute(
                "CREATE USER campus_capture@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT SELECT ON school.* TO campus_capture@'%'",
                "SET GLOBAL binlog_row_image = 'MINIMAL'");
        assertThat(SourcePreflight.problems("campus.yaml", operator.source(), operator.mapping(), PASSWORD))
                .anyMatch(problem -> problem.contains("binlog_row_image is MINIMAL"))
                .anyMatch(problem -> problem.contains("GRANT REPLICATION SLAVE ON *.*"))
                .anyMatch(problem -> problem.contains("GRANT BINLOG MONITOR ON *.*"))
                .anyMatch(problem -> problem.contains("GRANT RELOAD ON *.*"))
                .anyMatch(problem -> problem.contains("no table school.faceaudit_heartbeat"))
                .hasSize(5);
        campus.execute("SET GLOBAL binlog_row_image = 'FULL'", "DROP USER campus_capture@'%'");
        onboardCampus(file);
        assertThat(SourcePreflight.problems("campus.yaml", operator.source(), operator.mapping(), PASSWORD))
                .isEmpty();
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (campus != null) {
            campus.close();
        }
        if (launcher != null) {
            launcher.stop();
        }
        Orphans.stop(data.resolve("run"), Duration.ofSeconds(20), new Progress(System.out), List.of());
    }

    @Test
    void aTableNobodyKnewIsJudgedRightAlsoAcrossTheDeathOfTheLauncher() throws Exception {
        up("first.out");
        faceaudit(
                "sql",
                "INSERT INTO registry.operator (id, name, sector, region)"
                        + " VALUES ('yard-school', '园区学校', 'school', '320500'), ('campus-school', '校园', 'school', '320500'),"
                        + " ('campus-university', '大学', 'school', '320500');"
                        + " INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                        + " VALUES ('sole-face-method.grace', 'yard-school', '0', 'hours', '2025-06-01', 'test'),"
                        + " ('sole-face-method.grace', 'campus-school', '0', 'hours', '2025-06-01', 'test')",
                "--as",
                "registrar",
                "--data",
                data.toString());

        awaitPersons("a local time stands in its own day", "2026-01-01", 1);
        awaitPersons("one identity card is one person", "2026-01-02", 2);
        awaitHeld("equal rows count", KeylessSources.YARD_AT_FIRST, KeylessSources.CAMPUS_AT_FIRST);
        keyless.change();
        awaitHeld("one of them goes, others become equal", KeylessSources.YARD_CHANGED, KeylessSources.CAMPUS_CHANGED);
        awaitAlerts("a gate of which only the log is known", KeylessSources.REFUSED);
        assertThat(judgeable("sole-face-method")).startsWith("false does not map access-point");
        assertThat(judgeable("refusal-without-alternative")).startsWith("true ").contains("suspected at most");

        Interval breach = setMethods("北门", "人脸");
        awaitAlerts("the breach", KeylessSources.REFUSED, "sole-face-method gates/北门 1 VIOLATION OPEN");
        assertThat(instants("opened_at")).singleElement().satisfies(breach::requireHolds);
        campus.execute("UPDATE school.门禁设备 SET 刷卡 = 0 WHERE 编号 = 1", "DELETE FROM school.face_data WHERE id = 3");
        awaitAlerts(
                "a breach in the other kind of database",
                KeylessSources.REFUSED,
                "sole-face-method campus/1 1 VIOLATION OPEN",
                "sole-face-method gates/北门 1 VIOLATION OPEN");
        awaitPersons("who was deleted is gone", LegalDay.of(Instant.now()).toString(), 1);

        launcher.kill();
        List<PidFile> orphans = PidFile.readAll(data.resolve("run"));
        assertThat(orphans).extracting(PidFile::name).contains("kafka", "connect", "postgres-audit");
        assertThat(orphans).allMatch(orphan -> orphan.process().isPresent());
        Interval undo = setMethods("北门", "人脸、校园卡");
        campus.execute("UPDATE school.门禁设备 SET 刷卡 = 1 WHERE 编号 = 1", "TRUNCATE TABLE school.face_data");
        keyless.grow();

        up("second.out");
        assertThat(orphans).noneMatch(orphan -> orphan.process().isPresent());
        assertThat(orphans)
                .allSatisfy(orphan -> assertThat(launcher.said())
                        .containsPattern(
                                orphan.name() + " +stopped +left by an earlier launcher, pid " + orphan.pid()));
        awaitAlerts(
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

        awaitHeld("what came meanwhile, once", KeylessSources.YARD_GROWN, KeylessSources.CAMPUS_GROWN);
        keyless.empty();
        awaitHeld("what was emptied", KeylessSources.YARD_EMPTIED, KeylessSources.CAMPUS_EMPTIED);

        setMethods("南门", "人脸");
        awaitAlerts(
                "a breach after the restart",
                KeylessSources.REFUSED,
                "sole-face-method campus/1 1 VIOLATION RESOLVED",
                "sole-face-method gates/北门 1 VIOLATION RESOLVED",
                "sole-face-method gates/南门 1 VIOLATION OPEN");

        keyless.readAnew(Ports.shifted(portOffset).connect());
        awaitHeld("a snapshot counts equal rows anew", KeylessSources.YARD_READ_ANEW, KeylessSources.CAMPUS_READ_ANEW);
        filesChangeUnderTheRunningStack();

        List<PidFile> processes = PidFile.readAll(data.resolve("run"));
        assertThat(launcher.stop()).as("ends when asked to").isTrue();
        assertThat(processes)
                .isNotEmpty()
                .noneMatch(process -> process.process().isPresent());
        assertThat(PidFile.readAll(data.resolve("run"))).isEmpty();
    }

    private void filesChangeUnderTheRunningStack() throws Exception {
        Path yard = operators.resolve("yard.yaml");
        String good = Files.readString(yard);
        String before = query("mapping_version", "yard-school").get(0);

        Files.writeString(yard, good.replace("methods: {column: 方式", "methods: {colum: 方式"));
        awaitSaid("a bad file is refused", yard + ":17:", "cdc.yard-school.gates +refused +.*stays in force");
        setMethods("南门", "人脸、校园卡");
        awaitAlerts(
                "the old one stays in force",
                KeylessSources.REFUSED,
                KeylessSources.YARD_GAP,
                KeylessSources.CAMPUS_GAP,
                "sole-face-method campus/1 1 VIOLATION RESOLVED",
                "sole-face-method gates/北门 1 VIOLATION RESOLVED",
                "sole-face-method gates/南门 1 VIOLATION RESOLVED");

        Files.writeString(
                yard,
                good.replace("[\"启用\"]", "[\"启用\", \"停用\"]")
                        .replace("key: [名称]", "key: [名称]\n      where: {column: 名称, not: \"南门\"}"));
        awaitSaid("a changed one is taken", "yard-school is derived anew: .* up to offset \\d+ as of now");
        awaitAlerts(
                "its rows are read by it, old ones too",
                KeylessSources.REFUSED,
                KeylessSources.YARD_GAP,
                KeylessSources.CAMPUS_GAP,
                "sole-face-method campus/1 1 VIOLATION RESOLVED",
                "sole-face-method gates/北门 1 VIOLATION RESOLVED",
                "sole-face-method gates/南门 1 VIOLATION WITHDRAWN",
                "sole-face-method gates/旧门 1 VIOLATION OPEN");
        assertThat(query("subject_id || ' ' || mapping_version", "yard-school"))
                .contains("gates/南门 " + before)
                .doesNotContain("gates/北门 " + before)
                .doesNotContain("gates/旧门 " + before);
        String old = query("CASE subject_id WHEN 'gates/旧门' THEN alert_id::text END", "yard-school").stream()
                .filter(id -> id != null)
                .findFirst()
                .orElseThrow();
        assertThat(faceaudit("verify", old, "--data", data.toString())).contains("SAME");

        addPoolHouse();
        awaitSaid("a new one is taken", "cdc.pool-house.pool +taken +.*read from offset 0 on");
        String[] withPool = {
            KeylessSources.REFUSED,
            KeylessSources.YARD_GAP,
            KeylessSources.CAMPUS_GAP,
            "sole-face-method campus/1 1 VIOLATION RESOLVED",
            "sole-face-method gates/北门 1 VIOLATION RESOLVED",
            "sole-face-method gates/南门 1 VIOLATION WITHDRAWN",
            "sole-face-method gates/旧门 1 VIOLATION OPEN",
            "sole-face-method pool/1 1 VIOLATION OPEN"
        };
        awaitAlerts("a source that came while all others were read", withPool);

        Files.delete(operators.resolve("pool.yaml"));
        awaitSaid("one that is gone is captured no longer", "cdc.pool-house.pool +stopped +.*pg_drop_replication_slot");
        setMethods("北门", "人脸");
        patiently("all others go on")
                .untilAsserted(() -> assertThat(query("concat_ws(' ', subject_id, episode, status)", "yard-school"))
                        .contains("gates/北门 2 OPEN"));
        assertThat(query("status", "pool-house")).containsExactly("OPEN");
    }

    private void addPoolHouse() throws Exception {
        poolHouse.execute(
                "CREATE TABLE public.door (id int PRIMARY KEY, face boolean NOT NULL, card boolean NOT NULL)",
                "INSERT INTO public.door VALUES (1, true, false), (2, true, true)");
        Path elsewhereYet = Files.writeString(directory.resolve("pool.yaml"), POOL.formatted(poolHouse.jdbcUrl()));
        String printed = faceaudit("onboard", elsewhereYet.toString());
        poolHouse.execute(printed.substring(0, printed.indexOf("\n\n")).replace("'…'", "'" + PASSWORD + "'"));
        faceaudit(
                "sql",
                "INSERT INTO registry.operator (id, name, sector, region)"
                        + " VALUES ('pool-house', '泳馆', 'gym', '320500');"
                        + " INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                        + " VALUES ('sole-face-method.grace', 'pool-house', '0', 'hours', '2025-06-01', 'test')",
                "--as",
                "registrar",
                "--data",
                data.toString());
        Path file = Files.copy(elsewhereYet, operators.resolve("pool.yaml"));
        awaitSaid("its password is missing", "pool.yaml: the environment variable POOL_PASSWORD is not set");
        Files.writeString(passwords(), "POOL_PASSWORD=" + PASSWORD + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }

    private void awaitSaid(String what, String... patterns) {
        patiently(what)
                .failFast("the launcher has ended", () -> !launcher.isAlive())
                .untilAsserted(() -> {
                    for (String pattern : patterns) {
                        assertThat(launcher.said()).containsPattern(pattern);
                    }
                });
    }

    /** When something was committed: after one reading of the database's clock, and before another. */
    private record Interval(Instant from, Instant to) {
        void requireHolds(Instant instant) {
            assertThat(instant).isBetween(from, to);
        }
    }

    private Interval setMethods(String gate, String methods) throws SQLException {
        try (Connection connection = elsewhere.superuser();
                Statement statement = connection.createStatement()) {
            Instant from = now(statement);
            statement.execute("UPDATE public.校门 SET 方式 = '" + methods + "' WHERE 名称 = '" + gate + "'");
            return new Interval(from, now(statement));
        }
    }

    private static Instant now(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }

    /** One that nobody knew when the launcher was started comes later. */
    private Path passwords() throws IOException {
        Path file = directory.resolve("passwords");
        return Files.exists(file) ? file : Files.createFile(file);
    }

    private void up(String output) throws IOException {
        launcher = Launcher.start(
                directory.resolve(output),
                Map.of("YARD_PASSWORD", PASSWORD, "CAMPUS_PASSWORD", PASSWORD),
                "up",
                "--operators",
                operators.toString(),
                "--env-file",
                passwords().toString(),
                "--data",
                data.toString(),
                "--port-offset",
                Integer.toString(portOffset));
        await("up")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the launcher has ended", () -> !launcher.isAlive())
                .untilAsserted(() -> assertThat(launcher.said()).contains("Running, generation 1."));
    }

    private void awaitAlerts(String what, String... alerts) {
        patiently(what)
                .untilAsserted(() -> assertThat(query("concat_ws(' ', rule_id, subject_id, episode, verdict, status)"))
                        .containsExactlyInAnyOrder(alerts));
    }

    private void awaitPersons(String what, String day, long persons) {
        patiently(what).untilAsserted(() -> {
            Database audit = StackState.read(data).orElseThrow().audit();
            try (Connection connection = audit.connect("analyst");
                    Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT persons_low, persons_high FROM audit_api.person_count_v1"
                                    + " WHERE operator_id = 'campus-school' AND day = '" + day + "'")) {
                assertThat(row.next()).isTrue();
                assertThat(List.of(row.getLong(1), row.getLong(2))).containsOnly(persons);
            }
        });
    }

    /** Records, images and persons on the newest day, of tables without a key. */
    private void awaitHeld(String what, String yard, String university) {
        patiently(what)
                .untilAsserted(() -> assertThat(asAnalyst("SELECT DISTINCT ON (operator_id) operator_id || ' ' ||"
                                + " records || ' ' || raw_images || ' ' || persons_low || '-' || persons_high"
                                + " FROM audit_api.person_count_v1 WHERE operator_id IN ('yard-school', 'campus-university')"
                                + " ORDER BY operator_id, day DESC"))
                        .containsExactly("campus-university " + university, "yard-school " + yard));
    }

    private String judgeable(String rule) throws SQLException {
        return asAnalyst("SELECT judgeable || ' ' || reason FROM audit_api.judgeable_v1 WHERE system_id = 'university'"
                        + " AND rule_id = '" + rule + "'")
                .get(0);
    }

    /** Of the gates of the PostgreSQL: what the other log tells has whole seconds only. */
    private List<Instant> instants(String column) throws SQLException {
        List<Instant> instants = new ArrayList<>();
        query("to_char((" + column + ") AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", "yard-school")
                .forEach(text -> instants.add(Instant.parse(text)));
        return instants;
    }

    private List<String> query(String column) throws SQLException {
        return query(column, "%");
    }

    private List<String> query(String column, String operator) throws SQLException {
        // What is said of the registry itself depends on the day of the test.
        return asAnalyst(
                "SELECT " + column + " FROM audit_api.alert_v1 WHERE operator_id <> 'registry' AND operator_id LIKE '"
                        + operator + "' ORDER BY operator_id, rule_id, subject_id, episode");
    }

    private List<String> asAnalyst(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        Database audit = StackState.read(data).orElseThrow().audit();
        try (Connection connection = audit.connect("analyst");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** What a command prints that needs no process of its own. */
    private static String faceaudit(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine commandLine =
                FaceauditMain.commandLine().setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
        assertThat(commandLine.execute(arguments)).as(text.toString()).isZero();
        return text.toString();
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).ignoreExceptions();
    }
}
