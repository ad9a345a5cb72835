package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.Reading;

/**
 * Keeps the history of one source's rows and says what it means. A change touches its own row's facts and those of every row
 * that refers to it; each gets its whole time line anew.
 *
 * <p>The result is a function of the rows' histories alone, so repeated changes, a re-snapshot that finds what is known, and
 * references in any order give the same facts.
 *
 * <p>Changes that no judgement uses are counted under: {@code no-row} (markers, messages), {@code unmapped-table}, {@code
 * duplicate}, {@code snapshot-confirmed}, {@code reference-row}, {@code filtered-row}, {@code reference-missing}, {@code
 * nothing-stored}, {@code no-fact-changed}, {@code attempt-outlives-its-row}; of tables without a key ({@link KeylessRows}) also
 * under {@code keyless-row-unknown} (a row goes that never came) and {@code keyless-incremental-row}.
 */
public final class SourceRows {

    /** {@link #bucketOf} of a change that concerns every bucket. */
    public static final int EVERY_BUCKET = -1;

    private static final int BUCKETS = 9;
    /** A table that no source has: remembers every TRUNCATE, so that a repeated one does not empty the table again. */
    private static final String TRUNCATES = "#truncates";

    private final Mapping mapping;
    private final Map<String, Map<String, List<List<Join>>>> waysTo = new HashMap<>();
    private final Map<String, Set<String>> joinedColumns = new HashMap<>();
    /** By table, the references that others make to its rows. */
    private final Map<String, Set<Join>> referredBy = new TreeMap<>();

    private final Set<String> keyless = new HashSet<>();

    private final SnapshotMemory snapshots;
    private final AttemptLog log;
    private final FactNews news;

    public SourceRows(Mapping mapping) {
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        this.snapshots = new SnapshotMemory(mapping.version());
        this.log = new AttemptLog(mapping);
        this.news = new FactNews(mapping);
        for (MappedTable table : mapping.tablesByName().values()) {
            Map<String, List<List<Join>>> ways = new TreeMap<>(mapping.waysTo(table.name()));
            // Rows that are not kept cannot be told anew.
            ways.keySet().removeIf(log::holds);
            waysTo.put(table.name(), ways);
            if (table.isKeyless()) {
                keyless.add(table.name());
            }
            for (Reading reading : Mapping.readings(table)) {
                String here = table.name();
                for (Join join : reading.via()) {
                    if (join.reverse()) {
                        referredBy
                                .computeIfAbsent(here, name -> new LinkedHashSet<>())
                                .add(join);
                    }
                    joinedColumns.computeIfAbsent(here, name -> new TreeSet<>()).add(join.column());
                    joinedColumns
                            .computeIfAbsent(join.table(), name -> new TreeSet<>())
                            .add(join.otherColumn());
                    here = join.table();
                }
            }
        }
    }

    /** How many buckets a source's rows are spread over; the same for every source and mapping. */
    public int buckets() {
        return BUCKETS;
    }

    /**
     * The bucket that must see the change, {@link #EVERY_BUCKET} for controls and TRUNCATE. Rows that refer to each other share
     * bucket 0; so do all rows of a table without a key, in one of the others unless they refer or are referred to.
     */
    public int bucketOf(RowChange change) {
        return switch (change.kind()) {
            case TRUNCATE, SNAPSHOT_BEGAN, SNAPSHOT_ENDED -> EVERY_BUCKET;
            case HEARTBEAT -> 0;
            default ->
                change.rowKey() == null || mapping.isJoined(change.table())
                        ? 0
                        : 1 + Math.floorMod(sharing(change).hashCode(), BUCKETS - 1);
        };
    }

    private String sharing(RowChange change) {
        return keyless.contains(change.table()) ? change.table() : change.rowKey();
    }

    /** Whether heartbeats say something of the rows: that nobody refers to a row is certain only after its transaction. */
    public boolean heedsHeartbeats() {
        return !referredBy.isEmpty() || log.mayWait();
    }

    /** Whether the change says all by itself, so that no bucket has to see it: {@link #tell}. */
    public boolean speaksForItself(RowChange change) {
        return switch (change.kind()) {
            case SNAPSHOT_ROW, FIRST_SNAPSHOT_ROW, LAST_SNAPSHOT_ROW, INCREMENTAL_ROW, UPSERT, UPDATE, DELETE ->
                log.standsAlone(change.table());
            case TRUNCATE -> log.holds(change.table());
            default -> false;
        };
    }

    /**
     * Applies one change to a bucket.
     *
     * @param change as {@link SourceProgressBook#accept} passed it on
     */
    public void apply(RowChange change, RowStore store, FactSink sink) {
        switch (change.kind()) {
            case HEARTBEAT -> {
                if (heedsHeartbeats()) {
                    heartbeat(change, store, sink);
                }
            }
            case NOT_APPLICABLE ->
                sink.notApplicable(change.table() == null ? "no-row" : "unmapped-table", change.position());
            case SNAPSHOT_BEGAN -> snapshots.begin(change, store);
            case SNAPSHOT_ENDED -> {
                mapping.tablesByName().values().forEach(table -> sweep(table, change, store, sink));
                if (heedsHeartbeats()) {
                    settleSnapshot(change, store, sink);
                }
            }
            case TRUNCATE -> mapping.table(change.table()).ifPresent(table -> truncate(table, change, store, sink));
            case SNAPSHOT_ROW, FIRST_SNAPSHOT_ROW, LAST_SNAPSHOT_ROW, INCREMENTAL_ROW, UPSERT, UPDATE, DELETE ->
                mapping.table(change.table()).ifPresent(table -> applyRow(table, change, store, sink));
        }
    }

