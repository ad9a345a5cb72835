package org.faceaudit.local.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;

/** Reads the audit database as an analyst does: through {@code audit_api} only. */
final class AuditView {
    private static final String ROLE = "analyst";

    private final Database audit;

    AuditView(Database audit) {
        this.audit = audit;
    }

    /**
     * One episode of an alert with what is told about it.
     *
     * @param row what is compared
     * @param article where it rests
     * @param since ISO date of the fact
     * @param zh sentence in Chinese
     * @param en sentence in English
     * @param change the database's own order of changes
     */
    record TellableAlert(AlertRow row, String article, String since, String zh, String en, long change) {}

    /** Every alert that is not WITHDRAWN, by operator, rule and subject. */
    List<AlertRow> alerts() {
        return query(
                "SELECT * FROM audit_api.alert_v1 WHERE status <> 'WITHDRAWN'"
                        + " ORDER BY operator_id, rule_id, subject_id, episode",
                AuditView::alertRow);
    }

    /** Alerts that changed after a place in the database's order of changes, WITHDRAWN ones included. */
    List<TellableAlert> changedAfter(long change) {
        return query(
                "SELECT * FROM audit_api.alert_v1 WHERE change_seq > " + change + " ORDER BY change_seq",
                row -> new TellableAlert(
                        alertRow(row),
                        row.getString("law_article"),
                        row.getString("occurred_on"),
                        row.getString("explanation_zh"),
                        row.getString("explanation_en"),
                        row.getLong("change_seq")));
    }

    /** How far every source is known, the registry included. */
    List<SourceProgressRow> sources() {
        return query("SELECT * FROM audit_api.source_v1 ORDER BY operator_id, system_id", row -> {
            Timestamp known = row.getTimestamp("known_through");
            return new SourceProgressRow(
                    row.getString("operator_id"),
                    row.getString("system_id"),
                    row.getString("state"),
                    known == null ? null : known.toInstant(),
                    row.getLong("changes"),
                    row.getLong("rejects"));
        });
    }

    private static AlertRow alertRow(ResultSet row) throws SQLException {
        return new AlertRow(
                row.getString("alert_id"),
                row.getString("rule_id"),
                row.getString("operator_id"),
                row.getString("subject_id"),
                row.getInt("episode"),
                row.getString("verdict"),
                row.getString("status"),
                row.getString("due_on"));
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, RowReader<T> reader) {
        List<T> rows = new ArrayList<>();
        try (Connection connection = audit.connect(ROLE);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(reader.read(result));
            }
        } catch (SQLException e) {
            throw new StackException("The audit database cannot be read as " + ROLE + ": " + e.getMessage(), e);
        }
        return List.copyOf(rows);
    }
}
