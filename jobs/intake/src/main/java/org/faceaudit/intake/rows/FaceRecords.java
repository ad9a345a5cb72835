package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.rows.FactTimelines.Cut;
import org.faceaudit.intake.rows.FactTimelines.Kept;

/** Makes face records of rows. */
final class FaceRecords {

    private static final int MOST_DAYS = 100_000;

    private FaceRecords() {}

    /** The record's time line, {@code null} if the row never held an artefact of the operator's. */
    static FaceRecord derive(
            Mapping mapping,
            MappedTable table,
            FaceRecordMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        RowHistory own = view.history(table.name(), rowKey);
        if (own == null) {
            return null;
        }
        List<FaceRecordVersion> versions = new ArrayList<>();
        String declared = null;
        // Only rows of other tables cut the time line further.
        Collection<Reading> readings =
                mapping.isJoined(table.name()) ? FactTimelines.readings(table, fact.readings()) : List.of();
        for (Cut cut : FactTimelines.cuts(own, readings, view)) {
            FactValues values = new FactValues(mapping, cut, view, complaints);
            FaceRecordVersion last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
            boolean wasStored = last != null && last.stored();
            boolean template = present(fact.template(), cut, wasStored && last.template(), values);
            boolean image = present(fact.image(), cut, wasStored && last.image(), values);
            Kept kept = cut.row().present() ? FactTimelines.kept(table, cut, view) : Kept.NO;
            boolean stored = (template || image) && (kept == Kept.YES || (kept == Kept.NOT_KNOWN && wasStored));
            if (!stored) {
                if (wasStored) {
                    versions.add(gone(cut));
                }
                continue;
            }
            String declaredNow = fact.storedAt() == null
                    ? null
                    : values.value(fact.storedAt().column()).text();
            TimeBounds storedAt;
            if (!wasStored) {
                storedAt = values.start(fact.storedAt(), fact.storedAfter());
            } else if (Objects.equals(declared, declaredNow)) {
                storedAt = last.storedAt();
            } else {
                Instant commit = cut.at();
                storedAt = values.instant(fact.storedAt())
                        .filter(said -> !said.isAfter(commit))
                        .map(TimeBounds::declared)
                        .orElse(last.storedAt());
            }
            declared = declaredNow;
            List<PersonToken> persons = values.persons(fact);
            FaceRecordVersion version = new FaceRecordVersion(
                    wasStored ? cut.from() : storedAt,
                    true,
                    persons.isEmpty() ? null : persons.get(0),
                    persons.isEmpty() ? List.of() : persons.subList(1, persons.size()),
                    template,
                    image,
                    storedAt,
                    days(fact, values),
                    until(fact, values),
                    fact.dataClass(),
                    cut.position());
            if (!wasStored || !same(last, version)) {
                versions.add(version);
            }
        }
        return versions.isEmpty() ? null : record(mapping, table, rowKey, versions);
    }

    /** What stands after a record turned out never to have been: later rows may show that an earlier guess was wrong. */
    static FaceRecord withdrawn(FaceRecord record) {
        FaceRecordVersion first = record.versions().get(0);
        return new FaceRecord(
                record.operator(),
                record.system(),
                record.recordKey(),
                record.mappingVersion(),
                List.of(new FaceRecordVersion(
                        first.from(), false, null, false, false, null, null, null, first.position())));
    }

    private static FaceRecord record(
            Mapping mapping, MappedTable table, String rowKey, List<FaceRecordVersion> versions) {
        return new FaceRecord(mapping.operator(), mapping.system(), table.rowName(rowKey), mapping.version(), versions);
    }

    private static FaceRecordVersion gone(Cut cut) {
        return new FaceRecordVersion(cut.from(), false, null, false, false, null, null, null, cut.position());
    }

    private static boolean present(PresenceReading reading, Cut cut, boolean before, FactValues values) {
        if (!cut.row().present() || reading.kind() == PresenceReading.Kind.NEVER) {
            return false;
        }
        if (reading.kind() == PresenceReading.Kind.ROW) {
            return true;
        }
        FieldValue value = cut.row().fields().getOrDefault(reading.column(), FieldValue.UNKNOWN);
        if (value.state() == FieldState.ABSENT) {
            return false;
        }
        if (value.state() == FieldState.PRESENT && !value.text().startsWith("d1:unreadable:")) {
            return value.text().startsWith("d1:present:");
        }
        values.unreadable(reading.column(), "unreadable-image");
        return before;
    }

    private static Integer days(FaceRecordMapping fact, FactValues values) {
        if (fact.retention() == null) {
            return null;
        }
        if (fact.retention().daysColumn() == null) {
            return fact.retention().days();
        }
        FieldValue value = values.value(fact.retention().daysColumn());
        if (value.state() != FieldState.PRESENT) {
            return null;
        }
        Optional<Integer> days = Optional.of(value.text())
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf)
                .filter(number -> number <= MOST_DAYS);
        if (days.isEmpty()) {
            values.unreadable(fact.retention().daysColumn().column(), "unreadable-days");
        }
        return days.orElse(null);
    }

    private static LegalDay until(FaceRecordMapping fact, FactValues values) {
        return fact.retention() == null ? null : values.day(fact.retention().until());
    }

    private static boolean same(FaceRecordVersion one, FaceRecordVersion other) {
        return Objects.equals(one.person(), other.person())
                && one.alsoNamed().equals(other.alsoNamed())
                && one.template() == other.template()
                && one.image() == other.image()
                && Objects.equals(one.storedAt(), other.storedAt())
                && Objects.equals(one.retentionDays(), other.retentionDays())
                && Objects.equals(one.retainUntil(), other.retainUntil());
    }
}
