package org.faceaudit.core.law;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;

/**
 * A registry for tests: the calendars of 2025 and 2026, the statutory days of 2027 and every parameter the judgements
 * ask for, to which rows are added. Tests of what is seeded read the seed files; this is the same law by hand.
 */
public final class RegistryFixture {

    private static final String HOLIDAYS_2025 =
            "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08";
    private static final String WORKDAYS_2025 = "01-26 02-08 04-27 09-28 10-11";
    private static final String HOLIDAYS_2026 =
            "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07";
    private static final String WORKDAYS_2026 = "01-04 02-14 02-28 05-09 09-20 10-10";
    private static final String STATUTORY_2027 = "01-01 02-05..02-08 04-05 05-01..05-02 06-09 09-15 10-01..10-03";

    private final Map<String, RegistryChange> rows = new LinkedHashMap<>();
    private long offset;

    private RegistryFixture() {}

    /** The law alone: calendar and parameters, no operators. */
    public static RegistryFixture law() {
        RegistryFixture fixture = new RegistryFixture();
        fixture.notice("gov-2025", "2024-11-12", "2025-01-01", "2025-12-31", true);
        fixture.days("gov-2025", 2025, "HOLIDAY", HOLIDAYS_2025);
        fixture.days("gov-2025", 2025, "WORKDAY", WORKDAYS_2025);
        fixture.notice("gov-2026", "2025-11-04", "2026-01-01", "2026-12-31", true);
        fixture.days("gov-2026", 2026, "HOLIDAY", HOLIDAYS_2026);
        fixture.days("gov-2026", 2026, "WORKDAY", WORKDAYS_2026);
        fixture.notice(CalendarNotice.STATUTORY_DAYS, null, "2027-01-01", "2035-12-31", false);
        fixture.days(CalendarNotice.STATUTORY_DAYS, 2027, "HOLIDAY", STATUTORY_2027);
        for (String parameter : List.of(
                "measures.in-force 2025-06-01 date",
                "sole-face-method.grace 1 hours",
                "sole-face-method.severity.violation 5 severity",
                "sole-face-method.severity.suspected 3 severity",
                "lateness.attempts 30 days",
                "refusal-without-alternative.n 3 count",
                "refusal-without-alternative.period 7 days",
                "refusal-without-alternative.window 900 seconds",
                "refusal-without-alternative.severity.violation 5 severity",
                "refusal-without-alternative.severity.suspected 3 severity",
                "unusable-fallback.n 20 count",
                "unusable-fallback.period 30 days",
                "unusable-fallback.floor 50 percent",
                "unusable-fallback.confidence 95 percent",
                "unusable-fallback.severity 3 severity",
                "source-silent.promise 300 seconds",
                "source-silent.severity 3 severity",
                "repeated-prompt.n 2 count",
                "repeated-prompt.period 48 hours",
                "repeated-prompt.severity 2 severity",
                "private-space-device.severity 5 severity",
                "raw-image-retained.grace 15 days",
                "raw-image-retained.deletion-days 15 days",
                "raw-image-retained.cache-grace 24 hours",
                "raw-image-retained.declared-none 0 count",
                "raw-image-retained.floor.public-security-video 30 days",
                "raw-image-retained.floor.anti-terror-video 90 days",
                "minor-without-guardian-consent.age 14 count",
                "minor-without-guardian-consent.severity 5 severity",
                "raw-image-retained.severity.violation 4 severity",
                "raw-image-retained.severity.suspected 3 severity",
                "raw-image-retained.severity.warning 2 severity",
                "storage-approaching.level-2 80 percent",
                "storage-approaching.level-3 90 percent",
                "storage-approaching.level-4 95 percent",
                "storage-approaching.hysteresis 2 percent",
                "storage-approaching.severity.suspected 2 severity",
                "storage-reached.threshold 100000 persons",
                "storage-reached.severity.notice 3 severity",
                "storage-reached.severity.suspected 3 severity",
                "filing.days 30 working-days",
                "filing.legacy-until 2025-06-01 date",
                "filing.legacy-due 2025-07-14 date",
                "filing.authority-digits 2 count",
                "filing-due-soon.level-2 10 working-days",
                "filing-due-soon.level-3 5 working-days",
                "filing-due-soon.level-4 1 working-days",
                "filing-overdue.severity.violation 5 severity",
                "filing-overdue.severity.suspected 3 severity",
                "change-filing.days 30 working-days",
                "change-filing-overdue.substantive.purpose 1 count",
                "change-filing-overdue.substantive.scene 1 count",
                "change-filing-overdue.severity.violation 4 severity",
                "change-filing-overdue.severity.suspected 3 severity",
                "change-filing-overdue.severity.warning 2 severity",
                "deregistration.days 30 working-days",
                "deregistration-overdue.severity.violation 4 severity",
                "deregistration-overdue.severity.suspected 3 severity",
                "deregistration-overdue.severity.warning 2 severity",
                "faces-after-termination.deletion-days 15 days",
                "faces-after-termination.severity.violation 5 severity",
                "faces-after-termination.severity.warning 2 severity",
                "declared-count-mismatch.tolerance 5 percent",
                "declared-count-mismatch.severity 3 severity",
                "forecast.interval 80 percent",
                "forecast.minimum-history 56 days",
                "forecast.history 364 days",
                "forecast.horizon 730 days",
                "forecast.yearly-change 30 percent",
                "forecast.kept 730 days",
                "calendar-notice-missing.after 2025-11-15 date",
                "calendar-notice-missing.severity 2 severity",
                "source-gap.severity 3 severity",
                "schema-drift.severity 3 severity")) {
            String[] parts = parameter.split(" ", -1);
            fixture.parameter(parts[0], Registry.EVERYONE, parts[1], parts[2], "2025-06-01");
        }
        return fixture;
    }

