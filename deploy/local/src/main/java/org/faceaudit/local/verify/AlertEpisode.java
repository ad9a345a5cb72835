package org.faceaudit.local.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One row of an alert table.
 *
 * @param generation of the job that wrote it
 * @param columns the convergent columns by name, in the order of the table, as text; {@code null} for SQL NULL
 * @param evidence the whole column {@code evidence}, of which {@code source} is convergent
 */
record AlertEpisode(int episode, long generation, Map<String, String> columns, JsonNode evidence) {

    static final String WITHDRAWN = "WITHDRAWN";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Column to how it is written, the same for equal values. */
    private static final Map<String, String> CONVERGENT = convergent();

    AlertEpisode {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    private static Map<String, String> convergent() {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : List.of("rule_id", "verdict", "status")) {
            columns.put(column, column);
        }
        columns.put("severity", "severity::text");
        for (String column : List.of("operator_id", "system_id", "subject_kind", "subject_id")) {
            columns.put(column, column);
        }
        columns.put("occurred_on", "occurred_on::text");
        columns.put("opened_at", "(opened_at AT TIME ZONE 'Asia/Shanghai')::text");
        columns.put("resolved_at", "(resolved_at AT TIME ZONE 'Asia/Shanghai')::text");
        columns.put("due_on", "due_on::text");
        columns.put("measured", "trim_scale(measured)::text");
        columns.put("threshold", "trim_scale(threshold)::text");
        columns.put("unit", "unit");
        columns.put("provisional", "provisional::text");
        for (String column : List.of("calendar_version", "law_version", "mapping_version", "exception_id")) {
            columns.put(column, column);
        }
        return Collections.unmodifiableMap(columns);
    }

    /**
     * The episodes of an alert, in order.
     *
     * @param schema of the table {@code alert}
     */
    static List<AlertEpisode> read(Connection connection, String schema, UUID alert) throws SQLException {
        List<AlertEpisode> episodes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT episode, generation, evidence::text, "
                + String.join(", ", CONVERGENT.values()) + " FROM " + schema
                + ".alert WHERE alert_id = ? ORDER BY episode")) {
            select.setObject(1, alert);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Map<String, String> columns = new LinkedHashMap<>();
                    int index = 4;
                    for (String column : CONVERGENT.keySet()) {
                        columns.put(column, row.getString(index++));
                    }
                    episodes.add(new AlertEpisode(row.getInt(1), row.getLong(2), columns, json(row.getString(3))));
                }
            }
        }
        return episodes;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is JSON", e);
        }
    }

    boolean withdrawn() {
        return WITHDRAWN.equals(columns.get("status"));
    }

    /** What of the evidence is a function of the changes alone. */
    JsonNode evidencedBy() {
        return evidence.path("source");
    }

    List<EvidencePosition> positions() {
        return EvidencePosition.of(evidence);
    }
}
