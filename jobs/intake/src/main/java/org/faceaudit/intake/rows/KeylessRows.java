package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.envelope.Digests;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.MappedTable;

/**
 * Finds the row that a change of a table without a key concerns. Such a table is a multiset of what was captured of its rows: an
 * INSERT adds one, a DELETE takes one of the equal rows away, an UPDATE makes one of them equal to others.
 *
 * <p>A row is named by what stood in it when it was first seen, and by a number; an update leaves it its name. Of equal rows nobody
 * can say which one is gone or was changed: here it is the one that has been equal to the others for the longest. So what stays is
 * the younger, and nobody is accused by a row that may be gone.
 *
 * <p>A repetition is known by its position. A snapshot finds as many of equal rows as it reads of them, the younger first; those
 * that it lacks are the oldest. If it is read a second time from its beginning, rows are counted anew.
 *
 * <p>Tokens are part of what was captured, and another key makes others; so does a column that is captured since, or no more. An attempt
 * that says its own time would count twice then, by the row that goes and by the one that comes: so a snapshot that finds one more
 * takes it for a row that is the same as far as the two can be compared, while there is one that it has not found. Of several it
 * takes the one told last; if the log lost rows, that may be another one of the same instant. Rows that say no time of their own are
 * not judged when a snapshot brings them.
 */
public final class KeylessRows {

    /** Tables that no source has: which numbers there are of equal rows, by what names them all. */
    private static final String EQUALS = "#equals.";
    /** Index: under the place that a row has taken among its equals, the name that it brought with it. */
    private static final String MOVED = "#moved.";
    /** Index: the changes there were. */
    private static final String SEEN = "#seen.";
    /** Index, by table, snapshot and {@link Telling}: under what is comparable of rows, those told otherwise, in the order they came. */
    private static final String OTHERWISE = "#otherwise.";
    /** What no row is named by: the tellings there are. */
    private static final String TELLINGS = "tellings";

    private static final String FIRST = "first";
    private static final String NEXT = "next";
    private static final String BEFORE = "before";
    private static final String HELD = "held";
    private static final String FOUND = "found";

    private final MappedTable table;
    private final RowStore store;
    private final Position position;

    private KeylessRows(MappedTable table, RowStore store, Position position) {
        this.table = table;
        this.store = store;
        this.position = position;
    }

    /** The change as one of the row that it concerns; empty if it concerns none, and the sink has been told why. */
    static Optional<RowChange> named(MappedTable table, RowChange change, RowStore store, FactSink sink) {
        KeylessRows rows = new KeylessRows(table, store, change.position());
        if (change.kind() == RowChange.Kind.INCREMENTAL_ROW) {
            // It never sweeps, so nothing tells whether it is one more or the one that is known.
            return none("keyless-incremental-row", change, sink);
        }
        if (rows.isRepeated(change)) {
            return none("duplicate", change, sink);
        }
        String equals = change.rowKey();
        return switch (change.kind()) {
            case DELETE ->
                rows.leave(equals)
                        .map(name -> named(change, change.kind(), name))
                        .or(() -> none("keyless-row-unknown", change, sink));
            case UPDATE -> rows.update(change, sink);
            case UPSERT -> Optional.of(named(change, change.kind(), rows.join(equals, null)));
            default -> Optional.of(named(change, change.kind(), rows.find(change)));
        };
    }

    private static Optional<RowChange> none(String reason, RowChange change, FactSink sink) {
        sink.notApplicable(reason, change.position());
        return Optional.empty();
    }

    /**
     * The rows that go when a snapshot lacked some, or a TRUNCATE took all: of each kind of equal rows as many, the oldest.
     *
     * @param lacking names of rows that are there
     */
    static Set<String> leaving(MappedTable table, Set<String> lacking, RowChange cause, RowStore store) {
        KeylessRows rows = new KeylessRows(table, store, cause.position());
        Set<String> leaving = new TreeSet<>();
        for (String name : lacking) {
            rows.leave(equals(
                            table,
                            table.tableOf(name),
                            store.history(table.name(), name).newest().fields()))
                    .ifPresent(leaving::add);
        }
        return leaving;
    }

    /**
     * What names all rows of one table that hold the same.
     *
     * @param ofTable the rows' own table
     */
    public static String equals(MappedTable table, String ofTable, Map<String, FieldValue> fields) {
        return table.rowKey(ofTable, RowKey.ofContent(Digests.content(fields)));
    }

    private boolean isRepeated(RowChange change) {
        String identity = Long.toHexString(change.identity());
        if (store.indexed(SEEN + table.name(), identity).iterator().hasNext()) {
            return true;
        }
        store.index(SEEN + table.name(), identity, "1");
        return false;
    }

