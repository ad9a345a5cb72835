package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.faceaudit.intake.rows.RowHistory;
import org.faceaudit.intake.rows.RowStore;
import org.faceaudit.runtime.types.RecordTypes;

/** The rows of the current bucket in keyed state. */
final class StateRowStore implements RowStore {

    /** Stands in no table name, index name or row key that text columns can hold: PostgreSQL refuses it. */
    private static final char SEPARATOR = '\u0000';

    private final MapState<String, StoredRow> rows;
    private final MapState<String, Referrers> indexes;
    private static final int MOST_AT_HAND = 10_000;

    /** Rows that one change has read or written: deriving its facts asks for the same row several times. */
    private final Map<String, Optional<RowHistory>> atHand = new HashMap<>();

    private final RowHistoryBytes histories = new RowHistoryBytes();

    StateRowStore(KeyedStateStore store) {
        rows = store.getMapState(new MapStateDescriptor<>("rows", Types.STRING, StoredRow.TYPE));
        indexes = store.getMapState(new MapStateDescriptor<>("indexes", Types.STRING, RecordTypes.of(Referrers.class)));
    }

    /** To be called before each change: another bucket's rows may bear the same names. */
    void nextChange() {
        atHand.clear();
    }

    @Override
    public RowHistory history(String table, String rowKey) {
        String name = table + SEPARATOR + rowKey;
        Optional<RowHistory> known = atHand.get(name);
        if (known != null) {
            return known.orElse(null);
        }
        try {
            StoredRow stored = rows.get(name);
            RowHistory history = stored == null ? null : histories.read(table, stored);
            keepAtHand(name, history);
            return history;
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void remember(String table, String rowKey, RowHistory history) {
        String name = table + SEPARATOR + rowKey;
        try {
            rows.put(name, histories.write(table, history));
            keepAtHand(name, history);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** A TRUNCATE touches every row; those it has done with need not stay. */
    private void keepAtHand(String name, RowHistory history) {
        if (atHand.size() >= MOST_AT_HAND) {
            atHand.clear();
        }
        atHand.put(name, Optional.ofNullable(history));
    }

    @Override
    public void forget(String table, String rowKey) {
        String name = table + SEPARATOR + rowKey;
        try {
            rows.remove(name);
            atHand.put(name, Optional.empty());
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void forEachRow(String table, BiConsumer<String, RowHistory> visitor) {
        forEachRow(table, row -> true, visitor);
    }

    @Override
    public void forEachRowNotOf(long snapshotId, String table, BiConsumer<String, RowHistory> visitor) {
        // At the end of a snapshot that is no row, or a few of ten million.
        forEachRow(table, row -> histories.lastSnapshotId(row) != snapshotId, visitor);
    }

    private void forEachRow(String table, Predicate<StoredRow> wanted, BiConsumer<String, RowHistory> visitor) {
        String prefix = table + SEPARATOR;
        try {
            for (Map.Entry<String, StoredRow> entry : rows.entries()) {
                if (entry.getKey().startsWith(prefix) && wanted.test(entry.getValue())) {
                    visitor.accept(entry.getKey().substring(prefix.length()), histories.read(table, entry.getValue()));
                }
            }
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void index(String index, String value, String referrer) {
        List<String> found = new ArrayList<>(found(index, value));
        int place = Collections.binarySearch(found, referrer);
        if (place < 0) {
            found.add(-place - 1, referrer);
            store(index, value, found);
        }
    }

    @Override
    public void unindex(String index, String value, String referrer) {
        List<String> found = new ArrayList<>(found(index, value));
        if (found.remove(referrer)) {
            store(index, value, found);
        }
    }

    @Override
    public Iterable<String> indexed(String index, String value) {
        return found(index, value);
    }

    private List<String> found(String index, String value) {
        try {
            Referrers referrers = indexes.get(index + SEPARATOR + value);
            return referrers == null ? List.of() : referrers.rows();
        } catch (Exception e) {
            throw failed(e);
        }
    }

    private void store(String index, String value, List<String> found) {
        try {
            if (found.isEmpty()) {
                indexes.remove(index + SEPARATOR + value);
            } else {
                indexes.put(index + SEPARATOR + value, new Referrers(found));
            }
        } catch (Exception e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(Exception e) {
        return e instanceof RuntimeException unchecked
                ? unchecked
                : new FlinkRuntimeException("the state backend failed", e);
    }
}
