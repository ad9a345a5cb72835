package org.faceaudit.intake.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.law.LegalDay;

/** The tables of the registry database, as its migrations create them. */
final class RegistryTables {

    private static final Set<String> DATES = Set.of(
            "submitted_on",
            "returned_on",
            "accepted_on",
            "withdrawn_on",
            "changed_on",
            "started_on",
            "terminated_on",
            "valid_from",
            "valid_to",
            "published_on",
            "covers_from",
            "covers_to",
            "day");

    private RegistryTables() {}

    static Mapping mapping() {
        return new Mapping(
                Mapping.REGISTRY,
                Mapping.REGISTRY,
                LegalDay.ZONE,
                null,
                "registry.heartbeat",
                HeartbeatPromise.UNSPOKEN,
                List.of(
                        table("operator", "id", "name uscc sector region parent_id successor_id"),
                        table(
                                "filing",
                                "id",
                                "operator_id kind submitted_on returned_on accepted_on withdrawn_on authority"
                                        + " declared_persons covers"),
                        table("substantive_change", "id", "operator_id field changed_on note"),
                        table("technology_use", "id", "operator_id scene started_on terminated_on"),
                        table(
                                "exception",
                                "id",
                                "rule_id operator_id subject_id citation valid_from valid_to entered_by approved_by"),
                        table("parameter", "name scope valid_from", "value unit source"),
                        table("calendar_notice", "id", "published_on covers_from covers_to source active"),
                        table("calendar_day", "notice_id day", "kind name"),
                        table(
                                "reconciliation",
                                "id",
                                "operator_id system_id log_position rows_source rows_here persons_source persons_here"
                                        + " checked_at"),
                        // What the looks go by is the launcher's own business, and long.
                        table("schema_look", "id", "operator_id system_id looked_at gone retyped photo_like"),
                        table("rule", "id", "article title_zh title_en needs known_gaps"),
                        table("article", "law number paragraph", "text_zh source status")),
                "registry-1");
    }

    private static Map<String, ColumnForm> forms(Stream<String> columns) {
        return columns.collect(Collectors.toMap(
                column -> column, column -> DATES.contains(column) ? ColumnForm.DATE : ColumnForm.PLAIN));
    }

    private static MappedTable table(String name, String key, String others) {
        List<String> keyColumns = List.of(key.split(" "));
        Map<String, ColumnForm> columns = new HashMap<>(forms(keyColumns.stream()));
        columns.putAll(forms(Stream.of(others.split(" "))));
        return new MappedTable(Mapping.REGISTRY + "." + name, keyColumns, List.of(), List.of(), columns);
    }
}