    /** Tells what a change says that {@link #speaksForItself}. */
    public void tell(RowChange change, AttemptSink sink) {
        if (change.kind() == RowChange.Kind.TRUNCATE) {
            AttemptLog.outlives(change, sink);
        } else {
            log.take(mapping.table(change.table()).orElseThrow(), change, null, sink);
        }
    }

    private void sweep(MappedTable table, RowChange ended, RowStore store, FactSink sink) {
        Instant known = snapshots.knownThrough(ended.snapshotId(), store);
        Set<String> missing = new TreeSet<>();
        store.forEachRowNotOf(ended.snapshotId(), table.name(), (rowKey, history) -> {
            if (history.newest().present()) {
                missing.add(rowKey);
            }
        });
        for (String rowKey : table.isKeyless() ? KeylessRows.leaving(table, missing, ended, store) : missing) {
            RowHistory history = store.history(table.name(), rowKey);
            RowHistory swept = RowHistories.swept(history, ended, table.tableOf(rowKey), known);
            settle(table, rowKey, history, swept, ended, store, sink);
        }
    }

    private void heartbeat(RowChange heartbeat, RowStore store, FactSink sink) {
        Settling before = Settling.read(store);
        Settling.heard(heartbeat, store);
        Settling now = Settling.read(store);
        for (String table : referredBy.keySet()) {
            Iterable<String> waiting = Settling.waiting(table, store);
            Settling.forgetWaiting(table, store);
            for (String rowKey : waiting) {
                if (isReferredTo(table, store.history(table, rowKey).newest(), store)) {
                    // Told when its referrer came.
                    continue;
                }
                // An earlier version may be settled while a later one waits.
                tellSettled(mapping.table(table).orElseThrow(), rowKey, before, store, sink);
                if (now.waits(store.history(table, rowKey).newest())) {
                    Settling.await(table, rowKey, store);
                }
            }
        }
        log.settle(store, sink);
    }

    private void settleSnapshot(RowChange ended, RowStore store, FactSink sink) {
        Settling before = Settling.read(store);
        Settling.snapshotEnded(ended, store);
        for (String table : referredBy.keySet()) {
            MappedTable mapped = mapping.table(table).orElseThrow();
            forEachPresent(mapped, store, history -> before.waits(history.newest()), (rowKey, history) -> {
                if (!isReferredTo(table, history.newest(), store)) {
                    tellSettled(mapped, rowKey, before, store, sink);
                }
            });
        }
        log.settle(store, sink);
    }

    private boolean isReferredTo(String table, RowVersion row, RowStore store) {
        RowView view = RowView.of(mapping, store);
        return referredBy.get(table).stream().anyMatch(join -> {
            FieldValue here = row.fields().getOrDefault(join.column(), FieldValue.UNKNOWN);
            return here.state() == FieldState.PRESENT
                    && !view.rowsMeant(join, row, here.text()).isEmpty();
        });
    }

    /** What follows of a row now that nobody will refer to it who has not yet. */
    private void tellSettled(MappedTable table, String rowKey, Settling before, RowStore store, FactSink sink) {
        RowView view = RowView.of(mapping, store);
        RowView earlier = view.settledLike(before);
        table.facts().forEach(fact -> news.tell(table, fact, rowKey, earlier, view, Complaints.none(), sink));
        tellReferring(table, store.history(table.name(), rowKey), earlier, view, sink);
    }

    private void truncate(MappedTable table, RowChange change, RowStore store, FactSink sink) {
        if (log.holds(table.name())) {
            AttemptLog.outlives(change, sink);
            return;
        }
        if (truncatedBefore(change, store)) {
            return;
        }
        rememberTruncate(change, store);
        Predicate<RowHistory> ofTheTable = history -> Objects.equals(
                history.newest().position().table(), change.position().table());
        forEachPresent(table, store, ofTheTable, (rowKey, history) -> {
            if (table.isKeyless()) {
                KeylessRows.leaving(table, Set.of(rowKey), change, store);
            }
            RowHistory emptied = RowHistories.with(history, change, null);
            settle(table, rowKey, history, emptied, change, store, sink);
        });
    }

    private static boolean truncatedBefore(RowChange change, RowStore store) {
        return store.history(TRUNCATES, Long.toString(change.identity())) != null;
    }

    private static void rememberTruncate(RowChange change, RowStore store) {
        RowVersion version = new RowVersion(
                change.identity(),
                0,
                TimeBounds.committed(change.position().committedAt()),
                false,
                Map.of(),
                change.position());
        store.remember(TRUNCATES, Long.toString(change.identity()), new RowHistory(0, List.of(version)));
    }

