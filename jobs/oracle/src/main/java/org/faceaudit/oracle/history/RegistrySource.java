package org.faceaudit.oracle.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registry database under capture. */
public final class RegistrySource {

    private final SampleSource source = new SampleSource("cdc.registry", "faceaudit", 23_000_000)
            .table("registry.operator", "id")
            .table("registry.filing", "id")
            .table("registry.substantive_change", "id")
            .table("registry.technology_use", "id")
            .table("registry.exception", "id")
            .table("registry.reconciliation", "id")
            .table("registry.parameter", "name", "scope", "valid_from")
            .table("registry.calendar_notice", "id")
            .table("registry.calendar_day", "notice_id", "day")
            .table("registry.schema_look", "id")
            .table("registry.heartbeat", "id");

    /** A registry that holds the seed rows before anybody looks. */
    public RegistrySource(LawRows law) {
        source.unseen(transaction -> {
            law.parameters().forEach(row -> transaction.insert("registry.parameter", parameter(row)));
            law.notices().forEach(row -> transaction.insert("registry.calendar_notice", notice(row)));
            law.days().forEach(row -> transaction.insert("registry.calendar_day", day(row)));
            transaction.insert("registry.heartbeat", heartbeat(Instant.EPOCH));
        });
    }

    /** The database itself. */
    public SampleSource source() {
        return source;
    }

    /** The heartbeat row is touched. */
    public void beat(Instant at) {
        source.commit(at, transaction -> transaction.update("registry.heartbeat", "1", heartbeat(at)));
    }

    private static Map<String, Object> heartbeat(Instant at) {
        return row("id", 1, "beat_at", zoned(at));
    }

    private static Map<String, Object> parameter(Map<String, String> seed) {
        return parameter(
                seed.get("name"),
                seed.get("scope"),
                seed.get("value"),
                seed.get("unit"),
                LocalDate.parse(seed.get("valid_from")));
    }

    /** A row of {@code parameter}. */
    public static Map<String, Object> parameter(String name, String scope, String value, String unit, LocalDate from) {
        return row(
                "name",
                name,
                "scope",
                scope,
                "value",
                value,
                "unit",
                unit,
                "valid_from",
                date(from),
                "source",
                "sample");
    }

    private static Map<String, Object> notice(Map<String, String> seed) {
        return row(
                "id",
                seed.get("id"),
                "published_on",
                date(seed.get("published_on")),
                "covers_from",
                date(seed.get("covers_from")),
                "covers_to",
                date(seed.get("covers_to")),
                "source",
                seed.get("source"),
                "active",
                Boolean.valueOf(seed.get("active")));
    }

    /** A row of {@code calendar_notice}, not active yet. */
    public static Map<String, Object> notice(String id, LocalDate publishedOn, LocalDate from, LocalDate to) {
        return row(
                "id",
                id,
                "published_on",
                date(publishedOn),
                "covers_from",
                date(from),
                "covers_to",
                date(to),
                "source",
                "sample",
                "active",
                false);
    }

    /** A row of {@code calendar_day}: a day off. */
    public static Map<String, Object> holiday(String notice, LocalDate day) {
        return row("notice_id", notice, "day", date(day), "kind", "HOLIDAY", "name", "示例假日");
    }

    private static Map<String, Object> day(Map<String, String> seed) {
        return row(
                "notice_id",
                seed.get("notice_id"),
                "day",
                date(seed.get("day")),
                "kind",
                seed.get("kind"),
                "name",
                seed.get("name"));
    }

    /** A row of {@code operator}. */
    public static Map<String, Object> operator(String id, String region) {
        return row(
                "id",
                id,
                "name",
                "示例 " + id,
                "uscc",
                null,
                "sector",
                "property",
                "region",
                region,
                "parent_id",
                null,
                "successor_id",
                null);
    }

    /** A row of {@code filing}. */
    public static Map<String, Object> filing(
            String id, String operator, String kind, LocalDate submittedOn, String authority, List<String> covers) {
        return row(
                "id",
                id,
                "operator_id",
                operator,
                "kind",
                kind,
                "submitted_on",
                date(submittedOn),
                "returned_on",
                null,
                "accepted_on",
                null,
                "withdrawn_on",
                null,
                "authority",
                authority,
                "declared_persons",
                100_000,
                "covers",
                covers);
    }

    /** A row of {@code substantive_change}. */
    public static Map<String, Object> change(String id, String operator, String field, LocalDate changedOn) {
        return row("id", id, "operator_id", operator, "field", field, "changed_on", date(changedOn), "note", null);
    }

    /** A row of {@code technology_use}; the days may be {@code null}. */
    public static Map<String, Object> use(
            String id, String operator, String scene, LocalDate startedOn, LocalDate terminatedOn) {
        return row(
                "id",
                id,
                "operator_id",
                operator,
                "scene",
                scene,
                "started_on",
                date(startedOn),
                "terminated_on",
                date(terminatedOn));
    }

    /** A row of {@code exception}; {@code approvedBy} and {@code subject} may be {@code null}. */
    public static Map<String, Object> exception(
            String id,
            String operator,
            String subject,
            String citation,
            LocalDate validFrom,
            LocalDate validTo,
            String approvedBy) {
        return row(
                "id",
                id,
                "rule_id",
                "sole-face-method",
                "operator_id",
                operator,
                "subject_id",
                subject,
                "citation",
                citation,
                "valid_from",
                date(validFrom),
                "valid_to",
                date(validTo),
                "entered_by",
                "registrar",
                "approved_by",
                approvedBy);
    }

    /** A row of {@code reconciliation}; {@code here} and {@code source} are rows and persons. */
    public static Map<String, Object> reconciliation(
            String id, String operator, String system, Instant checkedAt, long[] source, long[] here) {
        return row(
                "id",
                id,
                "operator_id",
                operator,
                "system_id",
                system,
                "log_position",
                "0/1A2B3C4",
                "rows_source",
                source[0],
                "rows_here",
                here[0],
                "persons_source",
                source[1],
                "persons_here",
                here[1],
                "checked_at",
                zoned(checkedAt));
    }

    /** A row of {@code schema_look}; columns one a line. */
    public static Map<String, Object> schemaLook(
            String id,
            String operator,
            String system,
            Instant lookedAt,
            List<String> gone,
            List<String> retyped,
            List<String> photoLike) {
        return row(
                "id",
                id,
                "operator_id",
                operator,
                "system_id",
                system,
                "looked_at",
                zoned(lookedAt),
                "gone",
                String.join("\n", gone),
                "retyped",
                String.join("\n", retyped),
                "photo_like",
                String.join("\n", photoLike));
    }

    private static String date(String day) {
        return day == null ? null : date(LocalDate.parse(day));
    }

    /** A date as Debezium's {@code isostring} writes it. */
    public static String date(LocalDate day) {
        return day == null ? null : day + "Z";
    }

    /** A timestamp with time zone as Debezium writes it. */
    public static String zoned(Instant instant) {
        return instant.toString();
    }

    /** A row from names and values in turn. */
    public static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}
