package org.faceaudit.cli.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.rows.RowKey;

/**
 * The rows of a source as they stand at one moment, and whose faces they store: of the rows alone, without what they were
 * before. It holds keys, and of the columns those that tell whose face it is; whoever fills it brings tokens and descriptors,
 * never what they stand for.
 *
 * <p>The persons are those that the rows name now. A job that has watched longer may know more: an image whose person's row
 * was deleted is still that person's to it, and nobody's here.
 */
final class StandingRows {

    private static final int TOKEN_PARTS = 5;
    private static final FieldValue[] KEY_ONLY = {};

    private final Mapping mapping;
    private final Map<String, List<String>> columns = new TreeMap<>();
    private final Map<String, Map<String, FieldValue[]>> rows = new TreeMap<>();
    /** Under table and column, the keys of the rows that have a value; filled while persons are counted. */
    private final Map<String, Map<String, List<String>>> indexes = new HashMap<>();

    StandingRows(Mapping mapping) {
        this.mapping = mapping;
        Map<String, TreeSet<String>> needed = new TreeMap<>();
        mapping.tables().forEach(table -> {
            needed.put(table, new TreeSet<>());
            rows.put(table, new HashMap<>());
        });
        for (MappedTable table : mapping.tablesByName().values()) {
            for (FaceRecordMapping fact : faceRecords(table)) {
                for (Reading reading : readings(table, fact)) {
                    String here = table.name();
                    for (Join join : reading.via()) {
                        needed.get(here).add(join.column());
                        needed.get(join.table()).add(join.otherColumn());
                        here = join.table();
                    }
                    needed.get(here).add(reading.column());
                }
            }
        }
        needed.forEach((table, names) -> columns.put(table, List.copyOf(names)));
    }

    private static List<FaceRecordMapping> faceRecords(MappedTable table) {
        return table.facts().stream()
                .filter(FaceRecordMapping.class::isInstance)
                .map(FaceRecordMapping.class::cast)
                .toList();
    }

    /** What tells of a row whether a face is stored in it, and whose. */
    private static List<Reading> readings(MappedTable table, FaceRecordMapping fact) {
        List<Reading> readings = new ArrayList<>();
        table.where().forEach(condition -> readings.add(condition.column()));
        for (PresenceReading presence : List.of(fact.image(), fact.template())) {
            if (presence.kind() == PresenceReading.Kind.COLUMN) {
                readings.add(Reading.of(presence.column()));
            }
        }
        if (fact.person() != null) {
            readings.add(fact.person().column());
            if (fact.person().collection() != null) {
                readings.add(fact.person().collection());
            }
        }
        return readings;
    }

    /** The columns that tell whose faces are stored, sorted; empty for a table of which rows are only counted. */
    List<String> columns(String table) {
        return columns.get(table);
    }

    /** The row is there with these values; a value that the log did not carry stays what it was. */
    void put(String table, String key, Map<String, FieldValue> values) {
        List<String> names = columns.get(table);
        FieldValue[] before = rows.get(table).get(key);
        FieldValue[] after = names.isEmpty() ? KEY_ONLY : new FieldValue[names.size()];
        for (int i = 0; i < after.length; i++) {
            FieldValue value = values.getOrDefault(names.get(i), FieldValue.UNKNOWN);
            if (value.state() == FieldState.UNCHANGED) {
                value = before == null ? FieldValue.UNKNOWN : before[i];
            }
            after[i] = value;
        }
        rows.get(table).put(key, after);
    }

    void remove(String table, String key) {
        rows.get(table).remove(key);
    }

    void clear(String table) {
        rows.get(table).clear();
    }

    Counts counts() {
        Map<String, Long> byTable = new TreeMap<>();
        rows.forEach((table, there) -> byTable.put(table, (long) there.size()));
        return new Counts(byTable, persons());
    }

    long persons() {
        indexes.clear();
        DistinctDigests persons = new DistinctDigests();
        for (MappedTable table : mapping.tablesByName().values()) {
            List<FaceRecordMapping> facts = faceRecords(table);
            if (!facts.isEmpty()) {
                rows.get(table.name()).values().forEach(row -> {
                    for (FaceRecordMapping fact : facts) {
                        person(table, fact, row)
                                .ifPresent(person -> persons.add(person.group() + '|' + person.digest()));
                    }
                });
            }
        }
        indexes.clear();
        return persons.size();
    }

