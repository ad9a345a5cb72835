package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorOnPostgresqlTest {

    private static final String TABLES = """
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: phone}
                      image: {column: photo, as: bytes}
                      stored-at: {column: taken_at, type: timestamptz}
                public.gate:
                  key: [code]
                  facts:
                    - event: access-point
                      in-force: {column: in_use}
                      methods: {flags: {by_face: FACE, by_card: CARD}}
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
                .setServerConfig("max_replication_slots", "2")
                .setServerConfig("max_slot_wal_keep_size", "1GB")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void makeTheTables() throws Exception {
        run(
                "DROP SCHEMA public CASCADE",
                "CREATE SCHEMA public",
                "DROP PUBLICATION IF EXISTS " + slot(),
                "DROP ROLE IF EXISTS capture",
                "CREATE ROLE capture LOGIN REPLICATION PASSWORD 'pw'",
                "CREATE TABLE face (id bigint PRIMARY KEY, phone text, name text, photo bytea,"
                        + " taken_at timestamptz NOT NULL)",
                "CREATE TABLE gate (code text PRIMARY KEY, in_use boolean NOT NULL, by_face boolean NOT NULL,"
                        + " by_card boolean NOT NULL)");
        doctor = new DoctorCall(directory, "postgresql", url(), "public.faceaudit_heartbeat");
        doctor.describe(TABLES);
        mapping = doctor.mapping();
        run(CaptureSql.heartbeat(mapping).toArray(String[]::new));
        run(CaptureSql.grants(mapping, "capture").toArray(String[]::new));
        run(CaptureSql.publication(mapping));
    }

    private static String slot() {
        return ConnectorConfig.slotName("cdc.acme.one");
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    private static void run(String... statements) throws SQLException {
        try (Connection owner = server.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void whatOnboardAsksForIsAllThatIsNeeded() {
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("PROBLEM")).isEmpty();
        assertThat(doctor.lines("WARNING")).isEmpty();
        assertThat(doctor.lines("OK"))
                .contains(
                        "the source's clock is ours.",
                        "the source writes a logical log.",
                        "the source's user may read the log.",
                        "the source keeps at most 1GB of log for a slot that nobody reads.",
                        "2 of 2 replication slots are free.",
                        "publication " + slot() + " tells inserts, updates, deletes and truncates.",
                        "the source's user may write heartbeats into public.faceaudit_heartbeat.",
                        "public.face: 4 mapped columns are there, and its key is unique.");
        assertThat(doctor.out()).contains("0 problems, 0 warnings.");
    }

    @Test
    void aPublishedColumnIsAlteredOnlyOutsideThePublicationAsOnboardSays() throws Exception {
        String retyped = "ALTER TABLE face ALTER COLUMN phone TYPE varchar(40)";
        assertThat(catchThrowable(() -> run(retyped)))
                .hasMessageContaining("cannot alter type of a column used by a publication");
        assertThat(catchThrowable(() -> run("ALTER TABLE face DROP COLUMN phone")))
                .hasMessageContaining("other objects depend on it");
        run("ALTER TABLE face ALTER COLUMN name TYPE varchar(40)", "ALTER TABLE face DROP COLUMN name");

        run(
                "BEGIN",
                "ALTER PUBLICATION " + slot() + " DROP TABLE face",
                retyped,
                CaptureSql.addition(mapping, "public.face"),
                "COMMIT");
        assertThat(doctor.run()).as("%s", doctor).isZero();
    }

    @Test
    void everyRuleIsProvableOrSaysWhyNot() {
        doctor.run();

        assertThat(doctor.lines("provable")).contains("sole-face-method", "storage-reached", "filing-overdue");
        assertThat(doctor.lines("in part"))
                .anyMatch(line -> line.startsWith("raw-image-retained: not by: period-ended (maps no retention);"));
        assertThat(doctor.lines("UNKNOWN"))
                .contains("private-space-device: maps no space: in which kind of space an access-point stands is not in"
                        + " this database");
    }

    @Test
    void everyThingThatIsWrongIsToldAtOnce() throws Exception {
        run(
                "ALTER ROLE capture NOREPLICATION",
                "REVOKE SELECT (photo) ON face FROM capture",
                "REVOKE UPDATE ON faceaudit_heartbeat FROM capture",
                "ALTER TABLE gate RENAME by_card TO card",
                "ALTER PUBLICATION " + slot() + " SET (publish = 'insert, update')");
        doctor.describe(TABLES.replace("timestamptz", "timestamp"));

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .containsExactlyInAnyOrder(
                        "the source's user may not read the log; give it the attribute REPLICATION.",
                        "the source's user may not read photo of public.face; GRANT USAGE ON SCHEMA \"public\" and GRANT"
                                + " SELECT (\"photo\") ON \"public\".\"face\" to it.",
                        "the source's user may write no heartbeats; GRANT INSERT, UPDATE ON"
                                + " \"public\".\"faceaudit_heartbeat\" to it.",
                        "the table public.gate has no column by_card; it has by_face, card, code, in_use.",
                        "column public.face.taken_at is read as timestamp, but its type is timestamptz; correct the"
                                + " mapping: what is read so is text or timestamp without a zone.",
                        "publication " + slot() + " does not tell every change; ALTER PUBLICATION " + slot()
                                + " SET (publish = 'insert, update, delete, truncate').");
        assertThat(doctor.out()).contains("6 problems, 0 warnings.");
    }

    @Test
    void whatIsComparedIsSpeltAsItsColumnSpellsIt() throws Exception {
        run("ALTER TABLE face ADD extra bytea, ADD kind int", "GRANT SELECT (extra, kind) ON face TO capture");
        run("ALTER PUBLICATION " + slot() + " SET TABLE face, gate, faceaudit_heartbeat");
        doctor.describe(TABLES.replace(
                        "person: {identifies: phone, column: phone}",
                        "person: {one-of: [{identifies: phone, column: phone, when: {column: extra, equals: x}},"
                                + " {identifies: phone, column: phone, when: {column: kind, in: [\"01\", \"2\"]}}]}")
                .replace("in-force: {column: in_use}", "in-force: {column: in_use, in: [\"1\", \"true\"]}"));

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .containsExactlyInAnyOrder(
                        "column public.face.extra is read as what 'when' compares, but its type is bytea; correct the"
                                + " mapping: what is read so is UUID or boolean or date or integer or number or other or text"
                                + " or timestamp with a zone or timestamp without a zone.",
                        "column public.face.kind, read as what 'when' compares, is compared with '01', which it never"
                                + " holds: its type is int4; write a number without leading zeros.",
                        "column public.gate.in_use, read as a state, is compared with '1', which it never holds: its"
                                + " type is bool; write true or false.");
    }

    @Test
    void moreThanIsMappedIsReadableByNobodyWithoutAWarning() throws Exception {
        run("ALTER TABLE face ADD face_backup bytea", "GRANT SELECT ON face TO capture");
        run("ALTER PUBLICATION " + slot() + " SET TABLE face, gate, faceaudit_heartbeat");

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .anyMatch(line -> line.startsWith("the source's user may read face_backup of public.face"))
                .anyMatch(line -> line.startsWith("the log tells whole rows of public.face, biometrics among them"));
    }

    @Test
    void aColumnListBesideAFullIdentityBreaksTheOwnersOwnUpdates() throws Exception {
        run("ALTER TABLE face REPLICA IDENTITY FULL", "INSERT INTO face VALUES (1, '1', 'x', NULL, now())");

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .singleElement()
                .asString()
                .startsWith(
                        "publication " + slot() + " lists columns of public.face, but not all of its replica identity"
                                + " (FULL): its owner's own UPDATEs and DELETEs fail;");
        // What is told is so.
        assertThat(catchThrowable(() -> run("UPDATE face SET name = 'y'"))).hasMessageContaining("cannot update table");
        run("DROP PUBLICATION " + slot());
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .anyMatch(line -> line.startsWith("publication " + slot() + " is not there"))
                .anyMatch(line ->
                        line.startsWith("the table public.face has REPLICA IDENTITY FULL: with the column list"));
        run("CREATE PUBLICATION " + slot() + " FOR ALL TABLES");
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .startsWith("the log tells whole rows of public.face, biometrics among them");
    }

    @Test
    void aTableWithoutAKeyNeedsWholeRowsInTheLogAndSaysWhoCanReadThem() throws Exception {
        run("ALTER TABLE face DROP CONSTRAINT face_pkey", "DROP PUBLICATION " + slot());
        doctor.describe(TABLES.replaceFirst("key: \\[id\\]", "keyless: true"));
        assertThat(doctor.mapping().capturedColumns("public.face")).containsExactly("phone", "photo", "taken_at");
        String columnList = CaptureSql.publication(mapping);
        run(CaptureSql.publication(doctor.mapping()));

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .containsExactly(
                        "the table public.face is mapped without a key, and its REPLICA IDENTITY is not FULL: the"
                                + " log does not tell which row an UPDATE or DELETE concerns; ALTER TABLE"
                                + " \"public\".\"face\" REPLICA IDENTITY FULL.");
        run(CaptureSql.identities(doctor.mapping()).toArray(String[]::new));
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("OK"))
                .contains("public.face: 3 mapped columns are there, and equal rows are counted, for it has no key.");
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .startsWith(
                        "the table public.face has no key, so the log tells its whole rows: whatever stands in them,"
                                + " biometrics too, is readable by the capture role");
        run("INSERT INTO face VALUES (1, '1', 'x', NULL, now())", "UPDATE face SET name = 'y'", "DELETE FROM face");
        run("DROP PUBLICATION " + slot(), columnList);
        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .anyMatch(line ->
                        line.startsWith("publication " + slot() + " lists columns of public.face, but not all"));
        // A key that is there after all tells rows apart better.
        run("ALTER TABLE face ADD PRIMARY KEY (id)");
        doctor.run();
        assertThat(doctor.lines("WARNING"))
                .anyMatch(line -> line.equals("the table public.face is mapped as keyless, but has a primary key; write"
                        + " 'key: [id]' instead of 'keyless: true'."));
    }

    @Test
    void aPartitionedTableIsPublishedAsOne() throws Exception {
        run(
                "DROP PUBLICATION " + slot(),
                "DROP TABLE face",
                "CREATE TABLE face (id bigint PRIMARY KEY, phone text, name text, photo bytea,"
                        + " taken_at timestamptz NOT NULL) PARTITION BY HASH (id)",
                "CREATE TABLE face_even PARTITION OF face FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                "CREATE TABLE face_odd PARTITION OF face FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
        run(CaptureSql.grants(mapping, "capture").toArray(String[]::new));
        run(CaptureSql.publication(mapping));
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING")).isEmpty();

        run(
                "DROP PUBLICATION " + slot(),
                "CREATE PUBLICATION " + slot() + " FOR TABLE face, gate, faceaudit_heartbeat");
        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .singleElement()
                .asString()
                .startsWith("publication " + slot() + " tells what happens in partitions of public.face under their own"
                        + " names, and so nothing of public.face; ALTER PUBLICATION");

        doctor.describe(TABLES.replaceFirst("key: \\[id\\]", "keyless: true"));
        run("DROP PUBLICATION " + slot(), CaptureSql.publication(doctor.mapping()));
        run(CaptureSql.identities(doctor.mapping()).toArray(String[]::new));
        assertThat(doctor.run()).as("%s", doctor).isZero();

        // As a partition that comes later is.
        run("ALTER TABLE face_even REPLICA IDENTITY DEFAULT");
        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .singleElement()
                .asString()
                .startsWith(
                        "the partition public.face_even of public.face, which is mapped without a key, has no REPLICA"
                                + " IDENTITY FULL of its own")
                .endsWith("ALTER TABLE \"public\".\"face_even\" REPLICA IDENTITY FULL.");
        run(CaptureSql.identities(doctor.mapping()).toArray(String[]::new));
        assertThat(doctor.run()).as("%s", doctor).isZero();
    }

    @Test
    void whatTheLogWouldNotTellIsFound() throws Exception {
        run(
                "ALTER TABLE face DROP CONSTRAINT face_pkey",
                "ALTER TABLE gate REPLICA IDENTITY NOTHING",
                "ALTER PUBLICATION " + slot() + " DROP TABLE gate, faceaudit_heartbeat");

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .anyMatch(line -> line.startsWith("the log of the source does not say which row of public.face "))
                .anyMatch(line -> line.startsWith("the log of the source does not say which row of public.gate "))
                .anyMatch(line -> line.startsWith("publication " + slot() + " does not tell of public.gate;"))
                .anyMatch(line -> line.startsWith("publication " + slot() + " tells no heartbeats;"))
                .hasSize(4);
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .startsWith("the table public.face has no primary key, and nothing keeps its key (id) unique");
    }

    @Test
    void aKeyThatIsNotTheIdentityIsNotInADelete() throws Exception {
        run(
                "ALTER TABLE gate DROP CONSTRAINT gate_pkey, ADD COLUMN id serial PRIMARY KEY, ADD UNIQUE (code)",
                "DROP PUBLICATION " + slot());

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .singleElement()
                .asString()
                .startsWith("a DELETE from public.gate is logged with id, and not with its mapped key code;");
    }

    @Test
    void aViewAndAnUnloggedTableAreNoSources() throws Exception {
        run(
                "DROP PUBLICATION " + slot(),
                "ALTER TABLE gate SET UNLOGGED",
                "ALTER TABLE face RENAME TO faces",
                "CREATE VIEW face AS SELECT * FROM faces");

        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM"))
                .contains("public.face is a view, of which the log tells nothing; map the tables that it is made of.")
                .anyMatch(line -> line.startsWith("the table public.gate is unlogged"));
    }

    @Test
    void aDefaultBesideNullMayInventAValue() throws Exception {
        run("ALTER TABLE gate ALTER in_use DROP NOT NULL, ALTER in_use SET DEFAULT true");

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .startsWith(
                        "columns of public.gate may be NULL and have a default, which a converter may tell instead of"
                                + " the NULL: in_use (true);");
    }

    @Test
    void aColumnThatLooksLikeAStoreOfImagesIsMappedOrLeftOut() throws Exception {
        run("ALTER TABLE face ADD COLUMN avatar bytea", "ALTER TABLE gate ADD COLUMN 现场照片 text");

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .containsExactly("columns that look like a store of images are neither mapped nor left out:"
                        + " public.face.avatar, public.gate.现场照片; map them, or name them under left-out with the"
                        + " reason: what is kept there is judged by no rule.");

        doctor.describe(TABLES.replace("      key: [id]", "      key: [id]\n      left-out: {avatar: \"drawn\"}")
                .replace("      key: [code]", "      key: [code]\n      left-out: {现场照片: \"of the door\"}"));
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING")).isEmpty();
    }

    @Test
    void aColumnThatNamesAPersonDoesNotLeaveAsItIs() throws Exception {
        run(
                "ALTER TABLE face DROP CONSTRAINT face_pkey, ADD COLUMN 手机 text, ADD PRIMARY KEY (手机)",
                "GRANT SELECT (手机) ON face TO capture",
                "ALTER PUBLICATION " + slot() + " SET TABLE face, gate, faceaudit_heartbeat");
        doctor.describe(TABLES.replace("key: [id]", "key: [手机]"));

        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .filteredOn(line -> line.startsWith("columns that look as if they named a person"))
                .singleElement()
                .asString()
                .contains("leave the source as they are: public.face.手机 (phone); name the person by them");

        doctor.describe(TABLES.replace("key: [id]", "key: [手机]").replace("column: phone", "column: 手机"));
        doctor.run();
        assertThat(doctor.lines("WARNING")).noneMatch(line -> line.contains("leave the source as they are"));
    }

    @Test
    void slotsAreCountedAndOnesOwnIsLookedAt() throws Exception {
        run(
                "SELECT pg_create_logical_replication_slot('a', 'pgoutput')",
                "SELECT pg_create_logical_replication_slot('b', 'pgoutput')");
        try {
            assertThat(doctor.run()).isEqualTo(1);
            assertThat(doctor.lines("PROBLEM"))
                    .containsExactly("no replication slot is free (max_replication_slots is 2); raise"
                            + " max_replication_slots and restart it, or drop one that nobody uses.");
            run(
                    "SELECT pg_drop_replication_slot('a')",
                    "SELECT pg_create_logical_replication_slot('" + slot() + "', 'pgoutput')");
            assertThat(doctor.run()).as("%s", doctor).isZero();
            assertThat(doctor.lines("WARNING"))
                    .containsExactly(
                            "slot " + slot() + " is there, and nobody reads it: the source keeps its log for it;"
                                    + " start the capture, or drop the slot if there is none any more.");
        } finally {
            run("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
        }
    }

    @Test
    void clocksAreCompared() {
        doctor.at(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));
        assertThat(doctor.run()).as("%s", doctor).isZero();
        assertThat(doctor.lines("WARNING"))
                .singleElement()
                .asString()
                .matches("the source's clock is 1[12]\\d s behind ours:.*");
        doctor.at(Clock.offset(Clock.systemUTC(), Duration.ofDays(-3)));
        assertThat(doctor.run()).isEqualTo(1);
        assertThat(doctor.lines("PROBLEM")).singleElement().asString().contains(" s ahead of ours: ");
    }

    @Test
    void whoCannotAskSaysWhy() throws Exception {
        doctor = new DoctorCall(
                directory, "postgresql", "jdbc:postgresql://127.0.0.1:1/postgres", "public.faceaudit_heartbeat");
        doctor.describe(TABLES);
        assertThat(doctor.run()).isEqualTo(2);
        assertThat(doctor.err()).contains("cannot be reached as capture: ").contains("ONE_PASSWORD");
        doctor.password(null);
        assertThat(doctor.run()).isEqualTo(2);
        assertThat(doctor.err()).contains("the environment variable ONE_PASSWORD is not set");
        doctor.describe("    public.face: {kee: [id]}\n");
        assertThat(doctor.run()).isEqualTo(2);
        assertThat(doctor.err()).contains("'kee' means nothing in table public.face.");
    }

    @Test
    void aSourceThatLetsOneInAndDoesNotAnswerIsReached() throws Exception {
        run("REVOKE SELECT ON pg_replication_slots FROM PUBLIC");
        try {
            assertThat(doctor.run()).isEqualTo(2);
            assertThat(doctor.err())
                    .contains("lets capture in, but does not answer")
                    .contains("permission denied for view pg_replication_slots")
                    .doesNotContain("cannot be reached")
                    .doesNotContain("ONE_PASSWORD");
        } finally {
            run("GRANT SELECT ON pg_replication_slots TO PUBLIC");
        }
    }
}
