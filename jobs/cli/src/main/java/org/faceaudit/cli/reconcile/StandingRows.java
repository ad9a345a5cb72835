package org.faceaudit.cli.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.cli.reconcile.PackedRows.Value;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.envelope.Digests;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TablePattern;

/**
 * The rows of a source as they stand at one moment, and whose faces they store: of the rows alone, without what they were
 * before. Of keys, and of the columns that tell whose face it is, it holds digests ({@link PackedRows}); whoever fills it
 * brings tokens and descriptors, never what they stand for.
 *
 * <p>The persons are those that the rows name now. A job that has watched longer may know more: an image whose person's row
 * was deleted is still that person's to it, and nobody's here. Of a record with several tokens the first that is there counts.
 */
final class StandingRows {

    /** A column that no table has: of one name for many tables, which of them a row is of. */
    private static final String NUMBERS = "#numbers";

    private static final Value UNKNOWN = new Value(0, FieldState.UNKNOWN.ordinal());
    private static final Value ABSENT = new Value(0, FieldState.ABSENT.ordinal());

    /** An odd number without a pattern: what it multiplies is not what it was, and nothing of it is lost. */
    private static final long MIXER = 0x9E37_79B9_7F4A_7C15L;

    private final Mapping mapping;
    private final Map<String, TablePattern> patterns = new HashMap<>();
    /** By a table of the source what tells it from the others of its entry. */
    private final Map<String, String> numbers = new HashMap<>();

    private final Map<String, List<String>> columns = new TreeMap<>();
    /** As table and column, what is compared with constants only: blanks behind it do not count, and a digest would hold them. */
    private final Set<String> compared = new TreeSet<>();

    private final Map<String, PackedRows> rows = new TreeMap<>();
    private final PackedRows.Digester digester = new PackedRows.Digester();
    /** Of tables without a key, the names given to equal rows, by what names them all. */
    private final Map<String, Map<String, Deque<String>>> keyless = new HashMap<>();

    private long number;
    /** Under table and column, the rows by value; filled while persons are counted. */
    private final Map<String, Index> indexes = new HashMap<>();

    /** Rows chained by the hash of one column's value. */
    private record Index(int[] heads, int[] next) {

        private static Index of(PackedRows rows, int column) {
            int[] heads = new int[Integer.highestOneBit(Math.max(1, rows.size())) * 2];
            int[] next = new int[rows.numbers()];
            Arrays.fill(heads, -1);
            rows.forEach(row -> {
                Value value = rows.value(row, column);
                if (value.state() == FieldState.PRESENT) {
                    int head = head(value, heads);
                    next[row] = heads[head];
                    heads[head] = row;
                }
            });
            return new Index(heads, next);
        }

        private static int head(Value value, int[] heads) {
            return (int) (value.low() >>> 2) & (heads.length - 1);
        }

        /** In the order of their keys. */
        private List<Integer> with(Value value, PackedRows rows, int column) {
            List<Integer> found = new ArrayList<>(1);
            for (int row = heads[head(value, heads)]; row >= 0; row = next[row]) {
                if (rows.value(row, column).equals(value)) {
                    found.add(row);
                }
            }
            if (found.size() > 1) {
                found.sort(rows::compareKeys);
            }
            return found;
        }
    }

    StandingRows(Mapping mapping) {
        this.mapping = mapping;
        mapping.patterns().forEach(pattern -> patterns.put(pattern.name(), pattern));
        Map<String, TreeSet<String>> needed = new TreeMap<>();
        // Where several rows may be found the first by key counts.
        Set<String> severalFound = new TreeSet<>();
        Set<String> joined = new TreeSet<>();
        mapping.tables().forEach(table -> {
            needed.put(table, patterns.containsKey(table) ? new TreeSet<>(Set.of(NUMBERS)) : new TreeSet<>());
        });
        for (MappedTable table : mapping.tablesByName().values()) {
            for (FaceRecordMapping fact : faceRecords(table)) {
                for (Reading reading : readings(table, fact)) {
                    String here = table.name();
                    for (Join join : reading.via()) {
                        needed.get(here).add(join.column());
                        needed.get(join.table()).add(join.otherColumn());
                        joined.add(here + '.' + join.column());
                        joined.add(join.table() + '.' + join.otherColumn());
                        boolean isKey = mapping.table(join.table())
                                .filter(there ->
                                        !there.isPattern() && there.key().equals(List.of(join.otherColumn())))
                                .isPresent();
                        if (!isKey) {
                            severalFound.add(join.table());
                        }
                        here = join.table();
                    }
                    needed.get(here).add(reading.column());
                }
                conditions(table, fact)
                        .forEach(condition -> compared.add(condition.column().table(table.name())
                                + '.'
                                + condition.column().column()));
            }
        }
        compared.removeAll(joined);
        needed.forEach((table, names) -> {
            columns.put(table, List.copyOf(names));
            rows.put(table, new PackedRows(names.size(), digester, severalFound.contains(table)));
        });
    }

