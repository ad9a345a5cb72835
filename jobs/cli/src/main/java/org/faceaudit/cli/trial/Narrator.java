package org.faceaudit.cli.trial;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.FactSink;
import org.faceaudit.intake.rows.RowChange;

/** Prints what rows turn out to mean, field by field, and counts it. */
final class Narrator implements FactSink {

    private static final String NOTHING = "-";

    private final PrintWriter out;
    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> nothing = new TreeMap<>();
    private final Map<String, Long> unreadable = new TreeMap<>();
    private RowChange about;

    Narrator(PrintWriter out) {
        this.out = out;
    }

    /** From now on it is this change that things follow of. */
    void about(RowChange change) {
        about = change;
    }

    @Override
    public void faceRecord(FaceRecord before, FaceRecord after) {
        event("face-record", after.recordKey(), after.versions());
    }

    @Override
    public void accessPoint(AccessPoint before, AccessPoint after) {
        event("access-point", after.pointId(), after.versions());
    }

    @Override
    public void purpose(Purpose before, Purpose after) {
        event("purpose-end", after.purposeKey(), after.versions());
    }

    @Override
    public void consent(Consent before, Consent after) {
        event("consent", after.consentKey(), after.versions());
    }

    /** What was told of an attempt before, nobody keeps: each change tells what its row says now. */
    @Override
    public void attempt(AttemptTold told) {
        event("attempt", told.attempt().attemptKey(), List.of(told.attempt()));
    }

    @Override
    public void use(DeclaredUse before, DeclaredUse after) {
        event("technology-use", after.useKey(), List.of(after));
    }

    @Override
    public void filing(DeclaredFiling before, DeclaredFiling after) {
        event("declared-filing", after.filingKey(), List.of(after));
    }

    @Override
    public void registry(RegistryChange change) {
        throw new IllegalStateException("an operator's file fills no registry");
    }

    @Override
    public void notApplicable(String reason, Position position) {
        nothing.merge(reason, 1L, Long::sum);
        out.println("    => no event: " + reason);
    }

    @Override
    public void unreadable(String field, String reason, Position position) {
        unreadable.merge(position.table() + "." + field + " " + reason + written(field, position), 1L, Long::sum);
        out.println("    !! " + field + " cannot be read: " + reason);
    }

    /** As the source spells it, so that a value that nobody mapped can be mapped; what is secret arrives as a token. */
    private String written(String field, Position position) {
        FieldValue value = about == null || !position.equals(about.position())
                ? FieldValue.UNKNOWN
                : about.fields().getOrDefault(field, FieldValue.UNKNOWN);
        return value.state() == FieldState.PRESENT ? " \"" + value.text() + '"' : "";
    }

    /** An event's whole time line stands in its versions; the newest is what the change made of it. */
    private void event(String kind, String key, List<? extends Record> versions) {
        events.merge(kind, 1L, Long::sum);
        out.println("    => " + kind + " " + key
                + (versions.size() == 1 ? "" : " (version " + versions.size() + " of its time line)"));
        Record newest = versions.get(versions.size() - 1);
        for (RecordComponent component : newest.getClass().getRecordComponents()) {
            if (component.getType() != Position.class) {
                out.printf("         %-14s %s%n", component.getName(), words(value(newest, component)));
            }
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the components of a public record are public", e);
        }
    }

    static String words(Object value) {
        if (value == null) {
            return NOTHING;
        }
        if (value instanceof FieldValue field) {
            return field.text() == null ? field.state().name() : field.state() + " " + field.text();
        }
        if (value instanceof TimeValue time) {
            return time.at() == null ? time.state().name() : time.state() + " " + time.at();
        }
        if (value instanceof DayValue day) {
            return day.day() == null ? day.state().name() : day.state() + " " + day.day();
        }
        if (value instanceof TimeBounds bounds) {
            String instant =
                    bounds.exact() ? bounds.earliest().toString() : bounds.earliest() + " to " + bounds.latest();
            return bounds.declared() ? instant + " (declared)" : instant;
        }
        if (value instanceof PersonToken person) {
            return person.group() + " " + person.digest();
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? NOTHING : list.stream().map(Narrator::words).collect(Collectors.joining(", "));
        }
        return value.toString();
    }

    /** Events told, by kind. */
    Map<String, Long> events() {
        return Map.copyOf(events);
    }

    /** Changes that no event came of, by reason. */
    Map<String, Long> nothing() {
        return new TreeMap<>(nothing);
    }

    /** Values that could not be read: where, why and, if the record itself held it, as what. */
    Map<String, Long> unreadable() {
        return new TreeMap<>(unreadable);
    }
}
