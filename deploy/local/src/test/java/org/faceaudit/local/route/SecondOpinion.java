package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Topics;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.OracleAlert;
import org.faceaudit.oracle.TopicRecord;

/**
 * Compares the alert table of the one operator with what the oracle makes of the topics, each read as far as the table's own
 * {@code source_v1} says that it was known.
 *
 * @param mappingVersion hash of the operator's mapping, which alerts about it and its one system must name
 */
record SecondOpinion(Database audit, TopicDump topics, String mappingVersion) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAW_VERSION = "measures-2025";

    /** One look at the database. */
    private record Look(Map<String, Instant> knownThrough, List<Row> rows) {}

    /** A row with the convergent columns that the oracle leaves to others. */
    private record Row(OracleAlert alert, String lawVersion, String mappingVersion, JsonNode evidence) {}

    /** Fails with every row that differs. */
    void requireSame() throws SQLException, IOException {
        Look look = look();
        Map<String, List<ConsumerRecord<byte[], byte[]>>> dump = new TreeMap<>();
        List<TopicRecord> known = new ArrayList<>();
        for (String topic : List.of(Topics.REGISTRY, RouteSource.TOPIC)) {
            dump.put(topic, topics.committed(topic));
            assertThat(look.knownThrough()).containsKey(topic);
            known.addAll(upTo(look.knownThrough().get(topic), topic, OracleWords.of(dump.get(topic))));
        }
        List<OracleAlert> opinion = new Oracle(known, operator -> null, null, topic -> RouteSource.LISTENING)
                .alerts().stream()
                        .filter(alert -> alert.operator().equals(RouteSource.OPERATOR))
                        .map(OracleAlert::withoutPositions)
                        .toList();
        assertThat(opinion).as("the oracle has found something").isNotEmpty();
        assertThat(look.rows().stream().map(Row::alert))
                .as("alerts as of %s", look.knownThrough())
                .containsExactlyInAnyOrderElementsOf(opinion);
        for (Row row : look.rows()) {
            assertThat(row.lawVersion()).as("law of %s", row.alert()).isEqualTo(LAW_VERSION);
            // What is said of a source's log itself rests on no mapping.
            boolean read = !row.alert().subjectKind().equals("source");
            assertThat(row.mappingVersion()).as("mapping of %s", row.alert()).isEqualTo(read ? mappingVersion : null);
            requireProof(row, dump);
        }
    }

    /** The convergent columns with all evidence from the sources, and the explanations: what a new derivation must repeat. */
    Map<String, String> derivation() throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Connection connection = audit.connect("analyst");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT alert_id || '#' || episode, (to_jsonb(a) - 'evidence'"
                        + " - 'detected_at' - 'days_left' - 'generation' - 'revision' - 'change_seq')::text || (evidence->'source')"
                        + " FROM audit_api.alert_v1 a WHERE operator_id = '" + RouteSource.OPERATOR + "'")) {
            while (row.next()) {
                rows.put(row.getString(1), row.getString(2));
            }
        }
        return rows;
    }

    private Look look() throws SQLException {
        Map<String, Instant> knownThrough = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        try (Connection connection = audit.superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (ResultSet row = statement.executeQuery(
                    "SELECT operator_id, system_id, known_through FROM audit_api.source_v1 WHERE known_through IS NOT NULL")) {
                while (row.next()) {
                    String operator = row.getString(1);
                    knownThrough.put(
                            operator.equals("registry") ? Topics.REGISTRY : "cdc." + operator + "." + row.getString(2),
                            instant(row, "known_through"));
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT a.*, stored.trigger FROM audit_api.alert_v1 a JOIN audit.alert stored USING (alert_id, episode)"
                            + " WHERE a.operator_id = '" + RouteSource.OPERATOR + "' AND a.status <> 'WITHDRAWN'")) {
                while (row.next()) {
                    rows.add(new Row(
                            alert(row),
                            row.getString("law_version"),
                            row.getString("mapping_version"),
                            JSON.readTree(row.getString("evidence"))));
                }
            } catch (IOException e) {
                throw new AssertionError("evidence is no JSON", e);
            }
        }
        return new Look(knownThrough, rows);
    }

    private static OracleAlert alert(ResultSet row) throws SQLException {
        return new OracleAlert(
                row.getObject("alert_id", UUID.class),
                row.getString("rule_id"),
                row.getString("operator_id"),
                row.getString("system_id"),
                row.getString("subject_kind"),
                row.getString("subject_id"),
                row.getString("trigger"),
                row.getInt("episode"),
                row.getString("verdict"),
                row.getString("status"),
                row.getInt("severity"),
                row.getObject("occurred_on", LocalDate.class),
                instant(row, "opened_at"),
                instant(row, "resolved_at"),
                row.getObject("due_on", LocalDate.class),
                number(row, "measured"),
                number(row, "threshold"),
                row.getString("unit"),
                row.getBoolean("provisional"),
                row.getString("calendar_version"),
                row.getString("exception_id"),
                // Compared below with the records at these positions, since the oracle reads other names of the tables.
                null);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static BigDecimal number(ResultSet row, String column) throws SQLException {
        BigDecimal number = row.getBigDecimal(column);
        return number == null
                ? null
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    /** The longest beginning of a topic that is known no further than an instant. */
    private static List<TopicRecord> upTo(Instant known, String topic, List<TopicRecord> records) {
        int enough = 0;
        int tooMuch = records.size() + 1;
        while (enough + 1 < tooMuch) {
            int middle = (enough + tooMuch) >>> 1;
            Instant through = new Oracle(records.subList(0, middle)).knownThrough(topic);
            if (through == null || !through.isAfter(known)) {
                enough = middle;
            } else {
                tooMuch = middle;
            }
        }
        List<TopicRecord> part = records.subList(0, enough);
        assertThat(new Oracle(part).knownThrough(topic))
                .as("how far %s is known, by its records and by source_v1", topic)
                .isEqualTo(known);
        return part;
    }

    /** Every single position of the evidence lies in its topic and says what the record there says. */
    private static void requireProof(Row row, Map<String, List<ConsumerRecord<byte[], byte[]>>> dump)
            throws IOException {
        ArrayNode source = row.evidence().withArray("source");
        ArrayNode kafka = row.evidence().withArray("kafka");
        assertThat(source).as("evidence of %s", row.alert()).isNotEmpty();
        for (int index = 0; index < kafka.size(); index++) {
            JsonNode place = kafka.get(index);
            ConsumerRecord<byte[], byte[]> record = dump.get(place.path("topic").asText()).stream()
                    .filter(candidate ->
                            candidate.offset() == place.path("offset").asLong())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no record at " + place));
            JsonNode said = source.get(index);
            JsonNode origin = JSON.readTree(record.value()).path("source");
            long lsn = origin.path("lsn").asLong();
            assertThat(said.path("log_position").asText()).isEqualTo("%X/%X".formatted(lsn >>> 32, lsn & 0xFFFF_FFFFL));
            assertThat(said.path("table").asText())
                    .isEqualTo(origin.path("schema").asText() + "."
                            + origin.path("table").asText());
            assertThat(Instant.parse(said.path("committed_at").asText()))
                    .isEqualTo(Instant.EPOCH.plusNanos(origin.path("ts_ns").asLong()));
            if (origin.path("snapshot").asText().equals("false")) {
                assertThat(said.path("transaction").asText())
                        .isEqualTo(origin.path("txId").asText());
            }
        }
        if (row.alert().ruleId().equals("sole-face-method") && row.alert().resolvedAt() != null) {
            assertThat(source)
                    .as("the change that resolved %s", row.alert())
                    .anySatisfy(said -> assertThat(said.path("committed_at").asText())
                            .isEqualTo(row.alert().resolvedAt().toString()));
        }
    }
}