    private static List<FaceRecordMapping> faceRecords(MappedTable table) {
        return table.facts().stream()
                .filter(FaceRecordMapping.class::isInstance)
                .map(FaceRecordMapping.class::cast)
                .toList();
    }

    private static List<Condition> conditions(MappedTable table, FaceRecordMapping fact) {
        List<Condition> conditions = new ArrayList<>(table.where());
        fact.persons().stream()
                .flatMap(person -> person.alternatives().stream())
                .map(PersonReading::when)
                .filter(Objects::nonNull)
                .forEach(conditions::add);
        return conditions;
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
        for (PersonReading person : fact.persons()) {
            readings.addAll(person.readings());
        }
        return readings;
    }

    /** The columns that tell whose faces are stored, sorted; empty for a table of which rows are only counted. */
    List<String> columns(String table) {
        return columns.get(table).stream().filter(name -> !name.equals(NUMBERS)).toList();
    }

    /**
     * The row is there with these values; a value that the log did not carry stays what it was.
     *
     * @param table the mapping's entry
     * @param ofTable the row's own table
     */
    void put(String table, String ofTable, String key, Map<String, FieldValue> values) {
        put(table, key, numbered(table, ofTable, values));
    }

    private Map<String, FieldValue> numbered(String table, String ofTable, Map<String, FieldValue> values) {
        if (!patterns.containsKey(table)) {
            return values;
        }
        Map<String, FieldValue> numbered = new HashMap<>(values);
        numbered.put(NUMBERS, FieldValue.present(numbers(table, ofTable)));
        return numbered;
    }

    private String numbers(String table, String ofTable) {
        return numbers.computeIfAbsent(
                ofTable, name -> String.join("/", patterns.get(table).numbers(name)));
    }

    private void put(String table, String key, Map<String, FieldValue> values) {
        List<String> names = columns.get(table);
        PackedRows there = rows.get(table);
        Value[] after = new Value[names.size()];
        for (int i = 0; i < after.length; i++) {
            FieldValue value = values.getOrDefault(names.get(i), FieldValue.UNKNOWN);
            if (value.state() == FieldState.UNCHANGED) {
                int before = there.find(key);
                after[i] = before < 0 ? UNKNOWN : there.value(before, i);
            } else {
                after[i] =
                        digester.of(compared.contains(table + '.' + names.get(i)) ? withoutBlanksBehind(value) : value);
            }
        }
        there.put(key, after);
    }

    private static FieldValue withoutBlanksBehind(FieldValue value) {
        return value.state() == FieldState.PRESENT
                ? FieldValue.present(value.text().stripTrailing())
                : value;
    }

    void remove(String table, String key) {
        rows.get(table).remove(key);
    }

    /**
     * One row more in a table without a key.
     *
     * @param equals names all rows that are equal to it
     */
    void add(String table, String ofTable, String equals, Map<String, FieldValue> captured) {
        Map<String, FieldValue> values = numbered(table, ofTable, captured);
        Deque<String> there = keyless.computeIfAbsent(table, name -> new HashMap<>())
                .computeIfAbsent(equals, name -> new ArrayDeque<>(1));
        // By what is kept of it: where several are found, both sides must find the same one first.
        String name = kept(table, values) + '/' + number++;
        there.addLast(name);
        put(table, name, values);
    }

    /** One of the equal rows less, if there is one. */
    void takeAway(String table, String equals) {
        Deque<String> there = keyless.getOrDefault(table, Map.of()).get(equals);
        if (there != null) {
            remove(table, there.removeFirst());
            if (there.isEmpty()) {
                keyless.get(table).remove(equals);
            }
        }
    }

    private String kept(String table, Map<String, FieldValue> values) {
        Map<String, FieldValue> kept = new TreeMap<>();
        for (String column : columns.get(table)) {
            FieldValue value = values.getOrDefault(column, FieldValue.UNKNOWN);
            boolean image = value.state() == FieldState.PRESENT && value.text().startsWith("d1:");
            // Of an image both sides know no more than whether it is there.
            kept.put(column, image ? FieldValue.present(value.text().replaceFirst("^(d1:[a-z]+):.*", "$1")) : value);
        }
        return Digests.content(kept);
    }

