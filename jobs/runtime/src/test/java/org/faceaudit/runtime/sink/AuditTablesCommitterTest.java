package org.faceaudit.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTablesCommitterTest {

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    @BeforeAll
    static void startDatabase() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA audit");
            statement.execute("CREATE TABLE audit.taken (at serial, what text, rows jsonb)");
            for (String table : List.of("put_source", "put_alert")) {
                statement.execute("CREATE FUNCTION audit." + table + "(rows jsonb) RETURNS bigint LANGUAGE sql AS"
                        + " $$ INSERT INTO audit.taken (what, rows) VALUES ('" + table
                        + "', rows) RETURNING 1::bigint $$");
            }
            for (String sweep : List.of("withdraw_stale", "sweep_stale")) {
                statement.execute("CREATE FUNCTION audit." + sweep + "(operator text, generation bigint) RETURNS bigint"
                        + " LANGUAGE sql AS $$ INSERT INTO audit.taken (what, rows) VALUES ('" + sweep
                        + "', jsonb_build_array(operator, generation)) RETURNING 1::bigint $$");
            }
        }
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE audit.taken");
        }
    }

    @Test
    void writesAlertsBeforeItWithdrawsWhatIsStale() throws Exception {
        commit(
                database(),
                new AuditChunk(AuditTable.STALE, 0, "[{\"operator\":\"op\",\"generation\":7}]"),
                new AuditChunk(AuditTable.ALERT, 2, "[{\"n\":2}]"),
                new AuditChunk(AuditTable.ALERT, 1, "[{\"n\":1}]"),
                new AuditChunk(AuditTable.SOURCE, 3, "[{\"n\":3}]"));

        assertThat(taken())
                .containsExactly(
                        "put_source [{\"n\": 3}]",
                        "put_alert [{\"n\": 1}]",
                        "put_alert [{\"n\": 2}]",
                        "withdraw_stale [\"op\", 7]",
                        "sweep_stale [\"op\", 7]");
    }

    @Test
    void writesAllChunksOfACheckpointOrNone() throws Exception {
        assertThatThrownBy(() -> commit(
                        database(),
                        new AuditChunk(AuditTable.ALERT, 0, "[{\"n\":1}]"),
                        new AuditChunk(AuditTable.STALE, 1, "not json")))
                .isInstanceOf(IOException.class);

        assertThat(taken()).isEmpty();
    }

    @Test
    void waitsForADatabaseThatIsAwayAndThenFailsForTheJobToRestart() throws Exception {
        AuditDatabase nobody = new AuditDatabase("jdbc:postgresql://127.0.0.1:1/postgres", "postgres", null);

        assertThatThrownBy(() -> commit(nobody, new AuditChunk(AuditTable.ALERT, 0, "[{\"n\":1}]")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not take the rows");
    }

    @Test
    void goesOnWithANewConnectionAfterTheDatabaseHasCutTheOldOne() throws Exception {
        try (AuditTablesCommitter committer =
                new AuditTablesCommitter(database().connections(), Duration.ofSeconds(20))) {
            committer.commit(requests(new AuditChunk(AuditTable.ALERT, 0, "[{\"n\":1}]")));
            cutConnections();
            committer.commit(requests(new AuditChunk(AuditTable.ALERT, 0, "[{\"n\":2}]")));
        }

        assertThat(taken()).containsExactly("put_alert [{\"n\": 1}]", "put_alert [{\"n\": 2}]");
    }

    @Test
    void closesQuietlyWithoutEverHavingConnected() throws Exception {
        AuditTablesCommitter committer = new AuditTablesCommitter(database().connections(), Duration.ZERO);
        committer.close();
        committer.close();

        assertThat(taken()).isEmpty();
    }

    @Test
    void readsThePasswordWhereItConnects() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "secret\n");
        AuditDatabase database =
                new AuditDatabase(postgres.getJdbcUrl("postgres", "postgres"), "postgres", password.toString());

        assertThat(database.connections().getProperties().getProperty("password"))
                .isEqualTo("secret");
        assertThat(database.toString()).doesNotContain("secret");
    }

    private static AuditDatabase database() {
        return new AuditDatabase(postgres.getJdbcUrl("postgres", "postgres"), "postgres", null);
    }

    private static void commit(AuditDatabase database, AuditChunk... chunks) throws Exception {
        try (AuditTablesCommitter committer =
                new AuditTablesCommitter(database.connections(), Duration.ofMillis(300))) {
            committer.commit(requests(chunks));
        }
    }

    private static void cutConnections() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'faceaudit-job'");
        }
    }

    private static List<String> taken() throws SQLException {
        List<String> taken = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT what || ' ' || rows FROM audit.taken ORDER BY at")) {
            while (rows.next()) {
                taken.add(rows.getString(1));
            }
        }
        return taken;
    }

    private static Collection<Committer.CommitRequest<AuditChunk>> requests(AuditChunk... chunks) {
        List<Committer.CommitRequest<AuditChunk>> requests = new ArrayList<>();
        for (AuditChunk chunk : chunks) {
            requests.add(new Request(chunk));
        }
        return requests;
    }

    /** A request that accepts nothing but success. */
    private record Request(AuditChunk chunk) implements Committer.CommitRequest<AuditChunk> {

        @Override
        public AuditChunk getCommittable() {
            return chunk;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void retryLater() {
            throw new AssertionError("retries happen inside the committer");
        }

        @Override
        public void updateAndRetryLater(AuditChunk committable) {
            throw new AssertionError("retries happen inside the committer");
        }

        @Override
        public void signalAlreadyCommitted() {
            throw new AssertionError("committing twice is no special case");
        }
    }
}
