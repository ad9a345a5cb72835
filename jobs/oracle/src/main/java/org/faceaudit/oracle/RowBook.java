package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All states of all rows of one source, and how far the source is known. */
final class RowBook {

    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    private final Map<String, Map<String, List<RowState>>> tables = new TreeMap<>();
    private Instant knownThrough;
    private boolean snapshotComplete;
    private Instant firstSnapshotAt;
    private String openSnapshot;
    private Instant knownAtSnapshot;
    private Instant openSince;
    private final List<Relearned> relearned = new ArrayList<>();
    private final Set<String> seenInSnapshot = new HashSet<>();
    private final EqualRows equalRows = new EqualRows((table, name) -> {
        List<RowState> states = states(table, name);
        return states.isEmpty() ? null : newest(states).row();
    });

    /** Between what the log had told and what a later snapshot showed; whether that snapshot was read to its end. */
    record Relearned(Instant known, Instant shown, boolean whole) {}

    /** @param asOf what was committed later is left out; {@code null} for everything */
    RowBook(List<Change> changes, Instant asOf) {
        String latecomer = null;
        boolean readBefore = false;
        for (Change change : changes) {
            boolean later = asOf != null && change.committedAt().isAfter(asOf);
            if (change.ofSnapshot()) {
                // All rows of a snapshot are of its first row's instant.
                boolean begins =
                        !change.lsn().equals(openSnapshot) && !change.lsn().equals(latecomer);
                if (begins && later && snapshotComplete) {
                    latecomer = change.lsn();
                }
                if (!change.lsn().equals(latecomer)) {
                    readBefore |= !later;
                    apply(change);
                }
            } else if (!later) {
                apply(change);
            } else if (snapshotComplete
                    && (latecomer == null || !readBefore)
                    && change.snapshot().equals("false")) {
                // Whoever has read this has read all that was committed before, unless the log was lost meanwhile.
                know(Values.earlier(asOf, change.appendedAt()));
            }
        }
    }

    private void know(Instant through) {
        knownThrough = knownThrough == null ? through : Values.later(knownThrough, through);
    }

    private void apply(Change read) {
        if (read.ofSnapshot()) {
            snapshotRow(read);
            return;
        }
        Change change = read.keyless() ? equalRows.named(read, Set.of()) : read;
        if (change == null) {
            if (snapshotComplete) {
                know(Values.earlier(read.committedAt(), read.appendedAt()));
            }
            return;
        }
        if (change.snapshot().equals("incremental")) {
            List<RowState> states = states(change);
            JsonNode after = filled(change.after(), states);
            if (states.isEmpty() || !after.equals(newest(states).row())) {
                states.add(new RowState(change.committedAt(), change.committedAt(), after, true, change.position()));
            }
            return;
        }
        if (change.op().equals("t")) {
            rows(change.table()).values().forEach(states -> {
                if (newest(states).present()) {
                    states.add(
                            new RowState(change.committedAt(), change.committedAt(), null, false, change.position()));
                }
            });
        } else {
            List<RowState> states = states(change);
            JsonNode after = change.op().equals("d") ? null : filled(change.after(), states);
            states.add(new RowState(change.committedAt(), change.committedAt(), after, false, change.position()));
        }
        if (snapshotComplete) {
            know(Values.earlier(change.committedAt(), change.appendedAt()));
        }
    }

    private void snapshotRow(Change read) {
        if (!read.lsn().equals(openSnapshot)) {
            openSnapshot = read.lsn();
            knownAtSnapshot = knownThrough;
            openSince = read.committedAt();
            relearn(false);
            seenInSnapshot.clear();
        }
        Change change = read.keyless() ? equalRows.named(read, seenOf(read.table())) : read;
        seenInSnapshot.add(change.table() + '|' + change.key());
        List<RowState> states = states(change);
        JsonNode after = filled(change.after(), states);
        if (states.isEmpty() || !after.equals(newest(states).row())) {
            Instant earliest = states.isEmpty() ? firstPossible() : lastSeen(states);
            states.add(new RowState(
                    Values.earlier(earliest, change.committedAt()),
                    change.committedAt(),
                    after,
                    true,
                    change.position()));
        }
        if (change.snapshot().equals("last")) {
            sweep(change);
            relearn(true);
            snapshotComplete = true;
            firstSnapshotAt = firstSnapshotAt == null ? change.committedAt() : firstSnapshotAt;
            openSnapshot = null;
        }
    }

    private Set<String> seenOf(String table) {
        Set<String> names = new HashSet<>();
        for (String seen : seenInSnapshot) {
            if (seen.startsWith(table + '|')) {
                names.add(seen.substring(table.length() + 1));
            }
        }
        return names;
    }

    private void relearn(boolean whole) {
        if (knownAtSnapshot != null) {
            relearned.removeIf(earlier -> earlier.known().equals(knownAtSnapshot));
            relearned.add(new Relearned(knownAtSnapshot, openSince, whole));
        }
    }

    /** What snapshots taught anew, in their order. */
    List<Relearned> relearned() {
        return relearned;
    }

