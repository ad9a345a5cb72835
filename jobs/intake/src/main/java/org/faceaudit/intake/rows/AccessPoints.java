package org.faceaudit.intake.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.InForceReading;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.MethodsReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.SpaceReading;
import org.faceaudit.intake.rows.FactTimelines.Cut;
import org.faceaudit.intake.rows.FactTimelines.Kept;

/** Makes access points of rows. */
final class AccessPoints {

    private AccessPoints() {}

    /**
     * The time lines of the points that the row configures or configured, by their ids: as a rule one, none if the row never was
     * one of the operator's. A row that comes to name another point configures the first no longer. While the id cannot be read
     * it is the last that was, else the next.
     */
    static Map<String, AccessPoint> derive(
            Mapping mapping,
            MappedTable table,
            AccessPointMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        RowHistory own = view.history(table.name(), rowKey);
        if (own == null) {
            return Map.of();
        }
        List<AccessPointVersion> versions = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Cut cut : FactTimelines.cuts(own, FactTimelines.readings(table, fact.readings()), view)) {
            FactValues values = new FactValues(mapping, cut, view, complaints);
            Kept kept = cut.row().present() ? FactTimelines.kept(table, cut, view) : Kept.NO;
            if (versions.isEmpty() && kept != Kept.YES) {
                continue;
            }
            versions.add(kept == Kept.NO ? retired(cut) : inForce(fact, cut, values, versions.isEmpty()));
            ids.add(kept == Kept.NO ? null : id(fact, values));
        }
        fillIn(ids, rowKey);
        Map<String, AccessPoint> points = new TreeMap<>();
        for (String id : new TreeSet<>(ids)) {
            points.put(
                    id,
                    new AccessPoint(
                            mapping.operator(),
                            mapping.system(),
                            id,
                            table.rowName(rowKey),
                            mapping.version(),
                            ofPoint(id, versions, ids)));
        }
        return points;
    }

    private static String id(AccessPointMapping fact, FactValues values) {
        String id = fact.id() == null ? null : values.value(fact.id()).text();
        return id == null ? null : RowKey.encoded(id);
    }

    /** Puts in the place of each id that was not read the last that was, else the next, else the one given. */
    private static void fillIn(List<String> ids, String otherwise) {
        String last = ids.stream().filter(Objects::nonNull).findFirst().orElse(otherwise);
        for (int i = 0; i < ids.size(); i++) {
            last = ids.get(i) == null ? last : ids.get(i);
            ids.set(i, last);
        }
    }

    /** What the row says of one of its points: while it names another, it is gone. */
    private static List<AccessPointVersion> ofPoint(String id, List<AccessPointVersion> versions, List<String> ids) {
        List<AccessPointVersion> own = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            AccessPointVersion version = versions.get(i);
            AccessPointVersion said = ids.get(i).equals(id) ? version : retired(version.from(), version.position());
            AccessPointVersion last = own.isEmpty() ? null : own.get(own.size() - 1);
            if (last == null ? said.there() : !last.saysTheSameAs(said)) {
                own.add(said);
            }
        }
        return own;
    }

    /** What stands after a point turned out never to have been the operator's. */
    static AccessPoint withdrawn(AccessPoint point) {
        AccessPointVersion first = point.versions().get(0);
        return new AccessPoint(
                point.operator(),
                point.system(),
                point.pointId(),
                point.row(),
                point.mappingVersion(),
                List.of(retired(first.from(), first.position())));
    }

    private static AccessPointVersion retired(Cut cut) {
        return retired(cut.from(), cut.position());
    }

    private static AccessPointVersion retired(TimeBounds from, Position position) {
        return new AccessPointVersion(from, false, FieldState.ABSENT, List.of(), null, null, position);
    }

    private static AccessPointVersion inForce(AccessPointMapping fact, Cut cut, FactValues values, boolean first) {
        Optional<Boolean> inForce = inForce(fact.inForce(), values);
        Optional<List<String>> methods = methods(fact.methods(), values);
        boolean known = inForce.isPresent() && methods.isPresent();
        String site = fact.site() == null ? null : values.value(fact.site()).text();
        return new AccessPointVersion(
                first ? values.start(fact.since(), null) : cut.from(),
                inForce.orElse(true),
                known ? FieldState.PRESENT : FieldState.UNKNOWN,
                methods.orElse(List.of()),
                site,
                space(fact.space(), values),
                cut.position());
    }

    /** The kind of space, {@code null} where none is named; one that nobody mapped is not taken for a harmless one. */
    private static String space(SpaceReading reading, FactValues values) {
        if (reading == null) {
            return null;
        }
        FieldValue value = values.value(reading.column());
        if (value.state() != FieldState.PRESENT) {
            return value.state() == FieldState.ABSENT ? null : AccessPointVersion.UNKNOWN_SPACE;
        }
        String space = reading.values().isEmpty()
                ? value.text().strip().toUpperCase(Locale.ROOT)
                : reading.values().get(value.text().strip());
        if (space == null || !SpaceReading.SPACES.contains(space)) {
            values.unreadable(reading.column().column(), "unmapped-space");
            return AccessPointVersion.UNKNOWN_SPACE;
        }
        return space;
    }

    private static Optional<Boolean> inForce(InForceReading reading, FactValues values) {
        if (reading == null) {
            return Optional.of(true);
        }
        FieldValue value = values.value(reading.column());
        if (value.state() == FieldState.UNKNOWN) {
            return Optional.empty();
        }
        if (!reading.values().isEmpty()) {
            return Optional.of(Condition.isOneOf(reading.values(), value));
        }
        return value.state() == FieldState.ABSENT
                ? Optional.of(false)
                : flag(reading.column().column(), value, values);
    }

    private static Optional<Boolean> flag(String column, FieldValue value, FactValues values) {
        Optional<Boolean> flag = ValueTexts.flag(value.text());
        if (flag.isEmpty()) {
            values.unreadable(column, "unreadable-flag");
        }
        return flag;
    }

    /** The enabled methods, sorted; empty if any part of them cannot be read: then nothing may be concluded. */
    private static Optional<List<String>> methods(MethodsReading reading, FactValues values) {
        TreeSet<String> methods = new TreeSet<>(reading.constant());
        for (String column : reading.flags().keySet()) {
            FieldValue value = values.value(Reading.of(column));
            if (value.state() == FieldState.UNKNOWN) {
                return Optional.empty();
            }
            if (value.state() == FieldState.PRESENT) {
                Optional<Boolean> flag = flag(column, value, values);
                if (flag.isEmpty()) {
                    return Optional.empty();
                }
                if (flag.get()) {
                    methods.add(reading.flags().get(column));
                }
            }
        }
        if (reading.column() != null) {
            FieldValue value = values.value(reading.column());
            if (value.state() == FieldState.UNKNOWN) {
                return Optional.empty();
            }
            if (value.state() == FieldState.PRESENT) {
                Optional<List<String>> listed = listed(reading, value.text());
                if (listed.isEmpty()) {
                    values.unreadable(reading.column().column(), "unmapped-method");
                    return Optional.empty();
                }
                methods.addAll(listed.get());
            }
        }
        return Optional.of(List.copyOf(methods));
    }

    private static Optional<List<String>> listed(MethodsReading reading, String text) {
        Optional<List<String>> words = reading.delimiter() == null
                ? JsonTexts.array(text)
                : Optional.of(List.of(text.split(Pattern.quote(reading.delimiter()), -1)));
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> methods = new ArrayList<>();
        for (String word : words.get()) {
            String written = word.strip();
            if (written.isEmpty()) {
                continue;
            }
            String method = reading.values().isEmpty()
                    ? written.toUpperCase(Locale.ROOT)
                    : reading.values().get(written);
            // A method that nobody mapped must not pass for a fallback, nor for none.
            if (method == null || !MethodsReading.METHODS.contains(method)) {
                return Optional.empty();
            }
            methods.add(method);
        }
        return Optional.of(methods);
    }
}
