package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rule source-gap: between the first reconciliation that differs and the next that agrees, and between what the log had told
 * and what a snapshot in its place showed.
 */
final class GapOpinion {

    private static final String RULE = "source-gap";

    private final String operator;
    private final String system;
    private final OracleRegistry registry;

    GapOpinion(String operator, String system, OracleRegistry registry) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
    }

    private record Gap(Instant opened, Instant resolved, BigDecimal measured, String unit) {}

    List<OracleAlert> alerts(List<RowBook.Relearned> relearned) {
        List<Gap> gaps = new ArrayList<>();
        for (RowBook.Relearned each : relearned) {
            Instant opened = Values.later(each.known(), registry.inForce());
            if (opened.isBefore(each.shown())) {
                gaps.add(new Gap(opened, each.whole() ? each.shown() : null, null, null));
            }
        }
        gaps.addAll(reconciled());
        gaps.sort(Comparator.comparing(Gap::opened).thenComparing(gap -> gap.unit() != null));
        List<OracleAlert> alerts = new ArrayList<>();
        gaps.forEach(gap -> alerts.add(alert(alerts.size() + 1, gap)));
        return alerts;
    }

    private List<Gap> reconciled() {
        List<JsonNode> rows = registry.seen("reconciliation", operator, system, "checked_at");
        List<Gap> gaps = new ArrayList<>();
        for (int begin = 0; begin < rows.size(); begin++) {
            if (!differs(rows.get(begin))) {
                continue;
            }
            int end = begin;
            while (end < rows.size() && differs(rows.get(end))) {
                end++;
            }
            JsonNode last = rows.get(end - 1);
            String unit = missing(last, "rows") != 0 ? "rows" : "persons";
            gaps.add(new Gap(
                    Values.zoned(rows.get(begin), "checked_at"),
                    end == rows.size() ? null : Values.zoned(rows.get(end), "checked_at"),
                    BigDecimal.valueOf(Math.abs(missing(last, unit))),
                    unit));
            begin = end;
        }
        return gaps;
    }

    private static boolean differs(JsonNode row) {
        return missing(row, "rows") != 0 || missing(row, "persons") != 0;
    }

    private static long missing(JsonNode row, String what) {
        return row.path(what + "_source").asLong() - row.path(what + "_here").asLong();
    }

    private OracleAlert alert(int episode, Gap gap) {
        return new SourceAlert(RULE, operator, system, registry)
                .episode(
                        episode,
                        Values.day(gap.opened()),
                        gap.opened(),
                        gap.resolved(),
                        gap.measured(),
                        null,
                        gap.unit());
    }
}