    private static void forEachPresent(
            MappedTable table, RowStore store, Predicate<RowHistory> wanted, BiConsumer<String, RowHistory> visitor) {
        // Keys first, and of those alone that are wanted: what a row means is read from other rows, the store is not to
        // be
        // read while it is walked, and a snapshot leaves ten million rows as they are.
        Set<String> present = new TreeSet<>();
        store.forEachRow(table.name(), (rowKey, history) -> {
            if (history.newest().present() && wanted.test(history)) {
                present.add(rowKey);
            }
        });
        present.forEach(rowKey -> visitor.accept(rowKey, store.history(table.name(), rowKey)));
    }

    private void applyRow(MappedTable table, RowChange change, RowStore store, FactSink sink) {
        if (log.holds(table.name())) {
            log.take(table, change, store, sink);
            return;
        }
        if (!table.isKeyless()) {
            applyToRow(table, change, store, sink);
            return;
        }
        KeylessRows.named(table, change, store, sink).ifPresent(named -> applyToRow(table, named, store, sink));
    }

    private void applyToRow(MappedTable table, RowChange change, RowStore store, FactSink sink) {
        RowHistory before = store.history(table.name(), change.rowKey());
        RowHistory after = RowHistories.with(before, change, snapshots.knownThrough(change.snapshotId(), store));
        if (after.equals(before)) {
            sink.notApplicable("duplicate", change.position());
            return;
        }
        settle(table, change.rowKey(), before, after, change, store, sink);
    }

    private void settle(
            MappedTable table,
            String rowKey,
            RowHistory before,
            RowHistory after,
            RowChange change,
            RowStore store,
            FactSink sink) {
        store.remember(table.name(), rowKey, after);
        if (before != null && before.versions().equals(after.versions())) {
            sink.notApplicable("snapshot-confirmed", change.position());
            return;
        }
        RowView view = RowView.of(mapping, store);
        view.index(table, rowKey, after.newest(), joinedColumns.getOrDefault(table.name(), Set.of()));
        if (mapping.isRegistry()) {
            sink.registry(registryChange(table, rowKey, after.newest()));
            return;
        }
        RowView earlier = view.before(table.name(), rowKey, before);
        tellOwn(table, rowKey, earlier, view, change.position(), sink);
        tellReferring(table, after, earlier, view, sink);
        if (change.snapshotId() == 0
                && referredBy.containsKey(table.name())
                && after.newest().present()
                && !isReferredTo(table.name(), after.newest(), store)) {
            Settling.await(table.name(), rowKey, store);
        }
    }

    /** Tells anew what is read through the row. */
    private void tellReferring(MappedTable table, RowHistory row, RowView earlier, RowView view, FactSink sink) {
        waysTo.get(table.name()).forEach((startTable, ways) -> {
            Set<String> starts = new TreeSet<>();
            ways.forEach(way -> starts.addAll(References.startsOf(way, startTable, row, view)));
            MappedTable start = mapping.table(startTable).orElseThrow();
            starts.forEach(startKey -> start.facts()
                    .forEach(fact -> news.tell(start, fact, startKey, earlier, view, Complaints.none(), sink)));
        });
    }

    private static RegistryChange registryChange(MappedTable table, String rowKey, RowVersion version) {
        Map<String, String> values = new HashMap<>();
        version.fields().forEach((column, value) -> {
            if (value.state() == FieldState.PRESENT) {
                values.put(column, value.text());
            }
        });
        String name = table.name().substring(table.name().indexOf('.') + 1);
        return new RegistryChange(name, rowKey, version.present(), values, version.position());
    }

    private void tellOwn(
            MappedTable table, String rowKey, RowView earlier, RowView view, Position position, FactSink sink) {
        if (table.facts().isEmpty()) {
            sink.notApplicable("reference-row", position);
            return;
        }
        RowVersion newest = view.history(table.name(), rowKey).newest();
        Complaints complaints = Complaints.about(newest);
        List<FactNews.Told> told = new ArrayList<>();
        for (FactMapping fact : table.facts()) {
            told.add(news.tell(table, fact, rowKey, earlier, view, complaints, sink));
        }
        complaints.tell(sink, position);
        if (told.contains(FactNews.Told.NEWS)) {
            return;
        }
        if (!newest.present() && table.facts().stream().allMatch(AttemptMapping.class::isInstance)) {
            sink.notApplicable("attempt-outlives-its-row", position);
        } else if (told.contains(FactNews.Told.NOTHING)) {
            sink.notApplicable(whyNothing(table, newest, view), position);
        } else {
            sink.notApplicable("no-fact-changed", position);
        }
    }

    private static String whyNothing(MappedTable table, RowVersion newest, RowView view) {
        if (!newest.present()) {
            return "nothing-stored";
        }
        FactTimelines.Cut now = new FactTimelines.Cut(newest.from(), newest, newest.position());
        return switch (FactTimelines.kept(table, now, view)) {
            case YES -> "nothing-stored";
            case NO -> "filtered-row";
            case NOT_KNOWN -> "reference-missing";
        };
    }
}
