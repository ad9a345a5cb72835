package org.faceaudit.intake.rows;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TablePattern;

/**
 * The rows of one bucket, found by key or by the value of a joined column. May stand for how they were before a change: then
 * one row has its earlier history.
 *
 * <p>The index only grows: a row stays under every value that it ever had, since its history does too.
 */
final class RowView {

    private final Mapping mapping;
    private final RowStore store;
    private final String earlierTable;
    private final String earlierKey;
    private final RowHistory earlier;
    /** {@code null} until it is asked for. */
    private Settling settling;

    private RowView(
            Mapping mapping,
            RowStore store,
            String earlierTable,
            String earlierKey,
            RowHistory earlier,
            Settling settling) {
        this.settling = settling;
        this.mapping = mapping;
        this.store = store;
        this.earlierTable = earlierTable;
        this.earlierKey = earlierKey;
        this.earlier = earlier;
    }

    static RowView of(Mapping mapping, RowStore store) {
        return new RowView(mapping, store, null, null, null, null);
    }

    /** The same rows, but one as it was, {@code null} for not there. */
    RowView before(String table, String rowKey, RowHistory history) {
        return new RowView(mapping, store, table, rowKey, history, settling);
    }

    /** The same rows when they were settled less far. */
    RowView settledLike(Settling before) {
        return new RowView(mapping, store, earlierTable, earlierKey, earlier, before);
    }

    /** Whether a row that nobody refers to may still find somebody who does. */
    boolean waits(RowVersion version) {
        if (settling == null) {
            settling = Settling.read(store);
        }
        return settling.waits(version);
    }

    RowHistory history(String table, String rowKey) {
        return table.equals(earlierTable) && rowKey.equals(earlierKey) ? earlier : store.history(table, rowKey);
    }

    /** A row and its key. */
    record Row(String key, RowHistory history) {}

    /** The rows that ever had the value in the column, by key. */
    List<Row> rowsWith(String table, String column, String value) {
        List<Row> rows = new ArrayList<>();
        if (isKey(table, column)) {
            String key = RowKey.encoded(value);
            add(rows, table, key);
        } else {
            for (String key : new ReferrerIndex(store, table + "." + column).rowsUnder(value)) {
                add(rows, table, key);
            }
        }
        return rows;
    }

    private void add(List<Row> rows, String table, String key) {
        RowHistory history = history(table, key);
        if (history != null) {
            rows.add(new Row(key, history));
        }
    }

    /** Puts the row under the values of its joined columns. */
    void index(MappedTable table, String rowKey, RowVersion version, Iterable<String> joinedColumns) {
        for (String column : joinedColumns) {
            FieldValue value = version.fields().get(column);
            if (value != null && value.state() == FieldState.PRESENT && !isKey(table.name(), column)) {
                new ReferrerIndex(store, table.name() + "." + column).add(value.text(), rowKey);
            }
        }
    }

    /**
     * The rows that a reference can mean which ever had the value.
     *
     * @param from the row that refers
     */
    List<Row> rowsMeant(Join join, RowVersion from, String value) {
        List<Row> rows = rowsWith(join.table(), join.otherColumn(), value);
        if (!TablePattern.isPattern(join.table())) {
            return rows;
        }
        return rows.stream()
                .filter(row -> mapping.mayMean(from.position().table(), tableOf(join, row.key())))
                .toList();
    }

    /** The own table of a row that a reference leads to. */
    String tableOf(Join join, String rowKey) {
        return mapping.table(join.table()).map(table -> table.tableOf(rowKey)).orElse(join.table());
    }

    private boolean isKey(String table, String column) {
        return mapping.table(table)
                .map(mapped -> !mapped.isPattern() && mapped.key().equals(List.of(column)))
                .orElse(false);
    }
}
