package org.faceaudit.intake.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
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

    /** The point's time line, {@code null} if the row never was one of the operator's. */
    static AccessPoint derive(
            Mapping mapping,
            MappedTable table,
            AccessPointMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        RowHistory own = view.history(table.name(), rowKey);
        if (own == null) {
            return null;
        }
        List<AccessPointVersion> versions = new ArrayList<>();
        String pointId = fact.id() == null ? rowKey : null;
        for (Cut cut : FactTimelines.cuts(own, FactTimelines.readings(table, fact.readings()), view)) {
            FactValues values = new FactValues(mapping, cut, view, complaints);
            AccessPointVersion last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
            Kept kept = cut.row().present() ? FactTimelines.kept(table, cut, view) : Kept.NO;
            if (last == null && kept != Kept.YES) {
                continue;
            }
            AccessPointVersion version = kept == Kept.NO ? retired(cut) : inForce(fact, cut, values, last == null);
            if (last == null || !same(last, version)) {
                versions.add(version);
            }
            if (pointId == null && kept != Kept.NO) {
                pointId = values.value(fact.id()).text();
                pointId = pointId == null ? null : RowKey.encoded(pointId);
            }
        }
        if (versions.isEmpty()) {
            return null;
        }
        String id = pointId == null ? rowKey : pointId;
        return new AccessPoint(mapping.operator(), mapping.system(), id, mapping.version(), versions);
    }

    /** What stands after a point turned out never to have been the operator's. */
    static AccessPoint withdrawn(AccessPoint point) {
        AccessPointVersion first = point.versions().get(0);
        return new AccessPoint(
                point.operator(),
                point.system(),
                point.pointId(),
                point.mappingVersion(),
                List.of(new AccessPointVersion(
                        first.from(), false, FieldState.ABSENT, List.of(), null, null, first.position())));
    }

    private static AccessPointVersion retired(Cut cut) {
        return new AccessPointVersion(cut.from(), false, FieldState.ABSENT, List.of(), null, null, cut.position());
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
                : reading.values().get(value.text());
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
        if (value.state() == FieldState.ABSENT) {
            return Optional.of(false);
        }
        return reading.values().isEmpty()
                ? flag(reading.column().column(), value, values)
                : Optional.of(reading.values().contains(value.text()));
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

    private static boolean same(AccessPointVersion one, AccessPointVersion other) {
        return one.inForce() == other.inForce()
                && one.methodsState() == other.methodsState()
                && one.methods().equals(other.methods())
                && Objects.equals(one.site(), other.site())
                && Objects.equals(one.space(), other.space());
    }
}
