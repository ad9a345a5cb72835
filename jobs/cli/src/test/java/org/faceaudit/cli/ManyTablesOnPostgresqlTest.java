package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.cli.capture.CatalogueLook;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.cli.capture.ManyTablesSql;
import org.faceaudit.cli.reconcile.SourceReading;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that one entry of a mapping stands for, as onboard, doctor, the look into the catalogue and reconcile meet them. */
class ManyTablesOnPostgresqlTest {

    private static final String TABLES = """
                public.人脸_{nn}:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: local-id, column: 人员, via: ["owner -> public.owner_{nn}.id"]}
                      image: {column: photo, as: bytes}
                public.passage_{yyyyMM}:
                  keyless: true
                  facts:
                    - event: attempt
                      access-point: {column: gate}
            """;

    private static EmbeddedPostgres server;

    @TempDir
    private Path directory;

    private DoctorCall doctor;
    private Mapping mapping;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_slot_wal_keep_size", "1GB")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String face(String number) {
        return "CREATE TABLE 人脸_" + number + " (id bigint PRIMARY KEY, owner int, photo bytea, thumbnail bytea)";
    }

    private static String owner(String number) {
        return "CREATE TABLE owner_" + number + " (id int PRIMARY KEY, 人员 text)";
    }

    @BeforeEach
    void makeTheTables() throws Exception {
        String slot = ConnectorConfig.slotName("cdc.acme.one");
        run(
                "DROP SCHEMA public CASCADE",
                "CREATE SCHEMA public",
                "DROP PUBLICATION IF EXISTS " + slot,
                "DROP ROLE IF EXISTS capture",
                "CREATE ROLE capture LOGIN REPLICATION PASSWORD 'pw'",
                face("01"),
                face("02"),
                face("003"),
                owner("01"),
                owner("02"),
                "CREATE TABLE passage_202610 (gate text, whose text) PARTITION BY LIST (gate)",
                "CREATE TABLE passage_north PARTITION OF passage_202610 FOR VALUES IN ('n')",
                "CREATE TABLE passage_202611 (gate text, whose text)");
        doctor = new DoctorCall(
                directory,
                "postgresql",
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "public.faceaudit_heartbeat");
        doctor.describe(TABLES);
        mapping = doctor.mapping();
        run(CaptureSql.heartbeat(mapping).toArray(String[]::new));
        run(CaptureSql.grants(mapping, "capture").toArray(String[]::new));
        run(CaptureSql.identities(mapping).toArray(String[]::new));
        run(CaptureSql.publication(mapping));
        onboardAgain();
    }

    private void onboardAgain() throws SQLException {
        run(ManyTablesSql.ofPostgresql(mapping, "capture").toArray(String[]::new));
    }

    private static void run(String... statements) throws SQLException {
        try (Connection owner = server.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private CatalogueLook look() throws SQLException {
        return look(Set.of());
    }

    private CatalogueLook look(Set<String> known) throws SQLException {
        try (Connection capture = server.getDatabase("capture", "postgres").getConnection()) {
            return CatalogueLook.at(capture, SourceKind.POSTGRESQL, mapping, known);
        }
    }

    private static Set<String> tables(CatalogueLook look) {
        return look.columns().keySet().stream().filter(CatalogueLook::isTable).collect(Collectors.toSet());
    }

    @Test
    void whatOnboardAsksForIsAllThatIsNeededAndMayBeRunAgain() throws Exception {
        onboardAgain();

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("OK"))
                .contains(
                        "public.人脸_01: 3 mapped columns are there, and its key is unique.",
                        "public.人脸_02: 3 mapped columns are there, and its key is unique.");
        assertThat(doctor.toString()).doesNotContain("人脸_003");
        assertThat(look().gone()).isEmpty();
        // The owner's own updates go on.
        run(
                "INSERT INTO passage_202610 VALUES ('n', 'x')",
                "UPDATE passage_202610 SET whose = 'y'",
                "INSERT INTO 人脸_01 VALUES (1, 1, NULL, NULL)",
                "UPDATE 人脸_01 SET thumbnail = '\\x00'");
    }

    @Test
    void aTableThatIsInNoPublicationYetIsFoundAndTheSameSqlMendsIt() throws Exception {
        run(face("03"), owner("03"));

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .anyMatch(line -> line.startsWith("publication " + ConnectorConfig.slotName("cdc.acme.one")
                        + " does not tell of public.人脸_03; ALTER PUBLICATION"))
                .anyMatch(line -> line.startsWith("the source's user may not read id, owner, photo of public.人脸_03"));
        assertThat(look().gone())
                .containsExactly(
                        "public.owner_03.id",
                        "public.owner_03.人员",
                        "public.人脸_03.id",
                        "public.人脸_03.owner",
                        "public.人脸_03.photo");

        onboardAgain();
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(look().gone()).isEmpty();
    }

    @Test
    void aTableOfAnotherShapeIsFound() throws Exception {
        run(
                "ALTER PUBLICATION " + ConnectorConfig.slotName("cdc.acme.one") + " DROP TABLE owner_01",
                "ALTER TABLE owner_01 ALTER COLUMN 人员 TYPE timestamptz USING now()");
        onboardAgain();
        run("ALTER TABLE 人脸_02 DROP COLUMN photo CASCADE");

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .anyMatch(line -> line.startsWith("the table public.人脸_02 has no column photo"))
                .anyMatch(line -> line.startsWith("column public.owner_01.人员 is read as identifier (local-id)"));
        assertThat(look().gone()).contains("public.人脸_02.photo");
        assertThat(look().unfit()).containsExactly("public.owner_01.人员");
    }

    @Test
    void aColumnThatTheOthersHadIsNotNewInTheNextTable() throws Exception {
        Set<String> first = look().columns().keySet();
        run(face("03"), "ALTER TABLE 人脸_03 ADD COLUMN portrait bytea");
        onboardAgain();

        assertThat(look().imageStores()).contains("public.人脸_01.thumbnail", "public.人脸_03.thumbnail");
        assertThat(look().imageStoresSince(first, mapping)).containsExactly("public.人脸_03.portrait");
    }

    @Test
    void aTableOrPartitionThatWentIsMissedIfFactsRestOnItsRows() throws Exception {
        run(
                "CREATE TABLE 人脸_05 (id bigint PRIMARY KEY, owner int, photo bytea) PARTITION BY RANGE (id)",
                "CREATE TABLE old PARTITION OF 人脸_05 FOR VALUES FROM (0) TO (9)",
                "CREATE TABLE new PARTITION OF 人脸_05 FOR VALUES FROM (9) TO (99)");
        onboardAgain();
        Set<String> known = tables(look());
        assertThat(known)
                .as("what was tried stays tried, so no table of passages is among them")
                .containsExactlyInAnyOrder(
                        "public.owner_01.*",
                        "public.owner_02.*",
                        "public.人脸_01.*",
                        "public.人脸_02.*",
                        "public.人脸_05.*",
                        "public.人脸_05[new].*",
                        "public.人脸_05[old].*");
        assertThat(look(known).goneTables()).isEmpty();

        run("DROP TABLE 人脸_02, passage_202611, old");
        assertThat(look(known).goneTables()).containsExactly("public.人脸_02.*", "public.人脸_05[old].*");
        assertThat(look().goneTables()).as("nobody knew them").isEmpty();

        run("DROP TABLE 人脸_05");
        assertThat(look(known).goneTables())
                .as("a table went with its partitions")
                .containsExactly("public.人脸_02.*", "public.人脸_05.*");
    }

    @Test
    void aColumnThatIsNotPublishedOrAKeyThatADeletionDoesNotTellIsGone() throws Exception {
        String publication = "ALTER PUBLICATION " + ConnectorConfig.slotName("cdc.acme.one");
        run(publication + " SET TABLE faceaudit_heartbeat, owner_01 (id, 人员), 人脸_01 (id, owner)");
        assertThat(look().gone())
                .contains("public.人脸_01.photo", "public.owner_02.id", "public.passage_202611.gate")
                .doesNotContain("public.人脸_01.id", "public.owner_01.id");

        run(
                publication + " SET TABLE faceaudit_heartbeat, owner_01, 人脸_01",
                "ALTER TABLE owner_01 ALTER COLUMN 人员 SET NOT NULL",
                "CREATE UNIQUE INDEX whole ON owner_01 (人员)",
                "ALTER TABLE owner_01 REPLICA IDENTITY USING INDEX whole",
                "ALTER TABLE 人脸_01 REPLICA IDENTITY FULL");
        assertThat(look().gone())
                .contains("public.owner_01.id")
                .doesNotContain("public.owner_01.人员", "public.人脸_01.id");
    }

    @Test
    void noTableOfTheNameIsAProblem() throws Exception {
        run("DROP TABLE passage_202610, passage_202611");

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .anyMatch(line -> line.startsWith("the source has no table public.passage_{yyyyMM}"));
        assertThat(look().gone()).containsExactly("public.passage_{yyyyMM}.gate");
    }

    @Test
    void reconcileSumsOverAllTables() throws Exception {
        run(
                "INSERT INTO owner_01 VALUES (7, 'ann'), (8, 'ben')",
                "INSERT INTO owner_02 VALUES (7, 'cid')",
                "INSERT INTO 人脸_01 VALUES (1, 7, '\\x01', NULL), (2, 8, '\\x01', NULL)",
                "INSERT INTO 人脸_02 VALUES (1, 7, '\\x01', NULL)",
                "INSERT INTO passage_202610 VALUES ('n', 'x')",
                "INSERT INTO passage_202611 VALUES ('n', 'x'), ('n', 'x')");
        try (Connection capture = server.getDatabase("capture", "postgres").getConnection()) {
            SourceReading.Held held = SourceReading.of(
                    SourceKind.POSTGRESQL,
                    capture,
                    mapping,
                    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

            assertThat(held.counts().rowsByTable())
                    .isEqualTo(Map.of("public.人脸_{nn}", 3L, "public.owner_{nn}", 3L, "public.passage_{yyyyMM}", 3L));
            assertThat(held.counts().persons()).as("ann, ben and cid").isEqualTo(3);
        }
    }
}
