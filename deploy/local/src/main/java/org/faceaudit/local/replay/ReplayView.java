package org.faceaudit.local.replay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;

/** Reads what a replay has found; every row is text, {@code ""} for SQL NULL. */
public final class ReplayView {
    private final Database audit;
    private final String schema;

    /** @param schema of the replay's views */
    public ReplayView(Database audit, String schema) {
        this.audit = audit;
        this.schema = schema;
    }

    /** Alerts that are not WITHDRAWN: operator, rule, subject, verdict, status, since, due. */
    public List<List<String>> alerts() {
        return query("SELECT operator_id, rule_id, subject_id, verdict, status, occurred_on, due_on FROM " + schema
                + ".alert_v1 WHERE status <> 'WITHDRAWN' ORDER BY operator_id, rule_id, subject_id, episode");
    }

    /** The sources, the registry among them, that are known less far than to the end of the day: source, known through. */
    public List<List<String>> laggards(String asOf) {
        return query("SELECT concat_ws('/', operator_id, nullif(system_id, operator_id)), known_through AT TIME ZONE"
                + " 'Asia/Shanghai' FROM " + schema + ".source_v1 WHERE known_through IS NULL OR known_through < '"
                + asOf
                + "'::timestamptz ORDER BY 1");
    }

    /** Whether the registry is known, without which nothing is judged. */
    public boolean knowsTheRegistry() {
        return !query("SELECT 1 FROM " + schema
                        + ".source_v1 WHERE operator_id = 'registry' AND known_through IS NOT NULL")
                .isEmpty();
    }

    /** What each operator owed: operator, persons stored, reached, due, filed. */
    public List<List<String>> owed(String day) {
        return query("SELECT o.id,"
                + " coalesce(CASE WHEN p.persons_low = p.persons_high THEN p.persons_low::text"
                + "  ELSE p.persons_low || ' to ' || p.persons_high END, 'not known'),"
                + " CASE WHEN c.operator_id IS NULL THEN '' WHEN c.trigger_on_high IS NULL THEN 'perhaps ' || c.trigger_on_low"
                + "  WHEN c.trigger_on_low < c.trigger_on_high THEN c.trigger_on_low || ' to ' || c.trigger_on_high"
                + "  ELSE c.trigger_on_low::text END,"
                + " c.due_on || CASE WHEN c.provisional THEN ' (provisional)' ELSE '' END,"
                + " CASE WHEN c.operator_id IS NULL AND p.operator_id IS NULL THEN 'cannot be said: no stored face is known"
                + " of it'"
                + "  WHEN c.operator_id IS NULL AND law.places THEN 'cannot be said: not by its number, and whether it is"
                + " used in public places is not in the data'"
                + "  WHEN c.operator_id IS NULL THEN 'nothing'"
                + "  WHEN c.state = 'MET' THEN 'filed in time, on ' || c.filed_on"
                + "  WHEN c.state = 'MET_LATE' THEN 'filed late, on ' || c.filed_on"
                + "  WHEN c.state = 'RUNNING' THEN 'not filed yet, and not late'"
                + "  ELSE 'not filed by " + day + " with an authority of the right level, '"
                + "   || CASE c.state WHEN 'OVERDUE' THEN 'overdue' ELSE 'perhaps overdue' END END"
                + " FROM " + schema + "_registry.operator o"
                + " CROSS JOIN (SELECT coalesce(bool_or(value = '1'), false) AS places FROM " + schema
                + ".parameter_v1 WHERE name = 'filing.public-places') law"
                + " LEFT JOIN " + schema + ".clock_v1 c ON c.operator_id = o.id AND c.kind = 'FILING'"
                + "  AND c.state <> 'WITHDRAWN'"
                + " LEFT JOIN LATERAL (SELECT * FROM " + schema
                + ".person_count_v1 n WHERE n.operator_id = o.id ORDER BY day DESC LIMIT 1) p ON true"
                + " ORDER BY o.id, c.trigger_id");
    }

    private List<List<String>> query(String sql) {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = audit.superuser();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String value = result.getString(column);
                    row.add(value == null ? "" : value);
                }
                rows.add(List.copyOf(row));
            }
        } catch (SQLException e) {
            throw new StackException("The replay " + schema + " cannot be read: " + e.getMessage(), e);
        }
        return rows;
    }
}
