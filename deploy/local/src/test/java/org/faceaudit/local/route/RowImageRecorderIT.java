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
import java.util.concurrent.atomic.AtomicReference;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.capture.Passwords;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Home;
import org.faceaudit.local.stack.Rest;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records what real connectors write under every replica identity of PostgreSQL and every row image of MariaDB, for the tests of
 * intake: {@code row-images.postgresql.jsonl} and {@code row-images.mariadb.jsonl} beside the operators' files there; where the
 * connector fails, what it says. Only on request:
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
    private final Rest connect;

    RowImageRecorderIT(Stack stack) {
        this.stack = stack;
        this.connect = new Rest(stack.ports().connect(), Duration.ofSeconds(30));
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
        String[] tables = {"by_default", "by_index", "by_other_index", "by_full", "by_nothing", "passage", "strict"};
        for (String table : tables) {
            boolean key =
                    List.of("by_default", "by_full", "by_nothing", "strict").contains(table);
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
                "ALTER TABLE strict ALTER photo SET NOT NULL, ALTER kept SET NOT NULL, ALTER day SET NOT NULL",
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
        steps.add(new Step(insert("strict", 7, photo), "strict, no column of which may be NULL: an insert"));
        steps.add(new Step("DELETE FROM strict", "strict, no column of which may be NULL: a delete"));

        record(file, images.superuser(), steps, List.of(), "postgresql");
        assertThatThrownBy(() ->
                        images.execute("INSERT INTO by_nothing VALUES ('b1', 1)", "UPDATE by_nothing SET kept = NULL"))
                .as("the database refuses what could not be told")
                .isInstanceOf(SQLException.class);
        stack.connectors().delete(topic);
    }

    @Test
    void recordsMariaDb() throws Exception {
        Database server = stack.source(StackExtension.MARIADB_SOURCE);
        server.execute(
                "CREATE DATABASE images",
                "CREATE USER image_capture@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT ALL PRIVILEGES ON *.* TO image_capture@'%'",
                "CREATE TABLE images.face" + COLUMNS.formatted("longblob", ", PRIMARY KEY (branch, no)"),
                "CREATE TABLE images.passage" + COLUMNS.formatted("longblob", ""),
                "CREATE TABLE images.faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamp(6) NOT NULL)",
                "INSERT INTO images.faceaudit_heartbeat VALUES (1, now(6))");
        String address = server.jdbcUrl().substring(0, server.jdbcUrl().lastIndexOf('/')) + "/images";
        OperatorFile file = file("mariadb", "jdbc:mariadb://127.0.0.1:3306/images", address);
        String photo = "unhex(repeat('ffd8ffe0', 16384))";
        List<Step> steps = new ArrayList<>();
        for (String table : List.of("images.face", "images.passage")) {
            steps.addAll(life(table, photo));
        }
        steps.add(new Step(insert("images.face", 8, photo), "images.face: an insert"));
        steps.add(new Step(
                "UPDATE images.face SET no = 9 WHERE no = 8",
                "images.face: an update of the key itself comes as a delete of the old one",
                "images.face: and as an insert of the new one"));
        steps.add(new Step("TRUNCATE TABLE images.face", "images.face: a truncate"));
        List<Step> notWhole = new ArrayList<>();
        for (String image : List.of("NOBLOB", "MINIMAL")) {
            String about = "row image " + image + ": ";
            notWhole.addAll(List.of(
                    image(image, insert("images.face", 1, photo), about + "an insert that names every column"),
                    image(
                            image,
                            "INSERT INTO images.face (branch, no) VALUES ('b2', " + image.length() + ")",
                            about + "an insert that does not"),
                    image(
                            image,
                            "UPDATE images.face SET kept = false WHERE no = 1",
                            about + "an update that leaves the photo alone"),
                    image(image, "UPDATE images.face SET photo = NULL WHERE no = 1", about + "an update of the photo"),
                    image(image, "DELETE FROM images.face WHERE no = 1", about + "a delete"),
                    image(image, insert("images.passage", 1, photo), about + "an insert without a key"),
                    image(image, "DELETE FROM images.passage", about + "a delete without a key")));
        }
        record(file, server.superuser(), steps, notWhole, "mariadb");
        stack.connectors().delete(file.mapping().topic());
    }

    private static Step image(String image, String sql, String about) {
        return new Step("SET SESSION binlog_row_image = '" + image + "'; " + sql, about);
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

    /** @param notWhole of which the connector makes one record each, or at which it fails, as is found then */
    private void record(OperatorFile file, Connection connection, List<Step> steps, List<Step> notWhole, String kind)
            throws Exception {
        String topic = file.mapping().topic();
        Path passwords = Files.writeString(directory.resolve("passwords"), "IMAGE_PASSWORD=" + PASSWORD + "\n");
        Captures.start(stack, file, Passwords.of(passwords));
        await("the log is read")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> records(topic).stream()
                        .anyMatch(record -> record.path("op").asText().equals("u")));
        StringBuilder lines = new StringBuilder();
        try (connection;
                Statement statement = connection.createStatement()) {
            List<String> abouts = new ArrayList<>();
            for (Step step : steps) {
                statement.execute(step.sql());
                abouts.addAll(List.of(step.abouts()));
            }
            await("all is told").atMost(LIMIT).until(() -> told(topic).size() >= abouts.size());
            List<JsonNode> told = told(topic);
            assertThat(told).hasSameSizeAs(abouts);
            for (int line = 0; line < abouts.size(); line++) {
                lines.append(pair(abouts.get(line), told.get(line))).append('\n');
            }
            for (Step step : notWhole) {
                int before = told(topic).size();
                statement.execute(step.sql());
                // A connector that has failed is started again, and says nothing until it fails again.
                AtomicReference<String> failed = new AtomicReference<>();
                await(step.abouts()[0]).atMost(LIMIT).until(() -> {
                    failed.set(failure(topic));
                    return failed.get() != null || told(topic).size() > before;
                });
                if (failed.get() == null) {
                    lines.append(pair(step.abouts()[0], told(topic).get(before)))
                            .append('\n');
                    continue;
                }
                lines.append(JSON.createObjectNode()
                                .put("about", step.abouts()[0])
                                .put("failed", failed.get()))
                        .append('\n');
                stack.connectors().putAnew(topic, topic, stack.connectors().configuration(topic));
                await("the source was read anew")
                        .atMost(LIMIT)
                        .until(() -> failure(topic) == null && isHeardAgain(topic));
            }
        }
        Files.writeString(RECORDS.resolve("row-images." + kind + ".jsonl"), lines);
    }

    private static ObjectNode pair(String about, JsonNode record) {
        ObjectNode pair = JSON.createObjectNode().put("about", about);
        // A key names the columns by which its table tells rows apart.
        pair.set("key", ((ObjectNode) record).remove("key of the record"));
        pair.set("record", record);
        return pair;
    }

    /** Why the task has failed; {@code null} while it has not. */
    private String failure(String topic) throws IOException, InterruptedException {
        for (JsonNode task :
                connect.get("/connectors/" + topic + "/status").body().path("tasks")) {
            String trace = task.path("trace").asText("");
            if (!trace.isEmpty()) {
                return trace.lines()
                        .filter(line -> line.startsWith("Caused by: "))
                        .reduce((first, line) -> line)
                        .orElse(trace)
                        .substring("Caused by: ".length());
            }
        }
        return null;
    }

    /** Whether the newest record is a heartbeat of the log, so that a snapshot has ended. */
    private boolean isHeardAgain(String topic) {
        List<JsonNode> records = records(topic).stream()
                .filter(record -> record.path("source").hasNonNull("table"))
                .toList();
        JsonNode newest = records.get(records.size() - 1);
        return newest.path("op").asText().equals("u")
                && newest.path("source").path("table").asText().equals("faceaudit_heartbeat");
    }

    /** The changes of all tables but the heartbeat's; what a snapshot reads again is none. */
    private List<JsonNode> told(String topic) {
        return records(topic).stream()
                .filter(record -> !record.path("op").asText().equals("r"))
                .filter(record -> record.path("source").hasNonNull("table"))
                .filter(record -> !record.path("source").path("table").asText().equals("faceaudit_heartbeat"))
                .toList();
    }

    private List<JsonNode> records(String topic) {
        return topics.committed(topic).stream()
                .filter(record -> record.value() != null)
                .map(record -> {
                    try {
                        ObjectNode read = (ObjectNode) JSON.readTree(record.value());
                        return (JsonNode) read.set(
                                "key of the record", record.key() == null ? null : JSON.readTree(record.key()));
                    } catch (IOException e) {
                        throw new AssertionError("offset " + record.offset() + " is not JSON", e);
                    }
                })
                .toList();
    }
}