    /** A row that the snapshot did not repeat ceased to be between the last instant known and the snapshot. */
    private void sweep(Change last) {
        Instant snapshotAt = last.committedAt();
        tables.forEach((table, rows) -> rows.forEach((key, states) -> {
            if (newest(states).present() && !seenInSnapshot.contains(table + '|' + key)) {
                states.add(new RowState(
                        Values.earlier(lastSeen(states), snapshotAt), snapshotAt, null, true, last.absenceFrom(table)));
            }
        }));
    }

    /** What no earlier reading showed came to be after it. */
    private Instant firstPossible() {
        return knownAtSnapshot == null ? Instant.EPOCH : knownAtSnapshot;
    }

    private Instant lastSeen(List<RowState> states) {
        Instant newest = newest(states).latest();
        return knownAtSnapshot == null ? newest : Values.later(newest, knownAtSnapshot);
    }

    /** Columns that the log did not carry keep their earlier value. */
    private static JsonNode filled(JsonNode after, List<RowState> states) {
        ObjectNode row = after.deepCopy();
        if (states.isEmpty() || !newest(states).present()) {
            return row;
        }
        newest(states).row().fields().forEachRemaining(old -> {
            JsonNode now = row.get(old.getKey());
            if (now == null || (now.isTextual() && now.asText().equals(UNAVAILABLE))) {
                row.set(old.getKey(), old.getValue());
            }
        });
        return row;
    }

    private List<RowState> states(Change change) {
        return rows(change.table()).computeIfAbsent(change.key(), key -> new ArrayList<>());
    }

    private Map<String, List<RowState>> rows(String table) {
        return tables.computeIfAbsent(table, name -> new TreeMap<>());
    }

    private static RowState newest(List<RowState> states) {
        return states.get(states.size() - 1);
    }

    /** Whether changes of the table were read. */
    boolean has(String table) {
        return tables.containsKey(table);
    }

    /** Keys of all rows the table ever had. */
    Set<String> keys(String table) {
        return tables.getOrDefault(table, Map.of()).keySet();
    }

    /** States of one row in the order of the log, empty if it was never seen. */
    List<RowState> states(String table, String key) {
        return key == null ? List.of() : tables.getOrDefault(table, Map.of()).getOrDefault(key, List.of());
    }

    /** States of one row, of those that began at one instant only the last. */
    List<RowState> netStates(String table, String key) {
        List<RowState> net = new ArrayList<>();
        for (RowState state : states(table, key)) {
            if (!net.isEmpty() && newest(net).latest().equals(state.latest())) {
                net.remove(net.size() - 1);
            }
            net.add(state);
        }
        return net;
    }

    /** The tables of which anything was read, by what their names look like. */
    List<String> tables(String names) {
        return tables.keySet().stream().filter(name -> name.matches(names)).toList();
    }

    /** The rows as they are now. */
    List<JsonNode> current(String table) {
        List<JsonNode> rows = new ArrayList<>();
        tables.getOrDefault(table, Map.of()).values().forEach(states -> {
            if (newest(states).present()) {
                rows.add(newest(states).row());
            }
        });
        return rows;
    }

    /** The row as it was at an instant, {@code null} if it was not. */
    JsonNode at(String table, String key, Instant instant) {
        RowState state = stateAt(table, key, instant);
        return state == null ? null : state.row();
    }

    /** The newest state that began by an instant, {@code null} if there was none. */
    RowState stateAt(String table, String key, Instant instant) {
        RowState found = null;
        for (RowState state : states(table, key)) {
            if (!state.latest().isAfter(instant)) {
                found = state;
            }
        }
        return found;
    }

    /**
     * The row that another one refers to, as it was last seen by an instant; a deleted row still tells what it was. What a
     * snapshot showed first was there before it too: by other evidence only can its beginning be known.
     */
    JsonNode referred(String table, String key, Instant instant) {
        List<RowState> states = states(table, key);
        JsonNode found = null;
        for (RowState state : states) {
            if (!state.latest().isAfter(instant) && state.present()) {
                found = state.row();
            }
        }
        if (found == null && !states.isEmpty() && states.get(0).ofSnapshot()) {
            found = states.get(0).row();
        }
        return found;
    }

    /** The instants at which one row changed. */
    Set<Instant> instants(String table, String key) {
        Set<Instant> instants = new TreeSet<>();
        states(table, key).forEach(state -> instants.add(state.latest()));
        return instants;
    }

    /** How far the source is known, {@code null} before anything may be said. */
    Instant knownThrough() {
        return knownThrough;
    }

    /** When the first whole snapshot was taken, {@code null} before its end. */
    Instant firstSnapshotAt() {
        return firstSnapshotAt;
    }

    /** Whether the state was there when the source was looked at for the first time. */
    boolean isOfFirstSnapshot(RowState state) {
        return state.ofSnapshot() && (firstSnapshotAt == null || !state.latest().isAfter(firstSnapshotAt));
    }

    /** Whether a whole snapshot was read. */
    boolean snapshotComplete() {
        return snapshotComplete;
    }
}
