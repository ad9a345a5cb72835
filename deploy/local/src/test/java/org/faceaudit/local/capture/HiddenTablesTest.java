package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MariaDB hides a table that the capture may no longer read; a snapshot that a changed file has taken would find it empty. */
class HiddenTablesTest {
    private static final String FILE = """
            operator: hidden-court
            system: faces
            source:
              kind: mariadb
              url: %s
              user: capture
              password: ${env:HIDDEN}
              zone: Asia/Shanghai
              heartbeat: {table: court.faceaudit_heartbeat}
            mapping:
              token-key: %s
              tables:
                court.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: phone}
                      image: {present: row}
                      template: {present: never}
                  %s
            """;
    private static final String NAME_LEFT_OUT = "left-out: {name: \"not needed\"}";
    private static final String MANY = """
                court.visit_{nn}:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {constant: [FACE]}
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private void require(OperatorFile file) {
        Captures.requireReady(
                List.of(file),
                directory,
                new Passwords(Map.of("HIDDEN", "pw"), null),
                new Progress(new PrintStream(said, true, StandardCharsets.UTF_8)));
    }

    private OperatorFile file(MariaDb server, String key, String name, String further) throws Exception {
        return OperatorFiles.read(Files.writeString(
                directory.resolve("court.yaml"), FILE.formatted(server.jdbcUrl("court"), key, name) + further));
    }

    @Test
    void whatTheCaptureMayNoLongerReadIsNotReadAnew() throws Exception {
        try (MariaDb server = MariaDb.start(directory.resolve("server"))) {
            server.execute(
                    "CREATE DATABASE court",
                    "CREATE TABLE court.face (id int PRIMARY KEY, phone varchar(20), name varchar(20))",
                    "CREATE TABLE court.visit_01 (id int PRIMARY KEY)",
                    "CREATE USER capture@'%' IDENTIFIED BY 'pw'");
            OperatorFile first = file(server, "k1", NAME_LEFT_OUT, "");
            server.execute(MariaDbCaptureSql.heartbeat(first.mapping()).toArray(String[]::new));
            server.execute(MariaDbCaptureSql.grants(first.mapping(), "capture").toArray(String[]::new));
            server.execute("GRANT SELECT (id), SHOW VIEW ON court.visit_01 TO capture@'%'");
            require(first);
            Files.createDirectories(directory.resolve("captured"));
            Files.writeString(
                    directory.resolve("captured").resolve(first.mapping().topic()), "captured");
            new CapturedKey(directory, first.mapping()).keep(first.mapping());
            new CapturedColumns(directory, first.mapping())
                    .keep(Map.of(
                            CapturedColumns.SETTING,
                            "court\\.face\\.id,court\\.face\\.phone,"
                                    + "court\\.faceaudit_heartbeat\\.id,court\\.faceaudit_heartbeat\\.beat_at"));
            require(file(server, "k2", NAME_LEFT_OUT, ""));
            assertThatThrownBy(() -> require(file(server, "k2", NAME_LEFT_OUT, MANY)))
                    .as("there may be more of them than it sees")
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("cannot be read anew")
                    .hasMessageContaining("grant SELECT on the whole database");

            server.execute("REVOKE ALL PRIVILEGES, GRANT OPTION FROM capture@'%'");
            server.execute(MariaDbCaptureSql.grants(first.mapping(), "capture").stream()
                    .filter(grant -> !grant.contains("SELECT ("))
                    .toArray(String[]::new));
            require(file(server, "k1", NAME_LEFT_OUT, ""));
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .as("who reads on from the log is only warned")
                    .contains("warning")
                    .contains("no table court.face");
            assertThatThrownBy(() -> require(file(server, "k2", NAME_LEFT_OUT, "")))
                    .as("another key")
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("no table court.face, or its user may not see it");
            assertThatThrownBy(() -> require(file(server, "k1", "tokens: {name: free-text}", "")))
                    .as("another column")
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("no table court.face, or its user may not see it");
        }
    }
}
