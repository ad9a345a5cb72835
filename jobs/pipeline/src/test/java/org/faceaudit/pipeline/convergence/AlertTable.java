package org.faceaudit.pipeline.convergence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.faceaudit.core.alert.AlertRevision;

/**
 * The alert table as a database would hold it: revisions enter when the checkpoint that holds them is complete, and only if
 * they are newer than what is there. Runs with parallelism 1.
 */
final class AlertTable extends ProcessFunction<AlertRevision, String>
        implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private record Row(String alertId, int episode) implements Comparable<Row> {

        @Override
        public int compareTo(Row other) {
            int byId = alertId.compareTo(other.alertId);
            return byId != 0 ? byId : Integer.compare(episode, other.episode);
        }
    }

    /** What survives the job: committed rows, and what waits for its checkpoint. */
    private static final class Table {
        private final Map<Row, AlertRevision> rows = new TreeMap<>();
        private final ConcurrentSkipListMap<Long, List<AlertRevision>> pending = new ConcurrentSkipListMap<>();
    }

    private static final Map<String, Table> TABLES = new ConcurrentHashMap<>();

    private final String name;
    private transient List<AlertRevision> sinceCheckpoint;

    AlertTable(String name) {
        this.name = name;
    }

    /** The newest revision of every episode of every alert. */
    static List<AlertRevision> rows(String name) {
        Table table = TABLES.get(name);
        synchronized (table) {
            return List.copyOf(table.rows.values());
        }
    }

    static void drop(String name) {
        TABLES.remove(name);
    }

    @Override
    public void processElement(AlertRevision revision, Context context, Collector<String> out) {
        sinceCheckpoint.add(revision);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        TABLES.get(name).pending.put(context.getCheckpointId(), sinceCheckpoint);
        sinceCheckpoint = new ArrayList<>();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        sinceCheckpoint = new ArrayList<>();
        Table table = TABLES.computeIfAbsent(name, key -> new Table());
        // A completed checkpoint whose notice was lost is committed now; what came after it never happened.
        context.getRestoredCheckpointId().ifPresent(checkpoint -> commit(table, checkpoint));
        table.pending.clear();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        commit(TABLES.get(name), checkpointId);
    }

    private static void commit(Table table, long checkpointId) {
        synchronized (table) {
            Map<Long, List<AlertRevision>> complete = table.pending.headMap(checkpointId, true);
            complete.values()
                    .forEach(revisions -> revisions.forEach(revision -> table.rows.merge(
                            new Row(
                                    revision.key().id().toString(),
                                    revision.episode().episode()),
                            revision,
                            AlertTable::newer)));
            complete.clear();
        }
    }

    private static AlertRevision newer(AlertRevision one, AlertRevision other) {
        int byGeneration = Long.compare(one.generation(), other.generation());
        int order = byGeneration != 0 ? byGeneration : Long.compare(one.revision(), other.revision());
        return order > 0 ? one : other;
    }
}
