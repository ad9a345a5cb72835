package org.faceaudit.cli.capture;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.faceaudit.cli.source.ValueKind;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FactMapping.DeclaredFilingMapping;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.FactMapping.PurposeMapping;
import org.faceaudit.intake.mapping.FactMapping.TechnologyUseMapping;
import org.faceaudit.intake.mapping.FlagReading;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TablePattern;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.TimeType;

/** What a mapping takes each column for, and which types can be that. */
final class ColumnUses {

    private static final Set<ValueKind> FLAGS = EnumSet.of(ValueKind.BOOLEAN, ValueKind.INTEGER, ValueKind.TEXT);
    private static final Set<ValueKind> NUMBERS = EnumSet.of(ValueKind.INTEGER, ValueKind.NUMBER, ValueKind.TEXT);
    private static final Set<ValueKind> LISTS = EnumSet.of(ValueKind.TEXT);
    private static final Set<ValueKind> ARRAYS = EnumSet.of(ValueKind.JSON, ValueKind.ARRAY, ValueKind.TEXT);
    private static final Set<ValueKind> IDENTIFIERS =
            EnumSet.of(ValueKind.TEXT, ValueKind.INTEGER, ValueKind.NUMBER, ValueKind.UUID);

    private final List<Use> uses = new ArrayList<>();

    /**
     * One column as one part of a mapping takes it.
     *
     * @param as what it is read as, in words
     * @param fitting the types that can be read so
     * @param constants what it is compared with; empty for nothing
     */
    record Use(String table, String column, String as, Set<ValueKind> fitting, List<String> constants) {

        Use(String table, String column, String as, Set<ValueKind> fitting) {
            this(table, column, as, fitting, List.of());
        }
    }

    private ColumnUses() {}

    /** Every use whose type matters, each once. */
    static List<Use> of(Mapping mapping) {
        ColumnUses found = new ColumnUses();
        mapping.tablesByName().values().forEach(table -> table.facts().forEach(fact -> found.add(table, fact)));
        found.uses.addAll(ComparedColumns.of(mapping));
        mapping.tokenColumns()
                .forEach(token -> found.uses.add(new Use(
                        token.table(), token.column(), "identifier (" + token.identifies() + ")", IDENTIFIERS)));
        return found.uses.stream()
                .flatMap(use -> each(use, mapping).stream())
                .distinct()
                .toList();
    }

    /** A column that a reference to one of many tables leads to is one of each of those that the mapping names. */
    private static List<Use> each(Use use, Mapping mapping) {
        if (!TablePattern.isPattern(use.table()) || mapping.table(use.table()).isPresent()) {
            return List.of(use);
        }
        return mapping.tables().stream()
                .filter(new TablePattern(use.table())::matches)
                .map(table -> new Use(table, use.column(), use.as(), use.fitting(), use.constants()))
                .toList();
    }

    private void add(MappedTable table, FactMapping fact) {
        if (fact instanceof FaceRecordMapping record) {
            presence(table, record.image());
            presence(table, record.template());
            time(table, record.storedAt());
            time(table, record.storedAfter());
            if (record.retention() != null) {
                use(table, record.retention().daysColumn(), "number of days", NUMBERS);
                time(table, record.retention().until());
            }
        } else if (fact instanceof AccessPointMapping point) {
            point.methods().flags().keySet().forEach(flag -> use(table, Reading.of(flag), "truth value", FLAGS));
            boolean json = point.methods().delimiter() == null;
            use(table, point.methods().column(), json ? "JSON array" : "list of methods", json ? ARRAYS : LISTS);
            if (point.inForce() != null && point.inForce().values().isEmpty()) {
                use(table, point.inForce().column(), "truth value", FLAGS);
            }
            time(table, point.since());
        } else if (fact instanceof PurposeMapping purpose) {
            time(table, purpose.endsOn());
            time(table, purpose.since());
        } else if (fact instanceof ConsentMapping consent) {
            flag(table, consent.separate());
            flag(table, consent.withdrawn());
            flag(table, consent.guardian());
            time(table, consent.givenAt());
            time(table, consent.withdrawnAt());
            time(table, consent.expiresOn());
            time(table, consent.birth());
        } else if (fact instanceof AttemptMapping attempt) {
            time(table, attempt.at());
        } else if (fact instanceof TechnologyUseMapping use) {
            time(table, use.startedOn());
            time(table, use.terminatedOn());
        } else if (fact instanceof DeclaredFilingMapping filing) {
            time(table, filing.submittedOn());
            time(table, filing.returnedOn());
            time(table, filing.acceptedOn());
            time(table, filing.withdrawnOn());
            use(table, filing.declaredPersons(), "number of persons", NUMBERS);
        }
    }

    private void use(MappedTable table, Reading reading, String as, Set<ValueKind> fitting) {
        if (reading != null) {
            uses.add(new Use(reading.table(table.name()), reading.column(), as, fitting));
        }
    }

    private void flag(MappedTable table, FlagReading reading) {
        if (reading != null && reading.values().isEmpty()) {
            use(table, reading.column(), "truth value", FLAGS);
        }
    }

    private void time(MappedTable table, TimeReading time) {
        if (time != null) {
            use(table, time.column(), time.type().spelling(), fitting(time.type()));
        }
    }

    /** Text may spell any of them; which it does, no catalogue tells. */
    private static Set<ValueKind> fitting(TimeType type) {
        return switch (type) {
            case TIMESTAMP -> EnumSet.of(ValueKind.TIMESTAMP, ValueKind.TEXT);
            case TIMESTAMPTZ -> EnumSet.of(ValueKind.INSTANT, ValueKind.TEXT);
            case DATE -> EnumSet.of(ValueKind.DATE, ValueKind.TEXT);
            case EPOCH_SECONDS, EPOCH_MILLIS, EPOCH_MICROS, EPOCH_NANOS -> NUMBERS;
        };
    }

    private void presence(MappedTable table, PresenceReading presence) {
        if (presence.kind() == PresenceReading.Kind.COLUMN) {
            use(
                    table,
                    Reading.of(presence.column()),
                    presence.form(),
                    switch (presence.form()) {
                        case "bytes", "base64" -> EnumSet.of(ValueKind.BYTES, ValueKind.TEXT);
                        case "path", "url" -> EnumSet.of(ValueKind.TEXT, ValueKind.INTEGER, ValueKind.UUID);
                        default ->
                            EnumSet.of(
                                    ValueKind.BYTES, ValueKind.TEXT, ValueKind.ARRAY, ValueKind.JSON, ValueKind.OTHER);
                    });
        }
    }
}
