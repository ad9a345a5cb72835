package org.faceaudit.runtime.step;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.counting.Holdings;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.FactSink;
import org.faceaudit.intake.rows.SourceRows;
import org.faceaudit.runtime.attempt.ToldAttempt;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.ImageFacts;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.RoutedChange;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/** Remembers every row of a source, bucket by bucket, and says what its changes mean: facts for each family. */
public final class RowsStep extends CutStep<PersonHolding>
        implements OneInputStreamOperator<RoutedChange, PersonHolding> {

    private static final long serialVersionUID = 1L;

    /** What could not be judged, and why, as rows. */
    public static final OutputTag<TableRow> UNJUDGED = UnjudgedBook.ROWS;

    static final String NOBODY_KNOWN = "image-of-nobody-known";

    /** Access points, and sums by day of records and images stored. */
    public static final OutputTag<Fact> FACTS = new OutputTag<>("facts", RecordTypes.of(Fact.class));

    /** Records with images, or of every face where children matter; purposes and consents. */
    public static final OutputTag<ImageFact> IMAGES = new OutputTag<>("image-facts", RecordTypes.of(ImageFact.class));

    /** Attempts told by rows that are kept, or that waited for others. */
    public static final OutputTag<ToldAttempt> ATTEMPTS =
            new OutputTag<>("told-attempts", RecordTypes.of(ToldAttempt.class));

    /** Rows of the registry, and what operators' own databases say beside them. */
    public static final OutputTag<RegistryFact> REGISTRY =
            new OutputTag<>("registry-rows", RecordTypes.of(RegistryFact.class));

    private final Mappings mappings;
    private final EnumSet<Family> families;
    private final long generation;

    private transient StateRowStore store;
    private transient Map<String, SourceRows> sources;
    private transient DayBuffer deltas;
    private transient Facts facts;
    private transient Set<String> withGuardians;
    private transient UnjudgedBook unjudged;
    /** Of the change that is being read. */
    private transient RoutedChange current;

    /** With the generation of this start of the job. */
    public RowsStep(Mappings mappings, Set<Family> families, long generation) {
        this.mappings = Objects.requireNonNull(mappings, "mappings");
        this.families = EnumSet.copyOf(families);
        this.generation = generation;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        store = new StateRowStore(keyedStates(context));
        unjudged = new UnjudgedBook(keyedStates(context), generation);
        forget();
        if (context.isRestored()) {
            unjudged.sayAgain(keys(UnjudgedBook.state()));
        }
        sources = new HashMap<>();
        deltas = new DayBuffer(sum -> emit(FACTS, Fact.ofDay(sum)));
        facts = new Facts();
        withGuardians = mappings.withGuardians();
    }

    @Override
    public void processElement(StreamRecord<RoutedChange> element) {
        RoutedChange routed = element.getValue();
        current = routed;
        store.nextChange();
        sources.computeIfAbsent(routed.source(), source -> new SourceRows(mappings.ofSource(source)))
                .apply(routed.change(), store, facts);
    }

    @Override
    protected void atCut(long position) throws Exception {
        deltas.flush();
        unjudged.atCut(position, this::setCurrentKey, row -> emit(UnjudgedBook.ROWS, row));
    }

    private static String table(FaceRecord record) {
        return record.recordKey().substring(0, record.recordKey().indexOf('/'));
    }

    private static FaceRecordVersion newest(FaceRecord record) {
        return record.versions().get(record.versions().size() - 1);
    }

    /** 1 for an image that is stored, of a person whom its mapping names and no row tells. */
    private int ofNobodyKnown(FaceRecord record) {
        FaceRecordVersion newest = newest(record);
        return newest.stored()
                        && newest.image()
                        && newest.person() == null
                        && mappings.ofSource(current.source()).namesPersonsIn(table(record))
                ? 1
                : 0;
    }

    /** Sends each fact to those who judge it. */
    private final class Facts implements FactSink {

        private final ChangeCounters counters = new ChangeCounters(getMetricGroup());

        @Override
        public void faceRecord(FaceRecord before, FaceRecord after) {
            int more = ofNobodyKnown(after) - (before == null ? 0 : ofNobodyKnown(before));
            if (more != 0) {
                unjudged.note(
                        current.key(),
                        table(after),
                        NOBODY_KNOWN,
                        more,
                        newest(after).position().committedAt());
            }
            if (families.contains(Family.PERSONS)) {
                for (PersonHolding holding : Holdings.change(before, after)) {
                    emit(holding);
                }
                Holdings.recordDeltas(before, after).forEach(deltas::add);
            }
            if (families.contains(Family.IMAGES)) {
                boolean everyFace = withGuardians.contains(Scopes.source(after.operator(), after.system()));
                ImageFacts.of(before, after, everyFace).forEach(fact -> emit(IMAGES, fact));
            }
        }

        @Override
        public void accessPoint(AccessPoint before, AccessPoint after) {
            if (families.contains(Family.ACCESS)) {
                emit(FACTS, Fact.of(after));
            }
        }

        @Override
        public void purpose(Purpose before, Purpose after) {
            if (families.contains(Family.IMAGES)) {
                ImageFacts.of(before, after).forEach(fact -> emit(IMAGES, fact));
            }
        }

        @Override
        public void attempt(AttemptTold told) {
            if (families.contains(Family.ACCESS) || families.contains(Family.PERSONS)) {
                emit(ATTEMPTS, ToldAttempt.of(told));
            }
        }

        @Override
        public void consent(Consent before, Consent after) {
            if (families.contains(Family.IMAGES)) {
                ImageFacts.of(before, after).forEach(fact -> emit(IMAGES, fact));
            }
        }

        @Override
        public void use(DeclaredUse before, DeclaredUse after) {
            registry(after.asRow());
        }

        @Override
        public void filing(DeclaredFiling before, DeclaredFiling after) {
            registry(after.asRow());
        }

        @Override
        public void registry(RegistryChange change) {
            emit(REGISTRY, RegistryFact.of(change));
        }

        @Override
        public void notApplicable(String reason, Position position) {
            counters.notApplicable(reason);
        }

        @Override
        public void unreadable(String field, String reason, Position position) {
            counters.unreadable(reason);
            unjudged.note(current.key(), position.table() + '.' + field, reason, 1, position.committedAt());
        }
    }
}