    /** Sets a parameter from a day on. */
    public RegistryFixture parameter(String name, String scope, String value, String unit, String validFrom) {
        return row(
                "parameter",
                name + '/' + scope + '/' + validFrom,
                "name",
                name,
                "scope",
                scope,
                "value",
                value,
                "unit",
                unit,
                "valid_from",
                validFrom);
    }

    /** The threshold of Art. 15 made small, so that a test can count to it. */
    public RegistryFixture threshold(int persons) {
        return parameter(
                "storage-reached.threshold", Registry.EVERYONE, Integer.toString(persons), "persons", "2025-06-01");
    }

    public RegistryFixture operator(String id, String name, String region) {
        return row("operator", id, "id", id, "name", name, "region", region);
    }

    /** An INITIAL filing; give further columns as name, value, …. */
    public RegistryFixture filing(String id, String operator, String submittedOn, String authority, String... more) {
        return filing(id, operator, "INITIAL", submittedOn, authority, more);
    }

    /** A DEREGISTRATION filing; give further columns as name, value, …. */
    public RegistryFixture deregistration(String id, String operator, String submittedOn, String... more) {
        return filing(id, operator, "DEREGISTRATION", submittedOn, "310000", more);
    }

    /** A CHANGE filing; give further columns as name, value, …. */
    public RegistryFixture changeFiling(String id, String operator, String submittedOn, String... more) {
        return filing(id, operator, "CHANGE", submittedOn, "310000", more);
    }

    public RegistryFixture change(String id, String operator, String field, String changedOn) {
        return row(
                "substantive_change", id, "id", id, "operator_id", operator, "field", field, "changed_on", changedOn);
    }

    /** One scene; {@code terminatedOn} may be {@code null}. */
    public RegistryFixture use(String id, String operator, String startedOn, String terminatedOn) {
        return row(
                "technology_use",
                id,
                "id",
                id,
                "operator_id",
                operator,
                "scene",
                id,
                "started_on",
                startedOn,
                "terminated_on",
                terminatedOn);
    }

    private RegistryFixture filing(
            String id, String operator, String kind, String submittedOn, String authority, String[] more) {
        List<String> columns = new ArrayList<>(List.of(
                "id",
                id,
                "operator_id",
                operator,
                "kind",
                kind,
                "submitted_on",
                submittedOn,
                "authority",
                authority,
                "covers",
                "[]"));
        columns.addAll(Arrays.asList(more));
        return row("filing", id, columns.toArray(String[]::new));
    }

