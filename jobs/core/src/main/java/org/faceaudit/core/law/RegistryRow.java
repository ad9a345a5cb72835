package org.faceaudit.core.law;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;

/**
 * Typed reading of one row of the registry. Every reading throws an {@link IllegalArgumentException} or a {@link
 * java.time.DateTimeException} on what the registry's constraints refuse; see {@link Registry#unreadable}.
 */
record RegistryRow(RegistryChange change) {

    /** No date of the registry is older or later; it would be a slip of the pen, and no database could keep its deadline. */
    private static final LegalDay EARLIEST = LegalDay.of(1900, 1, 1);

    private static final LegalDay LATEST = LegalDay.of(9999, 12, 31);

    private static final Pattern ARRAY_ELEMENT = Pattern.compile("[^\\[\\]{},\"\\s]+");

    Operator operator() {
        return new Operator(
                need("id"),
                textOr("name", need("id")),
                text("uscc"),
                text("sector"),
                text("region"),
                text("parent_id"),
                text("successor_id"));
    }

    Filing filing() {
        String persons = text("declared_persons");
        return new Filing(
                need("id"),
                need("operator_id"),
                FilingKind.valueOf(need("kind")),
                needDay("submitted_on"),
                day("returned_on"),
                day("accepted_on"),
                day("withdrawn_on"),
                text("authority"),
                persons == null ? null : count(persons),
                ids("covers"),
                position());
    }

    SubstantiveChange substantiveChange() {
        return new SubstantiveChange(
                need("id"), need("operator_id"), need("field"), needDay("changed_on"), text("note"), position());
    }

    TechnologyUse technologyUse() {
        return new TechnologyUse(
                need("id"),
                need("operator_id"),
                text("scene"),
                day("started_on"),
                day("terminated_on"),
                text(DeclaredUse.END_UNKNOWN) != null,
                position());
    }

    RegisteredException exception() {
        return new RegisteredException(
                need("id"),
                need("rule_id"),
                need("operator_id"),
                textOr("subject_id", ""),
                textOr("citation", ""),
                day("valid_from"),
                day("valid_to"),
                text("entered_by"),
                text("approved_by"),
                position());
    }

    Reconciliation reconciliation() {
        return new Reconciliation(
                need("id"),
                need("operator_id"),
                need("system_id"),
                need("log_position"),
                count(need("rows_source")),
                count(need("rows_here")),
                count(need("persons_source")),
                count(need("persons_here")),
                OffsetDateTime.parse(need("checked_at")).toInstant(),
                position());
    }

    SchemaLook schemaLook() {
        return new SchemaLook(
                need("id"),
                need("operator_id"),
                need("system_id"),
                OffsetDateTime.parse(need("looked_at")).toInstant(),
                lines("gone"),
                lines("retyped"),
                lines("photo_like"),
                position());
    }

    CalendarNotice calendarNotice() {
        return new CalendarNotice(
                need("id"),
                day("published_on"),
                day("covers_from"),
                day("covers_to"),
                text("source"),
                oneOf("active", "true", "false").equals("true"),
                position());
    }

    CalendarDay calendarDay() {
        return new CalendarDay(
                need("notice_id"),
                needDay("day"),
                oneOf("kind", "HOLIDAY", "WORKDAY").equals("WORKDAY"),
                text("name"));
    }

    Position position() {
        return change.position();
    }

    String need(String column) {
        String value = text(column);
        if (value == null) {
            throw new IllegalArgumentException(
                    "registry." + change.table() + " row " + change.key() + " has no " + column);
        }
        return value;
    }

    LegalDay needDay(String column) {
        return plausible(LegalDay.parse(need(column)));
    }

    private String oneOf(String column, String... values) {
        String value = need(column);
        if (!List.of(values).contains(value)) {
            throw new IllegalArgumentException(
                    "registry." + change.table() + " row " + change.key() + " has an unknown " + column);
        }
        return value;
    }

    private static Long count(String text) {
        long count = Long.parseLong(text);
        if (count < 0) {
            throw new IllegalArgumentException("nothing is counted below zero");
        }
        return count;
    }

    private static LegalDay plausible(LegalDay day) {
        if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
            throw new IllegalArgumentException("no day of any filing: " + day);
        }
        return day;
    }

    String text(String column) {
        return change.values().get(column);
    }

    LegalDay day(String column) {
        String value = text(column);
        return value == null ? null : plausible(LegalDay.parse(value));
    }

    private String textOr(String column, String otherwise) {
        String value = text(column);
        return value == null ? otherwise : value;
    }

    private List<String> lines(String column) {
        return need(column).lines().filter(line -> !line.isBlank()).toList();
    }

    /** Ids are {@code [a-z0-9-]+}, so a JSON array and PostgreSQL's own spelling read alike. */
    private List<String> ids(String column) {
        String value = text(column);
        List<String> ids = new ArrayList<>();
        if (value != null) {
            Matcher matcher = ARRAY_ELEMENT.matcher(value);
            while (matcher.find()) {
                ids.add(matcher.group());
            }
        }
        return ids;
    }
}