    private Optional<PersonToken> person(MappedTable table, FaceRecordMapping fact, FieldValue[] row) {
        boolean stored = present(table, fact.image(), row) || present(table, fact.template(), row);
        if (fact.person() == null
                || !stored
                || !table.where().stream().allMatch(condition -> holds(condition, table, row))) {
            return Optional.empty();
        }
        FieldValue token = read(fact.person().column(), 0, table.name(), row);
        if (token.state() != FieldState.PRESENT) {
            return Optional.empty();
        }
        String[] parts = token.text().split(":", -1);
        if (parts.length != TOKEN_PARTS) {
            return Optional.empty();
        }
        return scope(table, fact.person(), row)
                .map(scope -> new PersonToken(parts[1], parts[2], parts[3], scope, parts[4]));
    }

    private boolean present(MappedTable table, PresenceReading presence, FieldValue[] row) {
        return switch (presence.kind()) {
            case ROW -> true;
            case NEVER -> false;
            case COLUMN -> {
                FieldValue value = value(table.name(), presence.column(), row);
                // What cannot be read is there all the same.
                yield value.state() == FieldState.PRESENT && !value.text().startsWith("d1:empty:");
            }
        };
    }

    private boolean holds(Condition condition, MappedTable table, FieldValue[] row) {
        FieldValue value = read(condition.column(), 0, table.name(), row);
        boolean equal =
                value.state() == FieldState.PRESENT && condition.values().contains(value.text());
        return value.state() != FieldState.UNKNOWN && equal != condition.negated();
    }

    /** What separates ids that are unique within the system, or within a collection, only. */
    private Optional<String> scope(MappedTable table, PersonReading person, FieldValue[] row) {
        if (!PersonReading.LOCAL_KINDS.contains(person.identifies())) {
            return Optional.of("");
        }
        FieldValue collection =
                person.collection() == null ? FieldValue.ABSENT : read(person.collection(), 0, table.name(), row);
        return switch (collection.state()) {
            case PRESENT -> Optional.of(mapping.system() + '/' + RowKey.encoded(collection.text()));
            case ABSENT -> Optional.of(mapping.system());
            default -> Optional.empty();
        };
    }

    private FieldValue value(String table, String column, FieldValue[] row) {
        return row[columns.get(table).indexOf(column)];
    }

    /** Follows references by the rows that are there; of several the first by key that leads to a value. */
    private FieldValue read(Reading reading, int hop, String table, FieldValue[] row) {
        if (hop == reading.via().size()) {
            return value(table, reading.column(), row);
        }
        Join join = reading.via().get(hop);
        FieldValue here = value(table, join.column(), row);
        if (here.state() != FieldState.PRESENT) {
            return here.state() == FieldState.ABSENT ? FieldValue.ABSENT : FieldValue.UNKNOWN;
        }
        List<String> found = index(join).getOrDefault(here.text(), List.of());
        for (String key : found) {
            FieldValue value =
                    read(reading, hop + 1, join.table(), rows.get(join.table()).get(key));
            if (value.state() != FieldState.UNKNOWN) {
                return value;
            }
        }
        return join.reverse() && found.isEmpty() ? FieldValue.ABSENT : FieldValue.UNKNOWN;
    }

    private Map<String, List<String>> index(Join join) {
        return indexes.computeIfAbsent(join.table() + '.' + join.otherColumn(), name -> {
            Map<String, List<String>> index = new HashMap<>();
            rows.get(join.table()).forEach((key, row) -> {
                FieldValue value = value(join.table(), join.otherColumn(), row);
                if (value.state() == FieldState.PRESENT) {
                    index.computeIfAbsent(value.text(), text -> new ArrayList<>(1))
                            .add(key);
                }
            });
            index.values().stream()
                    .filter(keys -> keys.size() > 1)
                    .forEach(keys -> keys.sort(Comparator.naturalOrder()));
            return index;
        });
    }
}