    private Optional<RowChange> update(RowChange change, FactSink sink) {
        String after = equals(table, change.position().table(), change.fields());
        if (after.equals(change.rowKey())) {
            return none("no-fact-changed", change, sink);
        }
        Optional<String> name = leave(change.rowKey());
        if (name.isEmpty()) {
            // Nobody knew of it; from now on it is known.
            return Optional.of(named(change, RowChange.Kind.UPSERT, join(after, null)));
        }
        join(after, name.get());
        return Optional.of(named(change, change.kind(), name.get()));
    }

    /** @param name what the row is called already; {@code null} for a new one, which is called by its place */
    private String join(String equals, String name) {
        Bag bag = bag(equals);
        String place = RowKey.ofEqual(equals, bag.next());
        keep(equals, new Bag(bag.first(), bag.next() + 1, bag.snapshot()));
        if (name == null) {
            return place;
        }
        store.index(MOVED + table.name(), place, name);
        return name;
    }

    /** The one of the equal rows that has been there for the longest; empty if there is none. */
    private Optional<String> leave(String equals) {
        Bag bag = bag(equals);
        if (bag.first() == bag.next()) {
            return Optional.empty();
        }
        String place = RowKey.ofEqual(equals, bag.first());
        String name = nameAt(place);
        store.unindex(MOVED + table.name(), place, name);
        keep(equals, new Bag(bag.first() + 1, bag.next(), bag.snapshot()));
        return Optional.of(name);
    }

    private String nameAt(String place) {
        for (String name : store.indexed(MOVED + table.name(), place)) {
            return name;
        }
        return place;
    }

    /** The row that a snapshot found: one that was known and that it has not found yet, or a new one. */
    private String find(RowChange change) {
        String equals = change.rowKey();
        Bag bag = bag(equals);
        Snapshot snapshot = bag.snapshot();
        String reading = change.fields().get(RowChange.READING).text();
        if (snapshot.id() != change.snapshotId()) {
            snapshot = new Snapshot(change.snapshotId(), reading, bag.next(), bag.next() - bag.first(), 0);
        } else if (!snapshot.reading().equals(reading)) {
            snapshot = new Snapshot(snapshot.id(), reading, snapshot.before(), snapshot.held(), 0);
        }
        long found = snapshot.found();
        long number =
                found < snapshot.held() ? snapshot.before() - 1 - found : snapshot.before() + found - snapshot.held();
        if (number < bag.first()) {
            // Gone since; what was found is another one.
            number = bag.next();
        }
        String place = RowKey.ofEqual(equals, number);
        if (number >= bag.next()) {
            toldOtherwise(change).ifPresent(name -> store.index(MOVED + table.name(), place, name));
        }
        keep(
                equals,
                new Bag(
                        bag.first(),
                        Math.max(bag.next(), number + 1),
                        new Snapshot(snapshot.id(), reading, snapshot.before(), snapshot.held(), found + 1)));
        return nameAt(place);
    }

    /** Takes a row away from its equals that the snapshot has not found, and that is what it found as far as can be compared. */
    private Optional<String> toldOtherwise(RowChange found) {
        if (!saysItsTime(found.fields())) {
            return Optional.empty();
        }
        Telling now = Telling.of(table, found.fields(), keyId(found.fields()));
        String index = OTHERWISE + table.name() + '.' + found.snapshotId() + '.' + now.text() + keyId(found.fields());
        if (!store.indexed(index, TELLINGS).iterator().hasNext()) {
            store.index(index, TELLINGS, now.text());
            indexOtherTellings(index, found, now);
        }
        while (true) {
            String youngest = "";
            String under = null;
            for (String telling : store.indexed(index, TELLINGS)) {
                String like = like(found.position().table(), found.fields(), new Telling(telling), now);
                for (String candidate : store.indexed(index, like)) {
                    if (candidate.compareTo(youngest) > 0) {
                        youngest = candidate;
                        under = like;
                    }
                }
            }
            if (under == null) {
                return Optional.empty();
            }
            String equals = youngest.substring(youngest.indexOf(' ') + 1);
            if (isLackedBy(found, bag(equals))) {
                return leave(equals);
            }
            store.unindex(index, under, youngest);
        }
    }

    /** Whether there are more of equal rows than the snapshot that brings a row has found so far. */
    private static boolean isLackedBy(RowChange found, Bag bag) {
        Snapshot snapshot = bag.snapshot();
        boolean reading = snapshot.id() == found.snapshotId()
                && snapshot.reading()
                        .equals(found.fields().get(RowChange.READING).text());
        return bag.next() - bag.first() > (reading ? snapshot.found() : 0);
    }