    /** No row of one table is there any more. */
    void clear(String table, String ofTable) {
        if (!patterns.containsKey(table)) {
            rows.get(table).clear();
            keyless.remove(table);
            return;
        }
        Value numbers = digester.of(numbers(table, ofTable));
        rows.get(table).removeIf(row -> value(table, NUMBERS, row).equals(numbers));
        keyless.getOrDefault(table, new HashMap<>()).keySet().removeIf(equals -> equals.startsWith(ofTable + "/"));
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
                rows.get(table.name()).forEach(row -> facts.forEach(fact -> addPerson(table, fact, row, persons)));
            }
        }
        indexes.clear();
        return persons.size();
    }

    private void addPerson(MappedTable table, FaceRecordMapping fact, int row, DistinctDigests persons) {
        boolean stored = present(table, fact.image(), row) || present(table, fact.template(), row);
        if (!stored || !table.where().stream().allMatch(condition -> holds(condition, table, row))) {
            return;
        }
        for (PersonReading alternatives : fact.persons()) {
            PersonReading person = meant(alternatives, table, row);
            if (person == null) {
                continue;
            }
            long high = 0;
            long low = 0;
            boolean named = true;
            for (Reading column : person.columns()) {
                Value token = read(column, 0, table.name(), row);
                named &= token.isToken();
                // Of one column its token; of several something that also tells their order.
                high = high * MIXER ^ token.high();
                low = low * MIXER ^ token.low();
            }
            Value scope = named ? scope(table, person, row) : UNKNOWN;
            if (scope.state() != FieldState.UNKNOWN) {
                // Tokens of one scope differ by themselves; the scope turns them into others.
                persons.add(high ^ Long.rotateLeft(scope.high(), 17), low ^ Long.rotateLeft(scope.low(), 17));
                return;
            }
        }
    }

    /** Of several alternatives that of the row; {@code null} for none, and if nothing tells which. */
    private PersonReading meant(PersonReading alternatives, MappedTable table, int row) {
        for (PersonReading one = alternatives; one != null; one = one.otherwise()) {
            if (one.when() == null || holds(one.when(), table, row)) {
                return one;
            }
            if (read(one.when().column(), 0, table.name(), row).state() == FieldState.UNKNOWN) {
                return null;
            }
        }
        return null;
    }

    private boolean present(MappedTable table, PresenceReading presence, int row) {
        return switch (presence.kind()) {
            case ROW -> true;
            case NEVER -> false;
            case COLUMN -> {
                Value value = value(table.name(), presence.column(), row);
                // What cannot be read is there all the same.
                yield value.state() == FieldState.PRESENT && !value.isEmptyImage();
            }
        };
    }

    private boolean holds(Condition condition, MappedTable table, int row) {
        Value value = read(condition.column(), 0, table.name(), row);
        boolean equal = value.state() == FieldState.PRESENT
                ? condition.values().stream()
                        .map(String::stripTrailing)
                        .map(digester::of)
                        .anyMatch(value::equals)
                : condition.values().contains("");
        return value.state() != FieldState.UNKNOWN && equal != condition.negated();
    }

    /** What separates ids that are unique within a collection only; ABSENT where nothing does. */
    private Value scope(MappedTable table, PersonReading person, int row) {
        return person.collection() == null ? ABSENT : read(person.collection(), 0, table.name(), row);
    }

    private Value value(String table, String column, int row) {
        return rows.get(table).value(row, columns.get(table).indexOf(column));
    }

    /** Of tables that are numbered alike only those of the same numbers. */
    private List<Integer> meant(String from, int row, String table, List<Integer> found) {
        if (!patterns.containsKey(from) || !patterns.get(from).isNumberedLike(patterns.get(table))) {
            return found;
        }
        Value own = value(from, NUMBERS, row);
        return found.stream()
                .filter(other -> value(table, NUMBERS, other).equals(own))
                .toList();
    }

    /** Whether a row of another of many tables says something else: then nobody can say which was meant. */
    private boolean isContradicted(Value value, Reading reading, int hop, int by, List<Integer> found) {
        Join join = reading.via().get(hop);
        if (join.reverse() || !patterns.containsKey(join.table())) {
            return false;
        }
        Value own = value(join.table(), NUMBERS, by);
        return found.stream()
                .filter(other -> !value(join.table(), NUMBERS, other).equals(own))
                .map(other -> read(reading, hop + 1, join.table(), other))
                .anyMatch(other -> other.state() != FieldState.UNKNOWN && !other.equals(value));
    }

    /** Follows references by the rows that are there; of several the first by key that leads to a value. */
    private Value read(Reading reading, int hop, String table, int row) {
        if (hop == reading.via().size()) {
            return value(table, reading.column(), row);
        }
        Join join = reading.via().get(hop);
        Value here = value(table, join.column(), row);
        if (here.state() != FieldState.PRESENT) {
            return here.state() == FieldState.ABSENT ? ABSENT : UNKNOWN;
        }
        PackedRows there = rows.get(join.table());
        int column = columns.get(join.table()).indexOf(join.otherColumn());
        List<Integer> found = indexes.computeIfAbsent(
                        join.table() + '.' + join.otherColumn(), name -> Index.of(there, column))
                .with(here, there, column);
        if (patterns.containsKey(join.table())) {
            found = meant(table, row, join.table(), found);
        }
        for (int other : found) {
            Value value = read(reading, hop + 1, join.table(), other);
            if (value.state() != FieldState.UNKNOWN) {
                return isContradicted(value, reading, hop, other, found) ? UNKNOWN : value;
            }
        }
        return join.reverse() && found.isEmpty() ? ABSENT : UNKNOWN;
    }
}
