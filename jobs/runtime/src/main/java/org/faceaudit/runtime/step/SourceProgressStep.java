package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.SourceProgressBook;
import org.faceaudit.intake.rows.SourceProgressState;
import org.faceaudit.intake.rows.SourceRows;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.fact.RoutedChange;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Follows each source in the order of its topic: passes changes on to the bucket of their row, tells every bucket when a
 * snapshot begins and ends, and says at the cut how far the source is known.
 */
public final class SourceProgressStep extends CutStep<RoutedChange>
        implements OneInputStreamOperator<Incoming, RoutedChange> {

    private static final long serialVersionUID = 1L;

    /** How far each source is known, whenever that changed since the last cut. */
    public static final OutputTag<SourceProgress> PROGRESS =
            new OutputTag<>("progress", RecordTypes.of(SourceProgress.class));

    /** The same as rows, and which rules the source allows to judge. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("source-rows", RecordTypes.of(TableRow.class));

    private final Mappings mappings;
    private final HashMap<String, ArrayList<RuleStanding>> standings = new HashMap<>();
    private final long generation;
    private final Instant asOf;

    private transient ValueState<SourceProgressState> books;
    private transient Map<String, OpenSource> sources;

    /**
     * A step over all sources.
     *
     * @param standings by {@code operator/system}, which rules its mapping allows to judge
     * @param generation the generation of this start of the job
     */
    public SourceProgressStep(Mappings mappings, Map<String, List<RuleStanding>> standings, long generation) {
        this(mappings, standings, generation, null);
    }

    /** The same, as of an instant; {@code null} for everything that is read. */
    public SourceProgressStep(
            Mappings mappings, Map<String, List<RuleStanding>> standings, long generation, Instant asOf) {
        this.mappings = Objects.requireNonNull(mappings, "mappings");
        standings.forEach((source, rules) -> this.standings.put(source, new ArrayList<>(rules)));
        this.generation = generation;
        this.asOf = asOf;
    }

    /** A source in memory. What was said last is forgotten at a restore and said once more. */
    private static final class OpenSource {
        private final SourceProgressBook book;
        private final SourceRows rows;
        private boolean touched = true;
        private SourceProgress said;

        OpenSource(SourceProgressBook book, SourceRows rows) {
            this.book = book;
            this.rows = rows;
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        books = context.getKeyedStateStore()
                .getState(new ValueStateDescriptor<>("books", RecordTypes.of(SourceProgressState.class)));
        sources = new HashMap<>();
        if (context.isRestored()) {
            Set<String> keys = new HashSet<>();
            try (Stream<String> stored = this.<String>getKeyedStateBackend().getKeys("books", VoidNamespace.INSTANCE)) {
                stored.forEach(keys::add);
            }
            for (String source : keys) {
                // A source whose file was removed is asleep: its state waits for the file to come back.
                if (mappings.describe(source)) {
                    setCurrentKey(source);
                    open(source);
                }
            }
        }
    }

    private OpenSource open(String source) throws Exception {
        OpenSource open = sources.get(source);
        if (open == null) {
            Mapping mapping = mappings.ofSource(source);
            SourceProgressState kept = books.value();
            SourceProgressBook book = new SourceProgressBook(
                    kept == null ? SourceProgressState.empty(mapping.operator(), mapping.system()) : kept, asOf);
            open = new OpenSource(book, new SourceRows(mapping));
            sources.put(source, open);
        }
        return open;
    }

    @Override
    public void processElement(StreamRecord<Incoming> element) throws Exception {
        Incoming incoming = element.getValue();
        OpenSource open = open(incoming.source());
        open.touched = true;
        if (incoming.reject() != null) {
            open.book.rejected();
            return;
        }
        for (RowChange change : open.book.accept(incoming.change())) {
            route(incoming.source(), open.rows, change);
        }
    }

    private void route(String source, SourceRows rows, RowChange change) {
        boolean heartbeat = change.kind() == RowChange.Kind.HEARTBEAT;
        if ((heartbeat && !rows.heedsHeartbeats()) || change.kind() == RowChange.Kind.NOT_APPLICABLE) {
            // Counted by the book; no row stands behind it.
            return;
        }
        int bucket = rows.bucketOf(change);
        if (bucket != SourceRows.EVERY_BUCKET) {
            emit(new RoutedChange(source, bucket, change));
            return;
        }
        for (int each = 0; each < rows.buckets(); each++) {
            emit(new RoutedChange(source, each, change));
        }
    }

    @Override
    protected void atCut(long position) throws Exception {
        for (Map.Entry<String, OpenSource> entry : sources.entrySet()) {
            OpenSource open = entry.getValue();
            if (!open.touched) {
                continue;
            }
            open.touched = false;
            setCurrentKey(entry.getKey());
            books.update(open.book.state());
            SourceProgress progress = open.book.progress();
            if (open.said == null) {
                for (RuleStanding rule : standings.getOrDefault(entry.getKey(), new ArrayList<>())) {
                    emit(
                            ROWS,
                            AuditJson.judgeable(
                                            progress.operator(),
                                            progress.system(),
                                            rule.ruleId(),
                                            rule.judgeable(),
                                            rule.reason())
                                    .row(generation, position));
                }
            }
            if (!progress.equals(open.said)) {
                open.said = progress;
                emit(PROGRESS, progress);
                emit(ROWS, AuditJson.source(progress).row(generation, position));
            }
        }
    }
}
