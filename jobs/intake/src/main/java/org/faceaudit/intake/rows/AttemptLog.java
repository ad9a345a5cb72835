package org.faceaudit.intake.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.AttemptTold.Told;

/**
 * The tables with a key whose rows are attempts and nothing else, and that no other row is found through. Their rows are told and not
 * kept: a log of passages is longer than all else that an operator has. What a row said before is remembered behind this, in
 * short and for as long as a change may still correct it.
 *
 * <p>A row that refers to another one which is not there waits, whole, until nobody will come any more with the same transaction
 * or the same snapshot ({@link Settling}); then it is told as far as it can be read.
 */
final class AttemptLog {

    /** Tables that no source has: the rows that wait, by their own table. */
    private static final String WAITING = "#attempts.";
    /** Index: under a table's name, the keys of its rows that wait. */
    private static final String WHICH = "#waiting-attempts";
    /** A field that no table has: how a version that waits was told. */
    private static final String TOLD = "#told";

    private final Mapping mapping;
    private final Set<String> all = new HashSet<>();
    private final Set<String> referring = new HashSet<>();

    AttemptLog(Mapping mapping) {
        this.mapping = mapping;
        for (MappedTable table : mapping.tablesByName().values()) {
            List<Join> joins = Mapping.readings(table).stream()
                    .flatMap(reading -> reading.via().stream())
                    .toList();
            // Of a table without a key only what is kept tells which of its rows an UPDATE corrects.
            if (!table.isKeyless()
                    && !table.facts().isEmpty()
                    && table.facts().stream().allMatch(AttemptMapping.class::isInstance)
                    && joins.stream().noneMatch(Join::reverse)
                    && mapping.waysTo(table.name()).isEmpty()) {
                all.add(table.name());
                if (!joins.isEmpty()) {
                    referring.add(table.name());
                }
            }
        }
    }

    boolean holds(String table) {
        return all.contains(table);
    }

    /** Whether the table's rows are read from themselves alone. */
    boolean standsAlone(String table) {
        return holds(table) && !referring.contains(table);
    }

    /** Whether heartbeats say something of the rows. */
    boolean mayWait() {
        return !referring.isEmpty();
    }

    /** @param store may be {@code null} for a table that stands alone */
    void take(MappedTable table, RowChange change, RowStore store, AttemptSink sink) {
        if (change.kind() == RowChange.Kind.DELETE) {
            outlives(change, sink);
            return;
        }
        RowVersion row = new RowVersion(
                change.identity(),
                change.snapshotId(),
                TimeBounds.committed(change.position().committedAt()),
                true,
                change.fields(),
                change.position());
        Told told = switch (change.kind()) {
            case UPSERT -> Told.INSERTED;
            case UPDATE -> Told.UPDATED;
            case FIRST_SNAPSHOT_ROW -> Told.INHERITED;
            default -> Told.FOUND;
        };
        if (standsAlone(table.name())) {
            tell(table, change.rowKey(), row, told, null, sink);
            return;
        }
        RowView view = RowView.of(mapping, store);
        RowHistory waiting = store.history(WAITING + table.name(), change.rowKey());
        if (waiting != null || (view.waits(row) && Attempts.lacksReference(table, row, view))) {
            await(table, change.rowKey(), waiting, row, told, store);
            return;
        }
        tell(table, change.rowKey(), row, told, view, sink);
    }

    /** A log is cleared sooner or later; what it told was made all the same. */
    static void outlives(RowChange change, AttemptSink sink) {
        sink.notApplicable("attempt-outlives-its-row", change.position());
    }

    private static void await(
            MappedTable table, String rowKey, RowHistory waiting, RowVersion row, Told told, RowStore store) {
        List<RowVersion> versions = waiting == null ? new ArrayList<>() : new ArrayList<>(waiting.versions());
        Map<String, FieldValue> fields = new HashMap<>(row.fields());
        fields.put(TOLD, FieldValue.present(told.name()));
        versions.add(
                new RowVersion(row.identity(), row.snapshotId(), row.from(), row.present(), fields, row.position()));
        store.remember(WAITING + table.name(), rowKey, new RowHistory(0, versions));
        new ReferrerIndex(store, WHICH).add(table.name(), rowKey);
    }

    /** Tells the rows for which nobody can come any more. */
    void settle(RowStore store, AttemptSink sink) {
        RowView view = RowView.of(mapping, store);
        ReferrerIndex which = new ReferrerIndex(store, WHICH);
        for (String name : referring) {
            MappedTable table = mapping.table(name).orElseThrow();
            Iterable<String> rows = which.rowsUnder(name);
            which.clear(name);
            for (String rowKey : rows) {
                RowHistory waiting = store.history(WAITING + name, rowKey);
                if (view.waits(waiting.newest())) {
                    which.add(name, rowKey);
                    continue;
                }
                store.forget(WAITING + name, rowKey);
                for (RowVersion row : waiting.versions()) {
                    Told told = Told.valueOf(row.fields().get(TOLD).text());
                    tell(table, rowKey, row, told, view, sink);
                }
            }
        }
    }

    private void tell(MappedTable table, String rowKey, RowVersion row, Told how, RowView view, AttemptSink sink) {
        AttemptMapping fact = (AttemptMapping) table.facts().get(0);
        Complaints complaints = Complaints.about(row);
        AttemptTold told = Attempts.read(mapping, table, fact, rowKey, row, how, view, complaints);
        complaints.tell(sink, row.position());
        if (how == Told.INSERTED && Boolean.FALSE.equals(told.kept())) {
            sink.notApplicable("filtered-row", row.position());
        } else {
            sink.attempt(told);
        }
    }
}
