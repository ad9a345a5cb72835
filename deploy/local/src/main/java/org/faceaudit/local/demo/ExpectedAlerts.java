package org.faceaudit.local.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;

/** The one readable file of all alerts that the demo must show. */
final class ExpectedAlerts {
    static final String RESOURCE = "expected-alerts.csv";
    /** Begins a line that is expected only from a legal day on. */
    private static final String FROM = "@";

    private static final List<String> COLUMNS = List.of(
            "rule", "operator", "subject_kind", "subject", "trigger", "episode", "verdict", "status", "due_on", "why");

    private ExpectedAlerts() {}

    /** The file that ships with the demo, its dates evaluated. */
    static List<AlertRow> shipped(SampleDays days) {
        return read(SampleSource.resource(RESOURCE), days);
    }

    /**
     * Reads expectations.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    static List<AlertRow> read(String text, SampleDays days) {
        List<AlertRow> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean headed = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                String told = line;
                boolean expected = true;
                if (line.startsWith(FROM)) {
                    int end = line.indexOf(' ');
                    told = line.substring(end + 1);
                    expected = !days.day("day").isBefore(days.day(line.substring(FROM.length(), Math.max(end, 1))));
                }
                List<String> fields = fields(told);
                if (!headed) {
                    if (!fields.equals(COLUMNS)) {
                        throw new IllegalArgumentException("the columns must be " + String.join(",", COLUMNS));
                    }
                    headed = true;
                    continue;
                }
                AlertRow row = row(fields, days);
                if (!seen.add(row.identity())) {
                    throw new IllegalArgumentException("this episode stands twice");
                }
                if (expected) {
                    rows.add(row);
                }
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("expected alerts, line " + number + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(rows);
    }

    private static AlertRow row(List<String> fields, SampleDays days) {
        if (fields.size() != COLUMNS.size()) {
            throw new IllegalArgumentException(fields.size() + " fields instead of " + COLUMNS.size());
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            row.put(COLUMNS.get(i), fields.get(i));
        }
        if (row.get("why").isBlank()) {
            throw new IllegalArgumentException("the reason why is missing");
        }
        AlertKey key = new AlertKey(
                row.get("rule"), row.get("operator"), row.get("subject_kind"), row.get("subject"), row.get("trigger"));
        String due = row.get("due_on");
        return AlertRow.of(
                key,
                Integer.parseInt(row.get("episode")),
                Verdict.valueOf(row.get("verdict")).name(),
                Status.valueOf(row.get("status")).name(),
                due.isEmpty() ? null : days.day(due));
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        fields.add(field.toString());
        return fields;
    }
}