    /** An approved exception; give further columns as name, value, …. */
    public RegistryFixture exception(
            String id, String ruleId, String operator, String subject, String from, String to, String... more) {
        List<String> columns = new ArrayList<>(List.of(
                "id",
                id,
                "rule_id",
                ruleId,
                "operator_id",
                operator,
                "subject_id",
                subject,
                "citation",
                "市场主体登记管理条例实施细则 第16条",
                "valid_from",
                from,
                "valid_to",
                to,
                "entered_by",
                "one",
                "approved_by",
                "other"));
        columns.addAll(Arrays.asList(more));
        return row("exception", id, columns.toArray(String[]::new));
    }

    public RegistryFixture notice(String id, String publishedOn, String from, String to, boolean active) {
        return row(
                "calendar_notice",
                id,
                "id",
                id,
                "published_on",
                publishedOn,
                "covers_from",
                from,
                "covers_to",
                to,
                "active",
                Boolean.toString(active));
    }

    /** Days of one year, {@code MM-DD} or {@code MM-DD..MM-DD}, by blanks. */
    public RegistryFixture days(String notice, int year, String kind, String days) {
        for (String range : days.split(" ", -1)) {
            String[] ends = range.split("\\.\\.", -1);
            LegalDay last = LegalDay.parse(year + "-" + ends[ends.length - 1]);
            for (LegalDay day = LegalDay.parse(year + "-" + ends[0]); !day.isAfter(last); day = day.plusDays(1)) {
                row(
                        "calendar_day",
                        notice + '/' + day,
                        "notice_id",
                        notice,
                        "day",
                        day.toString(),
                        "kind",
                        kind,
                        "name",
                        "day");
            }
        }
        return this;
    }

    /** Any row, columns as name, value, …; a null value is SQL NULL, a later value of one column wins. */
    public RegistryFixture row(String table, String key, String... columns) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            if (columns[i + 1] == null) {
                values.remove(columns[i]);
            } else {
                values.put(columns[i], columns[i + 1]);
            }
        }
        rows.put(table + '/' + key, new RegistryChange(table, key, true, values, position(table)));
        return this;
    }

    /** A comparison of rows and persons; {@code counts}: rows and persons at the source, rows and persons here. */
    public RegistryFixture reconciliation(String id, String operator, String system, String at, long... counts) {
        return row(
                "reconciliation",
                id,
                "id",
                id,
                "operator_id",
                operator,
                "system_id",
                system,
                "log_position",
                "0/" + id,
                "rows_source",
                Long.toString(counts[0]),
                "persons_source",
                Long.toString(counts[1]),
                "rows_here",
                Long.toString(counts[2]),
                "persons_here",
                Long.toString(counts[3]),
                "checked_at",
                at);
    }

    /** A look into a source's catalogue; columns of one list are separated by blanks. */
    public RegistryFixture schemaLook(
            String id, String operator, String system, String at, String gone, String retyped, String photoLike) {
        return row(
                "schema_look",
                id,
                "id",
                id,
                "operator_id",
                operator,
                "system_id",
                system,
                "gone",
                gone.replace(' ', '\n'),
                "retyped",
                retyped.replace(' ', '\n'),
                "photo_like",
                photoLike.replace(' ', '\n'),
                "looked_at",
                at);
    }

    /** A row as it was told, of an operator's own database too; one that is gone is taken away. */
    public RegistryFixture change(RegistryChange change) {
        if (!change.present()) {
            return without(change.table(), change.key());
        }
        rows.put(change.table() + '/' + change.key(), change);
        return this;
    }

    /** Takes a row away. */
    public RegistryFixture without(String table, String key) {
        rows.remove(table + '/' + key);
        return this;
    }

    public Collection<RegistryChange> rows() {
        return List.copyOf(rows.values());
    }

    public Registry registry() {
        return read(Standpoint.NOW);
    }

    /** The same rows, read from a standpoint. */
    public Registry read(Standpoint from) {
        return Registry.of(rows.values(), from);
    }

    private Position position(String table) {
        offset++;
        return new Position(
                "cdc.registry",
                0,
                offset,
                "0/" + offset,
                null,
                "registry." + table,
                "k" + offset,
                Instant.parse("2025-01-01T00:00:00Z").plusSeconds(offset),
                false);
    }
}
