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
import org.faceaudit.core.event.ColumnAbsences;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.AttemptSink;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.ColumnWatch;
import org.faceaudit.intake.rows.ColumnsSeen;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.SignsOfLife;
import org.faceaudit.intake.rows.SourceProgressBook;
import org.faceaudit.intake.rows.SourceProgressState;
import org.faceaudit.intake.rows.SourceRows;
import org.faceaudit.runtime.attempt.ToldAttempt;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.fact.RoutedChange;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Follows each source in the order of its topic: passes changes on to the bucket of their row, tells every bucket when a
 * snapshot begins and ends, and says at the cut how far the source is known and since when it gave no sign of life.
 */
public final class SourceProgressStep extends CutStep<RoutedChange>
        implements OneInputStreamOperator<Incoming, RoutedChange> {

    private static final long serialVersionUID = 1L;

    /** What could not be judged, and why, as rows. */
    public static final OutputTag<TableRow> UNJUDGED = UnjudgedBook.ROWS;

    /** How far each source is known, whenever that changed since the last cut. */
    public static final OutputTag<SourceProgress> PROGRESS =
            new OutputTag<>("progress", RecordTypes.of(SourceProgress.class));

    /** The same as rows, and which rules the source allows to judge. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("source-rows", RecordTypes.of(TableRow.class));

    /**
     * What is to be judged of a source itself: spans in which it gave no sign of life, snapshots that replaced its log, and
     * mapped columns that its rows no longer carry. Of the registry nothing: time goes by it.
     */
    public static final OutputTag<Fact> SOURCES = new OutputTag<>("sources", RecordTypes.of(Fact.class));

    /** After so many cuts without a record a topic counts as read to its end. */
    private static final int CUTS_TO_SETTLE = 2;

    /** Attempts told by rows that say all by themselves. */
    public static final OutputTag<ToldAttempt> ATTEMPTS =
            new OutputTag<>("log-attempts", RecordTypes.of(ToldAttempt.class));

    private final Mappings mappings;
    private final HashMap<String, ArrayList<RuleStanding>> standings = new HashMap<>();
    private final long generation;
    private final Instant asOf;

    private transient Attempts attempts;
    private transient UnjudgedBook unjudged;
    private transient ValueState<SourceProgressState> books;
    private transient ValueState<SourceSilence> silences;
    private transient ValueState<ColumnsSeen> columns;
    private transient boolean ending;
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
        private final String mappingVersion;
        private final SignsOfLife signs;
        private final ColumnWatch columns;
        private boolean touched = true;
        private int quietCuts;
        private SourceProgress said;
        /** What whoever judges silence remembers; it is not said again at a restore. */
        private SourceSilence saidSilence;

        OpenSource(
                SourceProgressBook book,
                Mapping mapping,
                SignsOfLife signs,
                ColumnWatch columns,
                SourceSilence saidSilence) {
            this.book = book;
            this.rows = new SourceRows(mapping);
            this.mappingVersion = mapping.version();
            this.signs = signs;
            this.columns = columns;
            this.saidSilence = saidSilence;
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        books = keyedStates(context)
                .getState(new ValueStateDescriptor<>("books", RecordTypes.of(SourceProgressState.class)));
        silences = keyedStates(context)
                .getState(new ValueStateDescriptor<>("silences", RecordTypes.of(SourceSilence.class)));
        columns =
                keyedStates(context).getState(new ValueStateDescriptor<>("columns", RecordTypes.of(ColumnsSeen.class)));
        unjudged = new UnjudgedBook(keyedStates(context), generation);
        forget();
        if (context.isRestored()) {
            unjudged.sayAgain(keys(UnjudgedBook.state()));
        }
        attempts = new Attempts();
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
            SourceSilence silence = silences.value();
            SignsOfLife signs = new SignsOfLife(
                    mapping.operator(),
                    mapping.system(),
                    silence,
                    mapping.heartbeatPromise().shortest(),
                    asOf);
            ColumnsSeen seen = columns.value();
            ColumnWatch watch = new ColumnWatch(mapping, seen == null ? ColumnsSeen.NOTHING : seen);
            open = new OpenSource(book, mapping, signs, watch, silence);
            sources.put(source, open);
        }
        return open;
    }

    @Override
    public void processElement(StreamRecord<Incoming> element) throws Exception {
        Incoming incoming = element.getValue().kept();
        OpenSource open = open(incoming.source());
        open.touched = true;
        if (incoming.reject() != null) {
            open.book.rejected();
            return;
        }
        open.signs.accept(incoming.change());
        for (RowChange change : open.book.accept(incoming.change())) {
            route(incoming.source(), open.rows, change);
            SourceProgressBook.resnapshot(change).map(Fact::of).ifPresent(this::say);
            if (incoming.lacking() != null && change.rowKey() != null) {
                open.columns.accept(change, incoming.lacking());
            }
        }
    }

    private void route(String source, SourceRows rows, RowChange change) {
        boolean heartbeat = change.kind() == RowChange.Kind.HEARTBEAT;
        if ((heartbeat && !rows.heedsHeartbeats()) || change.kind() == RowChange.Kind.NOT_APPLICABLE) {
            // Counted by the book; no row stands behind it.
            return;
        }
        if (rows.speaksForItself(change)) {
            attempts.reading = source;
            rows.tell(change, attempts);
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
            setCurrentKey(entry.getKey());
            open.quietCuts = open.touched ? 0 : open.quietCuts + 1;
            saySilences(open);
            sayColumns(open);
            if (!open.touched) {
                continue;
            }
            open.touched = false;
            books.update(open.book.state());
            SourceProgress progress = open.book.progress(open.mappingVersion);
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
        unjudged.atCut(position, this::setCurrentKey, row -> emit(UnjudgedBook.ROWS, row));
    }

    private void saySilences(OpenSource open) throws Exception {
        for (SourceSilence over : open.signs.over()) {
            say(Fact.of(over));
        }
        boolean sameSign =
                open.saidSilence != null && open.saidSilence.equals(open.signs.newest(open.saidSilence.settled()));
        boolean settled = ending || open.quietCuts >= CUTS_TO_SETTLE || (sameSign && open.saidSilence.settled());
        SourceSilence newest = open.signs.newest(settled);
        if (newest != null && !newest.equals(open.saidSilence)) {
            open.saidSilence = newest;
            silences.update(newest);
            say(Fact.of(newest));
        }
    }

    private void sayColumns(OpenSource open) throws Exception {
        ColumnsSeen seen = open.columns.changedState();
        if (seen != null) {
            columns.update(seen);
        }
        ColumnAbsences news = open.columns.news();
        if (news != null) {
            say(Fact.of(news));
        }
    }

    private void say(Fact ofSource) {
        if (!ofSource.scope().equals(Scopes.source(Scopes.REGISTRY, Scopes.REGISTRY))) {
            emit(SOURCES, ofSource);
        }
    }

    @Override
    public void finish() throws Exception {
        ending = true;
        super.finish();
    }

    /** Passes attempts on and counts the rest. */
    private final class Attempts implements AttemptSink {

        private final ChangeCounters counters = new ChangeCounters(getMetricGroup());
        /** The source whose change is being read. */
        private String reading;

        @Override
        public void attempt(AttemptTold told) {
            emit(ATTEMPTS, ToldAttempt.of(told));
        }

        @Override
        public void notApplicable(String reason, Position position) {
            counters.notApplicable(reason);
        }

        @Override
        public void unreadable(String field, String reason, Position position) {
            counters.unreadable(reason);
            unjudged.note(reading, position.table() + '.' + field, reason, 1, position.committedAt());
        }
    }
}
