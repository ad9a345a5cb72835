package org.faceaudit.core.law;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;

/** Typed reading of one row of the registry; its constraints have refused nonsense already. */
record RegistryRow(RegistryChange change) {

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
                LegalDay.parse(need("submitted_on")),
                day("returned_on"),
                day("accepted_on"),
                day("withdrawn_on"),
                text("authority"),
                persons == null ? null : Long.valueOf(persons),
                ids("covers"),
                position());
    }

    SubstantiveChange substantiveChange() {
        return new SubstantiveChange(
                need("id"), need("operator_id"), text("field"), LegalDay.parse(need("changed_on")), text("note"));
    }

    TechnologyUse technologyUse() {
        return new TechnologyUse(
                need("id"), need("operator_id"), text("scene"), day("started_on"), day("terminated_on"));
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

    CalendarNotice calendarNotice() {
        return new CalendarNotice(
                need("id"),
                day("published_on"),
                day("covers_from"),
                day("covers_to"),
                text("source"),
                Boolean.parseBoolean(need("active")),
                position());
    }

    CalendarDay calendarDay() {
        return new CalendarDay(
                need("notice_id"), LegalDay.parse(need("day")), need("kind").equals("WORKDAY"), text("name"));
    }

    Position position() {
        return change.position();
    }

    String need(String column) {
        String value = text(column);
        if (value == null) {
            throw new IllegalStateException(
                    "registry." + change.table() + " row " + change.key() + " has no " + column);
        }
        return value;
    }

    String text(String column) {
        return change.values().get(column);
    }

    LegalDay day(String column) {
        String value = text(column);
        return value == null ? null : LegalDay.parse(value);
    }

    private String textOr(String column, String otherwise) {
        String value = text(column);
        return value == null ? otherwise : value;
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
