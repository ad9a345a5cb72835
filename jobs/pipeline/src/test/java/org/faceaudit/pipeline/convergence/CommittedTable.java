package org.faceaudit.pipeline.convergence;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BinaryOperator;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;

/**
 * A table as a database would hold it: what is written enters when the checkpoint that holds it is complete, and only if it
 * is newer than what is there. Runs with parallelism 1.
 */
final class CommittedTable<T> extends ProcessFunction<T, String> implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    /** Which of two rows with the same key stays. */
    interface Newer<T> extends BinaryOperator<T>, Serializable {}

    /** What survives the job: committed rows, and what waits for its checkpoint. */
    private static final class Table {
        private final Map<String, Object> rows = new TreeMap<>();
        private final ConcurrentSkipListMap<Long, List<?>> pending = new ConcurrentSkipListMap<>();
    }

    private static final Map<String, Table> TABLES = new ConcurrentHashMap<>();

    private final String name;
    private final SerializableFunction<T, String> key;
    private final Newer<T> newer;
    private transient List<T> sinceCheckpoint;
    private transient ListState<Long> checkpoints;

    /**
     * A table that every job that names it goes on writing.
     *
     * @param key what a row is found by
     */
    CommittedTable(String name, SerializableFunction<T, String> key, Newer<T> newer) {
        this.name = name;
        this.key = key;
        this.newer = newer;
    }

    /** The newest row of every key. */
    @SuppressWarnings("unchecked") // Who reads a table knows what was written to it.
    static <T> List<T> rows(String name) {
        Table table = TABLES.get(name);
        synchronized (table) {
            return (List<T>) List.copyOf(table.rows.values());
        }
    }

    static void drop(String name) {
        TABLES.remove(name);
    }

    @Override
    public void processElement(T row, Context context, Collector<String> out) {
        sinceCheckpoint.add(row);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        TABLES.get(name).pending.put(context.getCheckpointId(), sinceCheckpoint);
        sinceCheckpoint = new ArrayList<>();
        checkpoints.update(List.of(context.getCheckpointId()));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        sinceCheckpoint = new ArrayList<>();
        checkpoints =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("checkpoints", Types.LONG));
        Table table = TABLES.computeIfAbsent(name, key -> new Table());
        // A completed checkpoint whose notice was lost is committed now; what came after it never happened. Flink tells
        // its number only to tasks that have state.
        for (long checkpoint : checkpoints.get()) {
            commit(table, checkpoint);
        }
        table.pending.clear();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        commit(TABLES.get(name), checkpointId);
    }

    @SuppressWarnings("unchecked") // See rows.
    private void commit(Table table, long checkpointId) {
        synchronized (table) {
            Map<Long, List<?>> complete = table.pending.headMap(checkpointId, true);
            complete.values()
                    .forEach(rows -> rows.forEach(row -> table.rows.merge(
                            key.apply((T) row), row, (one, other) -> newer.apply((T) one, (T) other))));
            complete.clear();
        }
    }
}
