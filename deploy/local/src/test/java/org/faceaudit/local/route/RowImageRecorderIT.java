package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.capture.Passwords;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Home;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records what real connectors write under every replica identity of PostgreSQL, for the tests of intake: {@code
 * row-images.postgresql.jsonl} beside the operator's file there. Of a MariaDB whose row image is MINIMAL nothing can be recorded:
 * Debezium 3.5.0 fails on its rows. Only on request:
 *
 * <pre>mvn verify -pl deploy/local -am -Dtest=NoSuchTest -Dit.test=RowImageRecorderIT -Drow-images.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 */
@ExtendWith(StackExtension.class)
@EnabledIfSystemProperty(named = "row-images.write", matches = "true")
class RowImageRecorderIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String PASSWORD = "image-capture";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RECORDS =
            Home.find().root().resolve("jobs/intake/src/test/resources/org/faceaudit/intake");
    private static final String COLUMNS =
            " (branch varchar(9) NOT NULL, no int NOT NULL, photo %s, kept boolean DEFAULT true, day date %s)";

    @TempDir
    private Path directory;

    private final Stack stack;
    private final TopicDump topics;

    RowImageRecorderIT(Stack stack) {
        this.stack = stack;
        this.topics = new TopicDump(stack.bootstrap());
    }

    /**
     * Something done to a table.
     *
     * @param sql one statement
     * @param abouts what each record that comes of it shows
     */
    private record Step(String sql, String... abouts) {}

    @Test
    void recordsPostgresql() throws Exception {
        Database server = stack.source(StackExtension.SOURCE);
        server.execute(
                "CREATE DATABASE images", "CREATE ROLE image_capture LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
        Database images = new Database("images", server.port(), "images", stack.secrets());
        String[] tables = {"by_default", "by_index", "by_other_index", "by_full", "by_nothing", "passage"};
        for (String table : tables) {
            boolean key = List.of("by_default", "by_full", "by_nothing").contains(table);
            images.execute(
                    "CREATE TABLE " + table + COLUMNS.formatted("bytea", key ? ", PRIMARY KEY (branch, no)" : ""),
                    // Out of line and as it is, whatever it holds.
                    "ALTER TABLE " + table + " ALTER COLUMN photo SET STORAGE EXTERNAL");
        }
        OperatorFile file = file("postgresql", "jdbc:postgresql://127.0.0.1:5432/images", images.jdbcUrl());
        String topic = file.mapping().topic();
        images.execute(
                "CREATE UNIQUE INDEX whole ON by_index (branch, no)",
                "ALTER TABLE by_index REPLICA IDENTITY USING INDEX whole",
                "CREATE UNIQUE INDEX other ON by_other_index (branch)",
                "ALTER TABLE by_other_index REPLICA IDENTITY USING INDEX other",
                "ALTER TABLE by_full REPLICA IDENTITY FULL",
                "ALTER TABLE by_nothing REPLICA IDENTITY NOTHING",
                "ALTER TABLE passage REPLICA IDENTITY FULL",
                "CREATE TABLE faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamptz NOT NULL)",
                "INSERT INTO faceaudit_heartbeat VALUES (1, now())",
                "CREATE PUBLICATION " + ConnectorConfig.slotName(topic) + " FOR TABLE " + String.join(", ", tables)
                        + ", faceaudit_heartbeat");
        String photo = "decode(repeat('ffd8ffe0', 16384), 'hex')";
        List<Step> steps = new ArrayList<>();
        for (String table : List.of("by_default", "by_index", "by_other_index", "by_full", "passage")) {
            steps.addAll(life(table, photo));
        }
        steps.add(new Step(insert("by_default", 8, photo), "by_default: an insert"));
        steps.add(new Step(
                "UPDATE by_default SET no = 9 WHERE no = 8",
                "by_default: an update of the key itself comes as a delete of the old one",
                "by_default: and as an insert of the new one"));
        steps.add(new Step(insert("by_nothing", 7, photo), "by_nothing: an insert"));
        steps.add(new Step("TRUNCATE by_nothing", "by_nothing: a truncate"));

        record(file, images.superuser(), steps, "postgresql");
        assertThatThrownBy(() ->
                        images.execute("INSERT INTO by_nothing VALUES ('b1', 1)", "UPDATE by_nothing SET kept = NULL"))
                .as("the database refuses what could not be told")
                .isInstanceOf(SQLException.class);
        stack.connectors().delete(topic);
    }

    private static List<Step> life(String table, String photo) {
        return List.of(
                new Step(insert(table, 7, photo), table + ": an insert"),
                new Step("UPDATE " + table + " SET kept = false", table + ": an update that leaves the photo alone"),
                new Step(
                        "UPDATE " + table + " SET kept = NULL, day = NULL, photo = NULL",
                        table + ": an update to NULL of a column with a default"),
                new Step("DELETE FROM " + table, table + ": a delete"));
    }

    private static String insert(String table, int number, String photo) {
        return "INSERT INTO " + table + " VALUES ('b1', " + number + ", " + photo + ", true, '2026-01-05')";
    }

    private OperatorFile file(String kind, String address, String url) throws Exception {
        String text = Files.readString(RECORDS.resolve("row-images." + kind + ".yaml"));
        assertThat(text).contains(address);
        return OperatorFiles.read(Files.writeString(directory.resolve(kind + ".yaml"), text.replace(address, url)));
    }

    private void record(OperatorFile file, Connection connection, List<Step> steps, String kind) throws Exception {
        String topic = file.mapping().topic();
        Path passwords = Files.writeString(directory.resolve("passwords"), "IMAGE_PASSWORD=" + PASSWORD + "\n");
        Captures.start(stack, file, Passwords.of(passwords));
        await("the log is read")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> records(topic).stream()
                        .anyMatch(record -> record.path("op").asText().equals("u")));
        List<String> abouts = new ArrayList<>();
        try (connection;
                Statement statement = connection.createStatement()) {
            for (Step step : steps) {
                statement.execute(step.sql());
                abouts.addAll(List.of(step.abouts()));
            }
        }
        await("all is told").atMost(LIMIT).until(() -> told(topic).size() >= abouts.size());
        List<JsonNode> told = told(topic);
        assertThat(told).hasSameSizeAs(abouts);
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < abouts.size(); line++) {
            ObjectNode pair = JSON.createObjectNode().put("about", abouts.get(line));
            pair.set("record", told.get(line));
            lines.append(pair).append('\n');
        }
        Files.writeString(RECORDS.resolve("row-images." + kind + ".jsonl"), lines);
    }

    /** The changes of all tables but the heartbeat's. */
    private List<JsonNode> told(String topic) {
        return records(topic).stream()
                .filter(record -> record.path("source").hasNonNull("table"))
                .filter(record -> !record.path("source").path("table").asText().equals("faceaudit_heartbeat"))
                .toList();
    }

    private List<JsonNode> records(String topic) {
        return topics.committed(topic).stream()
                .filter(record -> record.value() != null)
                .map(record -> {
                    try {
                        return JSON.readTree(record.value());
                    } catch (IOException e) {
                        throw new AssertionError("offset " + record.offset() + " is not JSON", e);
                    }
                })
                .toList();
    }
}
