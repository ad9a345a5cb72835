package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rule schema-drift: as long as a mapped column is gone or of another type, a column that looks like a store of images is
 * there unexplained, or a table is gone ({@code schema.table.*} among the columns) and its rows were not read anew since.
 */
final class DriftOpinion {

    private static final String RULE = "schema-drift";

    private final String operator;
    private final String system;
    private final OracleRegistry registry;

    DriftOpinion(String operator, String system, OracleRegistry registry) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
    }

    /** While something is amiss with one column; {@code to} is {@code null} as long as it is. */
    private record Amiss(String column, Instant from, Instant to) {}

    /** Whether a row had a column. */
    private record Sight(Instant at, boolean there) {}

    /**
     * The alert's episodes.
     *
     * @param changes of the source, in the order of its log
     * @param mapped columns by table
     * @param relearned when a snapshot stood in place of the log
     */
    List<OracleAlert> alerts(
            List<Change> changes, Map<String, Set<String>> mapped, List<RowBook.Relearned> relearned, Instant asOf) {
        if (registry.knownThrough().isBefore(registry.inForce())) {
            return List.of();
        }
        List<JsonNode> looks = registry.seen("schema_look", operator, system, "looked_at");
        List<Amiss> all = new ArrayList<>();
        mapped.forEach((table, columns) -> columns.forEach(
                column -> all.addAll(notCarried(table + '.' + column, sights(changes, table, column, asOf), looks))));
        for (String list : List.of("gone", "retyped", "photo_like")) {
            Set<String> named = new HashSet<>();
            looks.forEach(look -> named.addAll(columns(look, list)));
            named.forEach(column -> all.addAll(
                    column.endsWith(".*")
                            ? untilReadAnew(listed(column, list, looks), relearned)
                            : listed(column, list, looks)));
        }
        List<Amiss> ours = new ArrayList<>();
        for (Amiss each : all) {
            Instant from = Values.later(each.from(), registry.inForce());
            if (each.to() == null || from.isBefore(each.to())) {
                ours.add(new Amiss(each.column(), from, each.to()));
            }
        }
        return episodes(ours);
    }

    private static List<Sight> sights(List<Change> changes, String table, String column, Instant asOf) {
        Map<String, Instant> taken = new HashMap<>();
        List<Sight> sights = new ArrayList<>();
        for (Change change : changes) {
            Instant at = change.ofSnapshot()
                    ? taken.computeIfAbsent(change.lsn(), lsn -> change.committedAt())
                    : change.committedAt();
            if (change.after() != null && change.table().equals(table) && (asOf == null || !at.isAfter(asOf))) {
                sights.add(new Sight(at, change.after().has(column)));
            }
        }
        return sights;
    }

    /** What was never there cannot go. It is back with the next row that has it, or with a look that does not miss it. */
    private static List<Amiss> notCarried(String column, List<Sight> sights, List<JsonNode> looks) {
        List<Amiss> found = new ArrayList<>();
        boolean known = false;
        Instant from = null;
        Instant last = null;
        for (Sight sight : sights) {
            if (sight.there()) {
                if (from != null) {
                    found.add(new Amiss(column, from, sooner(sight.at(), back(column, last, looks))));
                }
                known = true;
                from = null;
            } else if (known) {
                from = from == null ? sight.at() : from;
                last = sight.at();
            }
        }
        if (from != null) {
            found.add(new Amiss(column, from, back(column, last, looks)));
        }
        return found;
    }

    private static Instant back(String column, Instant last, List<JsonNode> looks) {
        return looks.stream()
                .filter(look -> !columns(look, "gone").contains(column))
                .map(look -> Values.zoned(look, "looked_at"))
                .filter(at -> at.isAfter(last))
                .findFirst()
                .orElse(null);
    }

    private static Instant sooner(Instant one, Instant other) {
        return other == null ? one : Values.earlier(one, other);
    }

    private static List<Amiss> listed(String column, String list, List<JsonNode> looks) {
        List<Amiss> found = new ArrayList<>();
        Instant from = null;
        for (JsonNode look : looks) {
            boolean now = columns(look, list).contains(column);
            Instant at = Values.zoned(look, "looked_at");
            if (now && from == null) {
                from = at;
            } else if (!now && from != null) {
                found.add(new Amiss(column, from, at));
                from = null;
            }
        }
        if (from != null) {
            found.add(new Amiss(column, from, null));
        }
        return found;
    }

    private static List<Amiss> untilReadAnew(List<Amiss> gone, List<RowBook.Relearned> relearned) {
        List<Amiss> accounted = new ArrayList<>();
        for (Amiss each : gone) {
            Instant to = each.to();
            for (RowBook.Relearned snapshot : relearned) {
                if (snapshot.whole() && snapshot.shown().isAfter(each.from())) {
                    to = sooner(snapshot.shown(), to);
                }
            }
            accounted.add(new Amiss(each.column(), each.from(), to));
        }
        return accounted;
    }

    private static List<String> columns(JsonNode look, String list) {
        String text = Values.text(look, list);
        return text == null || text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    private List<OracleAlert> episodes(List<Amiss> all) {
        List<OracleAlert> alerts = new ArrayList<>();
        Set<Amiss> left = new HashSet<>(all);
        while (!left.isEmpty()) {
            Instant opened = left.stream()
                    .map(Amiss::from)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Instant reached = opened;
            Set<String> columns = new HashSet<>();
            boolean grown = true;
            while (grown) {
                Instant until = reached;
                List<Amiss> joining = left.stream()
                        .filter(each -> until == null || !each.from().isAfter(until))
                        .toList();
                grown = !joining.isEmpty();
                for (Amiss each : joining) {
                    left.remove(each);
                    columns.add(each.column());
                    reached = reached == null || each.to() == null ? null : Values.later(reached, each.to());
                }
            }
            alerts.add(alert(alerts.size() + 1, opened, reached, columns.size()));
        }
        return alerts;
    }

    private OracleAlert alert(int episode, Instant opened, Instant resolved, int columns) {
        return new SourceAlert(RULE, operator, system, registry)
                .episode(episode, Values.day(opened), opened, resolved, BigDecimal.valueOf(columns), null, "columns");
    }
}
