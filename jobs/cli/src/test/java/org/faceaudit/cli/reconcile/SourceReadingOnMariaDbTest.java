package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tables as in {@link SourceReadingTest}, in a database that is called as a schema is called there. */
class SourceReadingOnMariaDbTest {

    private static MariaDb server;
    private static Mapping mapping;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        mapping = ReconciledFile.write(directory).mapping();
        server = MariaDb.start(directory.resolve("server"));
        server.execute(
                "CREATE DATABASE public",
                "CREATE TABLE public.face (id bigint PRIMARY KEY, card varchar(20), name text, feature blob, kind varchar(9))",
                "CREATE TABLE public.photo (id int PRIMARY KEY, content longblob)",
                "CREATE TABLE public.owner (id uuid PRIMARY KEY, photo_id int, who varchar(20))",
                "CREATE TABLE public.gate (id varchar(20) PRIMARY KEY, by_face tinyint(1))",
                "INSERT INTO public.face VALUES (1, ' a1', 'x', x'01', 'real'), (2, 'A1 ', 'x', x'02', 'real'),"
                        + " (3, 'a2', 'x', '', 'real'), (4, 'a3', 'x', NULL, 'real'), (5, 'a4', 'x', x'01', 'test'),"
                        + " (6, 'a5', 'x', x'01', NULL), (7, ' ', 'x', x'01', 'real'), (8, NULL, 'x', x'01', 'real')",
                "INSERT INTO public.photo VALUES (7, x'00'), (8, NULL)",
                "INSERT INTO public.owner VALUES ('00000000-0000-0000-0000-00000000000b', 7, 'a1'),"
                        + " ('00000000-0000-0000-0000-00000000000a', 7, 'a9')",
                "INSERT INTO public.gate VALUES ('g', 1)",
                "CREATE USER capture@'%' IDENTIFIED BY 'capture'");
        server.execute(MariaDbCaptureSql.heartbeat(mapping).toArray(String[]::new));
        server.execute(MariaDbCaptureSql.grants(mapping, "capture").toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Connection capture() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("public"), "capture", "capture");
    }

    private static SourceReading.Held read() throws SQLException {
        try (Connection capture = capture()) {
            return SourceReading.of(SourceKind.MARIADB, capture, mapping, ReconciledFile.SECRET);
        }
    }

    @Test
    void rowsAndPersonsAreCountedWithTheRightsOfCapture() throws SQLException {
        SourceReading.Held held = read();

        assertThat(held.counts().rowsByTable())
                .containsAllEntriesOf(Map.of("public.face", 8L, "public.owner", 2L, "public.photo", 2L));
        assertThat(held.counts().persons()).as("A1, A5 and A9").isEqualTo(3);
    }

    @Test
    void whatIsCommittedAfterTheSnapshotIsNeitherCountedNorBeforeItsPosition() throws SQLException {
        try (Connection capture = capture()) {
            capture.setAutoCommit(false);
            SourceSnapshot snapshot = new CountedMariaDb().snapshot(capture);
            String before = logged();
            server.execute("INSERT INTO public.gate VALUES ('later', 1)");

            assertThat(snapshot.logPosition()).isEqualTo(before);
            assertThat(snapshot.sees(at(before))).isFalse();
            assertThat(snapshot.isPassedBy(at(before))).isTrue();
            assertThat(SourceReading.one(capture, "SELECT count(*) FROM public.gate WHERE id = 'later'"))
                    .isEqualTo("0");
        } finally {
            server.execute("DELETE FROM public.gate WHERE id = 'later'");
        }
        assertThat(read().counts().rowsByTable()).containsEntry("public.gate", 1L);
    }

    @Test
    void aTableWithoutSnapshotsIsRefusedByName() throws SQLException {
        server.execute("ALTER TABLE public.photo ENGINE = Aria");
        try {
            assertThatThrownBy(SourceReadingOnMariaDbTest::read)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("public.photo is kept by Aria");
        } finally {
            server.execute("ALTER TABLE public.photo ENGINE = InnoDB");
        }
    }

    @Test
    void ofTextsThatHoldImagesWhatTheConnectorCallsEmptyIsNot() throws SQLException {
        server.execute(
                "CREATE TABLE public.texts (id int PRIMARY KEY, t text)",
                "INSERT INTO public.texts VALUES (1, ''), (2, ' \\t'), (3, '[ ]'), (4, 'data:image/png;base64,'),"
                        + " (5, 'data:image/png;base64,AAAA'), (6, concat(char(92), 'x')), (7, '/a/b.jpg'), (8, NULL)");
        try {
            assertThat(present("path")).isEqualTo("3,4,5,6,7");
            assertThat(present("template")).isEqualTo("4,5,6,7");
            assertThat(present("base64")).isEqualTo("3,5,7");
        } finally {
            server.execute("DROP TABLE public.texts");
        }
    }

    private static String present(String form) throws SQLException {
        try (Connection root = server.connect()) {
            return SourceReading.one(
                    root,
                    "SELECT group_concat(id ORDER BY id) FROM public.texts WHERE "
                            + new CountedMariaDb().present("`t`", form, "text"));
        }
    }

    private static String logged() throws SQLException {
        try (Connection root = server.connect();
                Statement statement = root.createStatement();
                ResultSet row = statement.executeQuery("SHOW BINLOG STATUS")) {
            row.next();
            return row.getString(1) + ":" + row.getString(2);
        }
    }

    private static Position at(String logPosition) {
        return new Position("cdc.a.b", 0, 1, logPosition, "0-1-7", "public.gate", "k", Instant.EPOCH, false);
    }
}
