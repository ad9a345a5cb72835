package org.faceaudit.intake.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A row store in maps, for samples and tests. Walks rows in no order anyone could rely on: backwards. */
public final class RowsInMemory implements RowStore {

    private final Map<String, TreeMap<String, RowHistory>> tables = new HashMap<>();
    private final Map<String, Map<String, TreeSet<String>>> indexes = new HashMap<>();

    @Override
    public RowHistory history(String table, String rowKey) {
        return tables.getOrDefault(table, new TreeMap<>()).get(rowKey);
    }

    @Override
    public void remember(String table, String rowKey, RowHistory history) {
        tables.computeIfAbsent(table, name -> new TreeMap<>()).put(rowKey, history);
    }

    @Override
    public void forget(String table, String rowKey) {
        tables.getOrDefault(table, new TreeMap<>()).remove(rowKey);
    }

    /** How many rows are remembered, those of no source's table among them. */
    int size() {
        return tables.values().stream().mapToInt(TreeMap::size).sum();
    }

    @Override
    public void forEachRow(String table, BiConsumer<String, RowHistory> visitor) {
        tables.getOrDefault(table, new TreeMap<>()).descendingMap().forEach(visitor);
    }

    @Override
    public void forEachRowNotOf(long snapshotId, String table, BiConsumer<String, RowHistory> visitor) {
        forEachRow(table, (rowKey, history) -> {
            if (history.lastSnapshotId() != snapshotId) {
                visitor.accept(rowKey, history);
            }
        });
    }

    @Override
    public void index(String index, String value, String referrer) {
        indexes.computeIfAbsent(index, name -> new HashMap<>())
                .computeIfAbsent(value, text -> new TreeSet<>())
                .add(referrer);
    }

    @Override
    public void unindex(String index, String value, String referrer) {
        indexes.getOrDefault(index, Map.of())
                .getOrDefault(value, new TreeSet<>())
                .remove(referrer);
    }

    @Override
    public Iterable<String> indexed(String index, String value) {
        return List.copyOf(indexes.getOrDefault(index, Map.of()).getOrDefault(value, new TreeSet<>()));
    }

    int largestPortion() {
        return indexes.values().stream()
                .flatMap(values -> values.values().stream())
                .mapToInt(TreeSet::size)
                .max()
                .orElse(0);
    }
}