    private void indexOtherTellings(String index, RowChange found, Telling now) {
        String keyId = keyId(found.fields());
        Map<String, Long> newest = new HashMap<>();
        Map<String, String> likes = new HashMap<>();
        Set<String> tellings = new TreeSet<>();
        store.forEachRowNotOf(found.snapshotId(), table.name(), (name, history) -> {
            RowVersion row = history.newest();
            if (!row.present() || !saysItsTime(row.fields())) {
                return;
            }
            Telling telling = Telling.of(table, row.fields(), keyId);
            if (!telling.equals(now)) {
                String ofTable = table.tableOf(name);
                String equals = equals(table, ofTable, row.fields());
                tellings.add(telling.text());
                newest.merge(equals, row.position().offset(), Math::max);
                likes.put(equals, like(ofTable, row.fields(), telling, now));
            }
        });
        tellings.forEach(telling -> store.index(index, TELLINGS, telling));
        newest.forEach((equals, offset) ->
                store.index(index, likes.get(equals), String.format(Locale.ROOT, "%019d %s", offset, equals)));
    }

    /** What names the rows that may be one, of which some are told one way and others the other. */
    private String like(String ofTable, Map<String, FieldValue> fields, Telling one, Telling other) {
        return one.text() + ' ' + equals(table, ofTable, one.comparable(table, other, fields));
    }

    private boolean saysItsTime(Map<String, FieldValue> fields) {
        return table.facts().stream()
                .filter(AttemptMapping.class::isInstance)
                .map(fact -> ((AttemptMapping) fact).at())
                .filter(Objects::nonNull)
                .map(at -> at.column().via().isEmpty()
                        ? at.column().column()
                        : at.column().via().get(0).column())
                .anyMatch(column -> !isToken(column) && isPresent(fields.get(column)));
    }

    /** Id of the key of a row's tokens, empty if it has none. */
    private String keyId(Map<String, FieldValue> fields) {
        return Telling.keyId(table, fields);
    }

    private boolean isToken(String column) {
        return Telling.isToken(table, column);
    }

    private static boolean isPresent(FieldValue value) {
        return value != null && value.state() == FieldState.PRESENT;
    }

    private static RowChange named(RowChange change, RowChange.Kind kind, String name) {
        Map<String, FieldValue> fields = new HashMap<>(change.fields());
        fields.remove(RowChange.READING);
        return new RowChange(
                change.operator(),
                change.system(),
                kind,
                change.table(),
                name,
                fields,
                change.identity(),
                change.snapshotId(),
                change.position(),
                change.appendedAtMillis());
    }

    /**
     * Equal rows.
     *
     * @param first the lowest number that is there
     * @param next the number that the next one gets; if it is the first, none is there
     * @param snapshot how far the newest snapshot that found one of them has come
     */
    private record Bag(long first, long next, Snapshot snapshot) {}

    /**
     * What a snapshot has found of equal rows.
     *
     * @param id 0 for none
     * @param reading when their table was read
     * @param before the number that was the next one before it
     * @param held how many there were before it
     * @param found how many it has found
     */
    private record Snapshot(long id, String reading, long before, long held, long found) {}

    private Bag bag(String equals) {
        RowHistory kept = store.history(EQUALS + table.name(), equals);
        if (kept == null) {
            return new Bag(0, 0, new Snapshot(0, "", 0, 0, 0));
        }
        Map<String, FieldValue> fields = kept.newest().fields();
        return new Bag(
                number(fields, FIRST),
                number(fields, NEXT),
                new Snapshot(
                        kept.lastSnapshotId(),
                        fields.get(RowChange.READING).text(),
                        number(fields, BEFORE),
                        number(fields, HELD),
                        number(fields, FOUND)));
    }

    private static long number(Map<String, FieldValue> fields, String name) {
        return Long.parseLong(fields.get(name).text());
    }

    private void keep(String equals, Bag bag) {
        Map<String, FieldValue> fields = Map.of(
                FIRST,
                number(bag.first()),
                NEXT,
                number(bag.next()),
                RowChange.READING,
                FieldValue.present(bag.snapshot().reading()),
                BEFORE,
                number(bag.snapshot().before()),
                HELD,
                number(bag.snapshot().held()),
                FOUND,
                number(bag.snapshot().found()));
        RowVersion version = new RowVersion(0, 0, TimeBounds.committed(Instant.EPOCH), true, fields, position);
        store.remember(
                EQUALS + table.name(), equals, new RowHistory(bag.snapshot().id(), List.of(version)));
    }

    private static FieldValue number(long number) {
        return FieldValue.present(Long.toString(number));
    }
}
