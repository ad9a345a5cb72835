package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.cli.capture.CatalogueLook;
import org.faceaudit.cli.capture.ManyTablesSql;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.cli.reconcile.SourceReading;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyTablesOnMariaDbTest {

    private static String face(String number) {
        return "CREATE TABLE park.人脸_" + number + " (id bigint PRIMARY KEY, person varchar(20), photo longblob)";
    }

    @Test
    void whatOnboardAsksForIsAllThatIsNeededForTheTablesThatAreThere(@TempDir Path directory) throws Exception {
        try (MariaDb server = MariaDb.start(directory.resolve("server"))) {
            server.execute(
                    "CREATE DATABASE park",
                    face("01"),
                    face("02"),
                    face("003"),
                    "CREATE TABLE park.人脸_0x (id int)",
                    "INSERT INTO park.人脸_01 VALUES (1, 'ann', x'01'), (2, 'ben', x'01')",
                    "INSERT INTO park.人脸_02 VALUES (1, 'ann', x'01')",
                    "CREATE USER capture@'%' IDENTIFIED BY 'pw'");
            DoctorCall doctor =
                    new DoctorCall(directory, "mariadb", server.jdbcUrl("park"), "park.faceaudit_heartbeat");
            doctor.describe("""
                        park.人脸_{nn}:
                          key: [id]
                          facts:
                            - event: face-record
                              person: {identifies: local-id, column: person}
                              image: {column: photo, as: bytes}
                    """);
            Mapping mapping = doctor.mapping();
            server.execute(MariaDbCaptureSql.heartbeat(mapping).toArray(String[]::new));
            server.execute(MariaDbCaptureSql.grants(mapping, "capture").toArray(String[]::new));
            String[] many = ManyTablesSql.ofMariaDb(mapping, "capture").toArray(String[]::new);
            server.execute(many);

            assertThat(doctor.run()).as("%s", doctor).isZero();
            assertThat(doctor.lines("OK"))
                    .contains(
                            "park.人脸_01: 3 mapped columns are there, and its key is unique.",
                            "park.人脸_02: 3 mapped columns are there, and its key is unique.");
            assertThat(doctor.toString()).doesNotContain("人脸_003", "人脸_0x");

            server.execute(face("03"));
            server.execute(many);
            assertThat(doctor.run()).as("%s", doctor).isZero();
            assertThat(doctor.lines("OK")).anyMatch(line -> line.startsWith("park.人脸_03: "));

            try (Connection capture = DriverManager.getConnection(server.jdbcUrl("park"), "capture", "pw")) {
                assertThat(CatalogueLook.at(capture, SourceKind.MARIADB, mapping)
                                .gone())
                        .isEmpty();
            }
            try (Connection capture = DriverManager.getConnection(server.jdbcUrl("park"), "capture", "pw")) {
                SourceReading.Held held = SourceReading.of(
                        SourceKind.MARIADB,
                        capture,
                        mapping,
                        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
                assertThat(held.counts().rowsByTable()).isEqualTo(Map.of("park.人脸_{nn}", 3L));
                assertThat(held.counts().persons()).as("ann and ben").isEqualTo(2);
            }
            aTableThatWentIsNotOneThatMayNotBeRead(server, mapping);
        }
    }

    private static void aTableThatWentIsNotOneThatMayNotBeRead(MariaDb server, Mapping mapping) throws Exception {
        server.execute("ALTER TABLE park.人脸_03 PARTITION BY RANGE (id)"
                + " (PARTITION old VALUES LESS THAN (9), PARTITION new VALUES LESS THAN MAXVALUE)");
        Set<String> known = new TreeSet<>();
        try (Connection capture = DriverManager.getConnection(server.jdbcUrl("park"), "capture", "pw")) {
            CatalogueLook look = CatalogueLook.at(capture, SourceKind.MARIADB, mapping);
            look.columns().keySet().stream().filter(CatalogueLook::isTable).forEach(known::add);
            assertThat(look.allVisible())
                    .as("a further table may be there that nobody may see")
                    .isFalse();
        }
        assertThat(known)
                .containsExactly(
                        "park.人脸_01.*", "park.人脸_02.*", "park.人脸_03.*", "park.人脸_03[new].*", "park.人脸_03[old].*");
        server.execute(
                "REVOKE SELECT (id, person, photo), SHOW VIEW ON park.人脸_01 FROM capture@'%'",
                "DROP TABLE park.人脸_02", "ALTER TABLE park.人脸_03 DROP PARTITION old");
        try (Connection capture = DriverManager.getConnection(server.jdbcUrl("park"), "capture", "pw")) {
            assertThat(CatalogueLook.at(capture, SourceKind.MARIADB, mapping, known)
                            .goneTables())
                    .containsExactly("park.人脸_02.*", "park.人脸_03[old].*");
        }
        server.execute("GRANT SELECT ON park.* TO capture@'%'");
        try (Connection capture = DriverManager.getConnection(server.jdbcUrl("park"), "capture", "pw")) {
            assertThat(CatalogueLook.at(capture, SourceKind.MARIADB, mapping).allVisible())
                    .as("whoever may read the whole database sees them all")
                    .isTrue();
        }
    }
}
