package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReadingTest {

    private static EmbeddedPostgres server;
    private static Mapping mapping;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        mapping = ReconciledFile.write(directory).mapping();
        server = EmbeddedPostgres.builder().start();
        run(
                "CREATE TABLE face (id bigint PRIMARY KEY, card text, name text, feature bytea, kind text)",
                "CREATE TABLE photo (id int PRIMARY KEY, content bytea)",
                "CREATE TABLE owner (id uuid PRIMARY KEY, photo_id int, who text)",
                "CREATE TABLE gate (id text PRIMARY KEY, by_face boolean)",
                "INSERT INTO face VALUES (1, ' a1', 'x', '\\x01', 'real'), (2, 'A1 ', 'x', '\\x02', 'real'),"
                        + " (3, 'a2', 'x', '\\x', 'real'), (4, 'a3', 'x', NULL, 'real'), (5, 'a4', 'x', '\\x01', 'test'),"
                        + " (6, 'a5', 'x', '\\x01', NULL), (7, ' ', 'x', '\\x01', 'real'), (8, NULL, 'x', '\\x01', 'real')",
                "INSERT INTO photo VALUES (7, '\\x00'), (8, NULL)",
                "INSERT INTO owner VALUES ('00000000-0000-0000-0000-00000000000b', 7, 'a1'),"
                        + " ('00000000-0000-0000-0000-00000000000a', 7, 'a9')",
                "INSERT INTO gate VALUES ('g', true)",
                "CREATE ROLE capture LOGIN");
        run(CaptureSql.heartbeat(mapping).toArray(String[]::new));
        run(CaptureSql.grants(mapping, "capture").toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
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
    void rowsAndPersonsAreCountedWithTheRightsOfCapture() throws SQLException {
        try (Connection capture = server.getDatabase("capture", "postgres").getConnection()) {
            SourceReading.Held held = SourceReading.of(SourceKind.POSTGRESQL, capture, mapping, ReconciledFile.SECRET);

            assertThat(held.counts().rowsByTable())
                    .isEqualTo(Map.of("public.face", 8L, "public.gate", 1L, "public.owner", 2L, "public.photo", 2L));
            assertThat(held.counts().persons()).as("A1, A5 and A9").isEqualTo(3);
            assertThat(held.counts().rows()).isEqualTo(13);
        }
    }

    @Test
    void rowsThatNothingNamesAreCountedToo() throws Exception {
        run("INSERT INTO face SELECT 100 + id, card, name, feature, kind FROM face WHERE id = 2");
        try (Connection capture = server.getDatabase("capture", "postgres").getConnection()) {
            SourceReading.Held held = SourceReading.of(
                    SourceKind.POSTGRESQL,
                    capture,
                    ReconciledFile.writeKeyless(directory).mapping(),
                    ReconciledFile.SECRET);

            assertThat(held.counts().rowsByTable())
                    .containsEntry("public.face", 9L)
                    .containsEntry("public.photo", 2L);
            assertThat(held.counts().persons()).as("A1, A5 and A9").isEqualTo(3);
        } finally {
            run("DELETE FROM face WHERE id = 102");
        }
    }

    @Test
    void anOpenTransactionIsNotSeenAndIsNamed() throws SQLException {
        try (Connection open = server.getPostgresDatabase().getConnection();
                Statement statement = open.createStatement();
                Connection capture = server.getDatabase("capture", "postgres").getConnection()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO gate VALUES ('open', true)");
            String transaction;
            try (var row = statement.executeQuery("SELECT pg_current_xact_id()::text")) {
                row.next();
                transaction = row.getString(1);
            }

            SourceReading.Held held = SourceReading.of(SourceKind.POSTGRESQL, capture, mapping, ReconciledFile.SECRET);
            open.rollback();

            assertThat(held.counts().rowsByTable()).containsEntry("public.gate", 1L);
            assertThat(held.snapshot().sees(by(transaction))).isFalse();
            assertThat(held.snapshot().sees(by("3"))).isTrue();
        }
    }

    private static Position by(String transaction) {
        return new Position("cdc.a.b", 0, 1, "0/1", transaction, "public.t", "k", Instant.EPOCH, false);
    }
}
