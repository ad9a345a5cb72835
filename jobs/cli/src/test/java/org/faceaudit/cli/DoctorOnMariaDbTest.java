package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.cli.source.MariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorOnMariaDbTest {

    private static final String TABLES = """
                campus.face_data:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: id-card, column: id_card, via: [person_id -> campus.person.id]}
                      image: {column: photo, as: bytes}
                      stored-at: {column: create_time, type: timestamp}
                campus.门禁设备:
                  key: [编号]
                  facts:
                    - event: access-point
                      methods: {flags: {刷脸: FACE, 刷卡: CARD}}
            """;

    private static MariaDb server;

    @TempDir
    private Path directory;

    private DoctorCall doctor;

    @BeforeAll
    static void start(@TempDir Path programs) throws Exception {
        server = MariaDb.start(programs);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
    }

    @BeforeEach
    void makeTheTables() throws Exception {
        server.execute(
                "DROP DATABASE IF EXISTS campus",
                "CREATE DATABASE campus",
                "CREATE TABLE campus.person (id bigint PRIMARY KEY, id_card varchar(18), name varchar(50))",
                "CREATE TABLE campus.face_data (id bigint AUTO_INCREMENT PRIMARY KEY, person_id bigint, photo longblob,"
                        + " create_time datetime NOT NULL)",
                "CREATE TABLE campus.门禁设备 (编号 int PRIMARY KEY, 刷脸 tinyint(1) NOT NULL, 刷卡 tinyint(1) NOT NULL)",
                "SET GLOBAL binlog_row_image = 'FULL'",
                "SET GLOBAL binlog_expire_logs_seconds = 0",
                "CREATE OR REPLACE USER capture@'%' IDENTIFIED BY 'pw'");
        doctor = new DoctorCall(directory, "mariadb", server.jdbcUrl("campus"), "campus.faceaudit_heartbeat");
        doctor.describe(TABLES);
    }

    private void onboard() throws Exception {
        server.execute(MariaDbCaptureSql.heartbeat(doctor.mapping()).toArray(String[]::new));
        server.execute(MariaDbCaptureSql.grants(doctor.mapping(), "capture").toArray(String[]::new));
    }

    @Test
    void whatOnboardAsksForIsAllThatIsNeeded() throws Exception {
        onboard();

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING")).isEmpty();
        assertThat(doctor.lines("OK"))
                .contains(
                        "the source's clock is ours.",
                        "the source writes a binary log.",
                        "binlog_format is ROW.",
                        "binlog_row_image is FULL.",
                        "the source drops no log by its age.",
                        "the source's user has BINLOG MONITOR.",
                        "campus.face_data: 4 mapped columns are there, and its key is unique.",
                        "the source's user may write heartbeats into campus.faceaudit_heartbeat.");
    }

    @Test
    void whatIsPrintedRunsOnNamesThatNobodyShouldGive() throws Exception {
        server.execute(
                "CREATE OR REPLACE USER `audit.capture`@'%' IDENTIFIED BY 'other'",
                "DROP USER `audit.capture`@'%'",
                "CREATE TABLE campus.`order``s` (`user` int PRIMARY KEY, `a.b` varchar(20), `照片 1` longblob,"
                        + " `quo``te` varchar(20), feature longblob)",
                "INSERT INTO campus.`order``s` VALUES (1, '13800138000', 'x', 'y', 'secret')");
        DoctorCall odd =
                new DoctorCall(directory, "mariadb", server.jdbcUrl("campus"), "campus.heart-beat", "audit.capture");
        odd.describe("""
                    campus.order`s:
                      key: ["user"]
                      facts:
                        - event: face-record
                          person: {identifies: phone, column: "a.b"}
                          image: {column: "照片 1", as: bytes}
                      where: {column: "quo`te", not: "it's"}
                """);

        server.execute(OnboardedSql.of(odd.file()));

        assertThat(odd.run()).as("%s", odd).isZero();
        try (Connection capture = DriverManager.getConnection(server.jdbcUrl("campus"), "audit.capture", "pw");
                Statement statement = capture.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT `a.b`, `照片 1`, `quo``te` FROM campus.`order``s`")
                            .next())
                    .isTrue();
            assertThat(catchThrowable(() -> statement.executeQuery("SELECT feature FROM campus.`order``s`")))
                    .hasMessageContaining("denied");
        }
    }

    @Test
    void aPrivilegeIsItsWholeNameAndAnEscapedNameIsOne() throws Exception {
        onboard();
        server.execute(
                "CREATE OR REPLACE USER capture@'%' IDENTIFIED BY 'pw'",
                "GRANT REPLICATION SLAVE ADMIN, BINLOG MONITOR, RELOAD ON *.* TO capture@'%'",
                "GRANT SELECT ON campus.* TO capture@'%'",
                "CREATE DATABASE IF NOT EXISTS beats_here",
                "CREATE TABLE IF NOT EXISTS beats_here.beat (id int PRIMARY KEY, beat_at timestamp(6) NOT NULL)",
                "GRANT SELECT, INSERT, UPDATE ON `beats\\_here`.* TO capture@'%'");
        DoctorCall elsewhere = new DoctorCall(directory, "mariadb", server.jdbcUrl("campus"), "beats_here.beat");
        elsewhere.describe(TABLES);

        assertThat(elsewhere.run()).isEqualTo(1);
        assertThat(elsewhere.lines("PROBLEM"))
                .containsExactly("the source's user may not follow the log; GRANT REPLICATION SLAVE ON *.* to it.");
    }

    @Test
    void everyThingThatIsWrongIsToldAtOnce() throws Exception {
        server.execute(
                "GRANT SELECT ON campus.* TO capture@'%'",
                "CREATE TABLE campus.faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamp(6) NOT NULL)",
                "SET GLOBAL binlog_row_image = 'MINIMAL'",
                "SET GLOBAL binlog_expire_logs_seconds = 3600",
                "ALTER TABLE campus.face_data MODIFY create_time timestamp NOT NULL",
                "ALTER TABLE campus.门禁设备 CHANGE 刷卡 读卡 tinyint(1) NOT NULL");

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .containsExactlyInAnyOrder(
                        "the source's log does not hold whole rows (binlog_row_image is MINIMAL); set binlog_row_image ="
                                + " FULL, and let every session that is connected already connect anew.",
                        "the source's user may not follow the log; GRANT REPLICATION SLAVE ON *.* to it.",
                        "the source's user may not follow the log; GRANT BINLOG MONITOR ON *.* to it.",
                        "the source's user may not follow the log; GRANT RELOAD ON *.* to it.",
                        "the table campus.门禁设备 has no column 刷卡; it has 刷脸, 编号, 读卡.",
                        "column campus.face_data.create_time is read as timestamp, but its type is timestamp, which MariaDB"
                                + " keeps in UTC; correct the mapping: what is read so is text or timestamp without a"
                                + " zone.",
                        "the source's user may write no heartbeats; GRANT INSERT, UPDATE ON campus.faceaudit_heartbeat to"
                                + " it.");
        assertThat(doctor.lines("WARNING"))
                .containsExactly("the source drops its log after 3600 s: an outage of the capture that is longer loses"
                        + " changes; raise binlog_expire_logs_seconds.");
    }

    @Test
    void aColumnThatOneMayNotReadIsSeenAllTheSame() throws Exception {
        onboard();
        server.execute("ALTER TABLE campus.person ADD COLUMN 头像 longblob COMMENT 'taken at the door'");

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .startsWith("columns that look like a store of images are neither mapped nor left out:"
                        + " campus.person.头像;");
    }

    @Test
    void aCascadeIsInNoBinaryLog() throws Exception {
        server.execute("ALTER TABLE campus.face_data ADD FOREIGN KEY (person_id) REFERENCES campus.person (id)"
                + " ON DELETE CASCADE");
        onboard();

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .startsWith("a DELETE or UPDATE in campus.person changes rows of campus.face_data by its foreign key on"
                        + " person_id, and the log does not tell:");
    }

    @Test
    void aTableWithoutAKeyDoesNotTellItsRowsApart() throws Exception {
        server.execute("ALTER TABLE campus.face_data MODIFY id bigint, DROP PRIMARY KEY");
        onboard();

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .startsWith("the table campus.face_data has no primary key, and nothing keeps its key (id) unique")
                .endsWith("give it a unique key that the mapping names, or write 'keyless: true' instead of the key.");
        doctor.describe(TABLES.replaceFirst("(face_data:\\s+)key: \\[id\\]", "$1keyless: true"));
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING")).isEmpty();
        server.execute("SET GLOBAL binlog_row_image = 'MINIMAL'");
        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .singleElement()
                .asString()
                .startsWith("the source's log does not hold whole rows (binlog_row_image is MINIMAL)");
    }

    @Test
    void aDefaultBesideNullMayInventAValue() throws Exception {
        server.execute("ALTER TABLE campus.门禁设备 MODIFY 刷卡 tinyint(1) NULL DEFAULT 1");
        onboard();

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING")).singleElement().asString().contains("campus.门禁设备", "刷卡 (1)");
    }
}
