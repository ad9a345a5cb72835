package org.faceaudit.local.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Topics;

/** The alerts of one operator, as the audit database and as Kafka tell them. */
record AlertTable(Database audit, TopicDump topics, String operator) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHANGHAI = "to_char(%s AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')";

    private String ofOperator() {
        return " WHERE operator_id = '" + operator + "'";
    }

    /** Rule, subject and episode of every alert that is not WITHDRAWN, to its verdict, status and days. */
    Map<String, String> alerts() throws SQLException {
        Map<String, String> alerts = new TreeMap<>();
        for (String row :
                query("SELECT rule_id || ' ' || subject_id || ' ' || episode || '=' || concat_ws(' ', verdict, status,"
                        + " 'on ' || occurred_on, 'due ' || due_on, measured || coalesce('/' || threshold, ''), unit)"
                        + " FROM audit_api.alert_v1" + ofOperator() + " AND status <> 'WITHDRAWN'")) {
            alerts.put(row.substring(0, row.indexOf('=')), row.substring(row.indexOf('=') + 1));
        }
        return alerts;
    }

    /**
     * The episodes of one alert in their order, WITHDRAWN ones left out: verdict, status, days, the count of something, and from
     * when to when by Shanghai time.
     */
    List<String> episodes(String rule, String subject) throws SQLException {
        return query("SELECT concat_ws(' ', episode || ':', verdict, status, 'on ' || occurred_on, 'due ' || due_on,"
                + " trim_scale(measured) || ' ' || unit, 'from ' || " + SHANGHAI.formatted("opened_at")
                + ", 'to ' || " + SHANGHAI.formatted("resolved_at") + ") FROM audit_api.alert_v1" + ofOperator()
                + about(rule, subject) + " AND status <> 'WITHDRAWN' ORDER BY episode");
    }

    /** What the history tells of one episode, in its order: verdict and status as often as they changed. */
    List<String> history(String rule, String subject, int episode) throws SQLException {
        List<String> told = new ArrayList<>();
        for (String revision : query("SELECT verdict || ' ' || status FROM audit_api.alert_history_v1" + ofOperator()
                + about(rule, subject) + " AND episode = " + episode + " ORDER BY change_seq")) {
            if (told.isEmpty() || !told.get(told.size() - 1).equals(revision)) {
                told.add(revision);
            }
        }
        return told;
    }

    private static String about(String rule, String subject) {
        return " AND rule_id = '" + rule + "' AND subject_id = '" + subject + "'";
    }

    /** Alert and episode to the newest generation and revision, with verdict and status; WITHDRAWN ones included. */
    Map<String, String> newestInTable() throws SQLException {
        Map<String, String> newest = new TreeMap<>();
        for (String row :
                query("SELECT alert_id || '#' || episode || '=' || concat_ws(' ', generation, revision, verdict,"
                        + " status) FROM audit_api.alert_v1" + ofOperator())) {
            newest.put(row.substring(0, row.indexOf('=')), row.substring(row.indexOf('=') + 1));
        }
        return newest;
    }

    /** The same by the committed records of the topic, each keyed by its alert. */
    Map<String, String> newestOnKafka() throws IOException {
        Map<String, JsonNode> newest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.committed(Topics.ALERTS)) {
            JsonNode alert = JSON.readTree(record.value());
            if (alert.path("operator_id").asText().equals(operator)) {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (!key.equals(alert.path("alert_id").asText())) {
                    throw new AssertionError("a record of alert " + alert.path("alert_id") + " has the key " + key);
                }
                newest.merge(
                        key + "#" + alert.path("episode").asInt(),
                        alert,
                        (one, other) -> isNewer(other, one) ? other : one);
            }
        }
        Map<String, String> texts = new TreeMap<>();
        newest.forEach((identity, alert) -> texts.put(
                identity,
                String.join(
                        " ",
                        alert.path("generation").asText(),
                        alert.path("revision").asText(),
                        alert.path("verdict").asText(),
                        alert.path("status").asText())));
        return texts;
    }

    private static boolean isNewer(JsonNode alert, JsonNode than) {
        long generation = alert.path("generation").asLong();
        long otherGeneration = than.path("generation").asLong();
        return generation != otherGeneration
                ? generation > otherGeneration
                : alert.path("revision").asLong() > than.path("revision").asLong();
    }

    /** The first column of a query, as text. */
    List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = audit.superuser();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
