package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Rule source-gap, as far as reconciliations tell: between the first that differs and the next that agrees. */
final class GapOpinion {

    private static final String RULE = "source-gap";

    private final String operator;
    private final OracleRegistry registry;

    GapOpinion(String operator, OracleRegistry registry) {
        this.operator = operator;
        this.registry = registry;
    }

    List<OracleAlert> alerts() {
        List<JsonNode> all = registry.rows("reconciliation").stream()
                .filter(row -> operator.equals(Values.text(row, "operator_id")))
                .sorted(Comparator.comparing((JsonNode row) -> Values.zoned(row, "checked_at"))
                        .thenComparing(row -> Values.text(row, "id")))
                .toList();
        TreeSet<String> systems = new TreeSet<>();
        all.forEach(row -> systems.add(Values.text(row, "system_id")));
        List<OracleAlert> alerts = new ArrayList<>();
        for (String system : systems) {
            alerts.addAll(alerts(
                    system,
                    all.stream()
                            .filter(row -> system.equals(Values.text(row, "system_id")))
                            .toList()));
        }
        return alerts;
    }

    private List<OracleAlert> alerts(String system, List<JsonNode> rows) {
        List<OracleAlert> alerts = new ArrayList<>();
        for (int begin = 0; begin < rows.size(); ) {
            if (missing(rows.get(begin), "rows") == 0 && missing(rows.get(begin), "persons") == 0) {
                begin++;
                continue;
            }
            int end = begin;
            while (end < rows.size()
                    && (missing(rows.get(end), "rows") != 0 || missing(rows.get(end), "persons") != 0)) {
                end++;
            }
            Instant resolved = end == rows.size() ? null : Values.zoned(rows.get(end), "checked_at");
            alerts.add(alert(system, alerts.size() + 1, rows.get(begin), rows.get(end - 1), resolved));
            begin = end;
        }
        return alerts;
    }

    private static long missing(JsonNode row, String what) {
        return row.path(what + "_source").asLong() - row.path(what + "_here").asLong();
    }

    private OracleAlert alert(String system, int episode, JsonNode first, JsonNode last, Instant resolved) {
        Instant opened = Values.zoned(first, "checked_at");
        String unit = missing(last, "rows") != 0 ? "rows" : "persons";
        return new OracleAlert(
                AlertId.of(RULE, operator, "source", system, ""),
                RULE,
                operator,
                system,
                "source",
                system,
                "",
                episode,
                "UNKNOWN",
                resolved == null ? "OPEN" : "RESOLVED",
                registry.number(RULE + ".severity", operator, Values.day(Values.later(opened, registry.inForce())))
                        .intValueExact(),
                Values.day(opened),
                opened,
                resolved,
                null,
                BigDecimal.valueOf(Math.abs(missing(last, unit))),
                null,
                unit,
                false,
                null,
                null);
    }
}
