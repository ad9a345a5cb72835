package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL that onboard prints, run as it is, on names that nobody should give and somebody does. */
class OnboardedOnPostgresqlTest {

    private static final String TABLES = """
                "Sélect.order\\"s":
                  key: ["user"]
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: "a.b"}
                      image: {column: "照片 1", as: bytes}
                      stored-at: {column: Upper, type: timestamptz}
                  where: {column: "quo\\"te", not: "it's"}
            """;

    private static EmbeddedPostgres server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .start();
        owner("CREATE SCHEMA \"Sélect\"", """
                CREATE TABLE "Sélect"."order""s" ("user" int PRIMARY KEY, "a.b" text, "照片 1" bytea, "Upper" timestamptz,
                    "quo""te" text, "feature" bytea)""", """
                INSERT INTO "Sélect"."order""s" VALUES (1, '13800138000', 'x', now(), 'y', 'secret')""");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void owner(String... statements) throws SQLException {
        try (Connection owner = server.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void capture(String sql) throws SQLException {
        try (Connection capture = DriverManager.getConnection(url(), "audit.capture", "pw");
                Statement statement = capture.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    @Test
    void whatIsPrintedRunsAndIsEnoughAndNoMore() throws Exception {
        DoctorCall doctor = new DoctorCall(directory, "postgresql", url(), "\"Sélect.heart-beat\"", "audit.capture");
        doctor.describe(TABLES);

        owner(OnboardedSql.of(doctor.file()));

        assertThat(doctor.run()).as("%s", doctor).isZero();
        capture("SELECT \"user\", \"a.b\", \"照片 1\", \"Upper\", \"quo\"\"te\" FROM \"Sélect\".\"order\"\"s\"");
        assertThat(catchThrowable(() -> capture("SELECT feature FROM \"Sélect\".\"order\"\"s\"")))
                .hasMessageContaining("permission denied");
        assertThat(catchThrowable(() -> capture("DELETE FROM \"Sélect\".\"order\"\"s\"")))
                .hasMessageContaining("permission denied");
        // The owner's own work goes on.
        owner("UPDATE \"Sélect\".\"order\"\"s\" SET feature = 'z'", "DELETE FROM \"Sélect\".\"order\"\"s\"");
    }
}
