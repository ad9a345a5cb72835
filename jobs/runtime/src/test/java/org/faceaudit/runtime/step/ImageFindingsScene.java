package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.ImageFacts;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.UnsaidRows;
import org.faceaudit.runtime.sink.TableRow;

/** The parallel instances of the step over one gym's images, and what the judging step hears of them. */
final class ImageFindingsScene implements AutoCloseable {

    static final Instant STORED = Instant.parse("2026-03-02T01:00:00Z");
    static final Instant SOON = Instant.parse("2026-03-03T01:00:00Z");
    static final Instant LONG_AFTER = Instant.parse("2026-05-01T01:00:00Z");

    private static final int MAX_PARALLELISM = 128;

    private final ImageCounts heard = new ImageCounts();
    private final Set<Integer> unsaid = new TreeSet<>();
    private List<KeyedTwoInputStreamOperatorTestHarness<String, ImageFact, RegistryFact, Fact>> instances =
            new ArrayList<>();
    private long checkpoint;

    private final StateBackend backend;
    private final Set<String> withConsents;
    private final int pagesPerCut;
    private long generation = 1;
    private boolean bare;

    ImageFindingsScene(int parallelism) throws Exception {
        this(parallelism, null, Set.of());
    }

    /** The same with so many pages in one cut. */
    ImageFindingsScene(int parallelism, int pagesPerCut) throws Exception {
        this(parallelism, null, Set.of(), pagesPerCut);
    }

    /**
     * The same of other sources.
     *
     * @param backend where state is kept, {@code null} for the heap
     * @param withConsents the sources that map consents
     */
    ImageFindingsScene(int parallelism, StateBackend backend, Set<String> withConsents) throws Exception {
        this(parallelism, backend, withConsents, ImageFindingsStep.PAGES_PER_CUT);
    }

    private ImageFindingsScene(int parallelism, StateBackend backend, Set<String> withConsents, int pagesPerCut)
            throws Exception {
        this.backend = backend;
        this.withConsents = withConsents;
        this.pagesPerCut = pagesPerCut;
        start(parallelism, null, 0);
    }

    private void start(int parallelism, OperatorSubtaskState saved, int savedParallelism) throws Exception {
        for (int i = 0; i < parallelism; i++) {
            var instance = new KeyedTwoInputStreamOperatorTestHarness<String, ImageFact, RegistryFact, Fact>(
                    new ImageFindingsStep(withConsents, generation, Standpoint.NOW, pagesPerCut),
                    ImageFact::key,
                    null,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    i);
            if (backend != null) {
                instance.setStateBackend(backend);
            }
            instance.setCheckpointStorage(new JobManagerCheckpointStorage(Integer.MAX_VALUE));
            instance.setup();
            if (saved != null) {
                instance.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        saved, MAX_PARALLELISM, savedParallelism, parallelism, i));
            }
            instance.open();
            instances.add(instance);
        }
    }

    /** Saves all instances, and starts so many anew from what was saved; answers how many bytes that was. */
    long restart(int parallelism) throws Exception {
        List<OperatorSubtaskState> saved = new ArrayList<>();
        for (var instance : instances) {
            saved.add(instance.snapshot(checkpoint, checkpoint));
        }
        int before = instances.size();
        unsaid.clear();
        close();
        instances = new ArrayList<>();
        start(
                parallelism,
                AbstractStreamOperatorTestHarness.repackageState(saved.toArray(OperatorSubtaskState[]::new)),
                before);
        return saved.stream().mapToLong(OperatorSubtaskState::getStateSize).sum();
    }

    /** The same in the next generation. */
    void restartInNextGeneration(int parallelism) throws Exception {
        generation++;
        restart(parallelism);
    }

    /** The end of all input: the rows that are still to be said. */
    List<String> end() throws Exception {
        List<String> rows = new ArrayList<>();
        for (var instance : instances) {
            instance.getOperator().finish();
            rows.addAll(said(instance));
        }
        return rows;
    }

    void law(Instant known) throws Exception {
        for (RegistryChange row : RegistryFixture.law().rows()) {
            broadcast(RegistryFact.of(row));
        }
        broadcast(RegistryFact.of(progress("registry", "registry", known)));
    }

    /** A hold of everything in the gym for an operator, changed from what it was before. */
    void hold(String operator) throws Exception {
        for (RegistryChange row : RegistryFixture.law()
                .exception(
                        "hold-1",
                        "raw-image-retained",
                        operator,
                        "gym",
                        "2026-01-01",
                        "2030-12-31",
                        "citation",
                        "hold: dispute 1")
                .rows()) {
            if (row.table().equals("exception")) {
                broadcast(RegistryFact.of(row));
            }
        }
    }

    void known(String system, Instant through) throws Exception {
        broadcast(RegistryFact.of(progress("op", system, through)));
    }

    private void broadcast(RegistryFact fact) throws Exception {
        for (var instance : instances) {
            instance.processElement2(new StreamRecord<>(fact));
        }
    }

    private static SourceProgress progress(String operator, String system, Instant through) {
        return new SourceProgress(operator, system, true, through, 1, 1, 0, 0, through);
    }

    /** From now on changes have no place in the log that is worth a byte: what is kept is no evidence. */
    void withoutEvidence() {
        bare = true;
    }

    /** In the course of one legal day. */
    private static Instant storedAt(int number) {
        return STORED.plusSeconds(number % 36_000);
    }

    /** An image of a person of its own, due a month after it was stored. */
    void image(int number) throws Exception {
        image(number, null);
    }

    /** The same image, deleted at an instant; {@code null} for not yet. */
    void image(int number, Instant deletedAt) throws Exception {
        PersonToken person = person(number);
        List<FaceRecordVersion> versions = new ArrayList<>();
        Position stored = stored(number);
        versions.add(new FaceRecordVersion(
                TimeBounds.committed(stored.committedAt()),
                true,
                person,
                false,
                true,
                TimeBounds.declared(stored.committedAt()),
                30,
                null,
                bare ? bare(stored) : stored));
        if (deletedAt != null) {
            versions.add(new FaceRecordVersion(
                    TimeBounds.committed(deletedAt),
                    false,
                    null,
                    false,
                    false,
                    null,
                    null,
                    null,
                    position(100_000_000L + number, deletedAt, "public.face", number)));
        }
        send(ImageFacts.of(null, new FaceRecord("op", "gym", "public.face/" + number, "m1", versions), false));
    }

    private static PersonToken person(int number) {
        return new PersonToken("local-id", "k1", "none", "gym", "%032x".formatted(number * 0x9e3779b97f4a7c15L));
    }

    /** The separate consent of the person of an image, who was born on a day; withdrawn or not. */
    void consent(int number, String bornOn, Instant withdrawnAt) throws Exception {
        ConsentVersion version = new ConsentVersion(
                TimeBounds.declared(STORED),
                true,
                person(number),
                FieldState.PRESENT,
                FieldValue.present(ConsentVersion.YES),
                FieldValue.present(ConsentScope.FACE.name()),
                FieldValue.present(LegalBasis.CONSENT.name()),
                FieldValue.present(ConsentVersion.NO),
                withdrawnAt == null ? TimeValue.ABSENT : TimeValue.present(withdrawnAt),
                DayValue.ABSENT,
                DayValue.present(LegalDay.parse(bornOn)),
                position(200_000_000L + number, STORED, "public.consent", number));
        send(ImageFacts.of(null, new Consent("op", "gym", "public.consent/" + number, "m1", List.of(version))));
    }

    private void send(List<ImageFact> facts) throws Exception {
        for (ImageFact fact : facts) {
            int instance =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(fact.key(), MAX_PARALLELISM, instances.size());
            instances.get(instance).processElement1(new StreamRecord<>(fact));
        }
    }

    /** The change that stored an image. */
    static Position stored(int number) {
        return position(number, storedAt(number), "public.face", number);
    }

    private static Position bare(Position position) {
        return new Position(
                position.topic(),
                position.partition(),
                0,
                null,
                null,
                position.table(),
                position.keyHash(),
                position.committedAt(),
                position.snapshot());
    }

    private static Position position(long offset, Instant at, String table, int number) {
        return new Position(
                "cdc.op.gym",
                0,
                offset,
                LogPosition.ofSequenceNumber(0x1_0000_0000L + 200 * offset).text(),
                Long.toString(700_000 + offset),
                table,
                EnvelopeDecoder.keyHash(table, Integer.toString(number)),
                at,
                false);
    }

    /** The rows that the step says at a cut; what it tells the judging step is heard. */
    List<String> cut() throws Exception {
        checkpoint++;
        List<String> rows = new ArrayList<>();
        for (var instance : instances) {
            instance.prepareSnapshotPreBarrier(checkpoint);
            rows.addAll(said(instance));
        }
        return rows;
    }

    private List<String> said(KeyedTwoInputStreamOperatorTestHarness<String, ImageFact, RegistryFact, Fact> instance) {
        List<String> rows = new ArrayList<>();
        instance.extractOutputValues().forEach(fact -> heard.add(fact.image()));
        instance.getOutput().clear();
        if (instance.getSideOutput(ImageFindingsStep.UNSAID) != null) {
            for (StreamRecord<Fact> told : instance.getSideOutput(ImageFindingsStep.UNSAID)) {
                UnsaidRows rest = told.getValue().unsaid();
                boolean news = rest.any() ? unsaid.add(rest.instance()) : unsaid.remove(rest.instance());
                if (!news || !told.getValue().scope().equals("op")) {
                    throw new AssertionError("told what is known: " + told);
                }
            }
            instance.getSideOutput(ImageFindingsStep.UNSAID).clear();
        }
        if (instance.getSideOutput(ImageFindingsStep.ROWS) != null) {
            for (StreamRecord<TableRow> row : instance.getSideOutput(ImageFindingsStep.ROWS)) {
                rows.add(row.getValue().json());
            }
            instance.getSideOutput(ImageFindingsStep.ROWS).clear();
        }
        return rows;
    }

    /** The instances that still have rows to say again in this generation. */
    Set<Integer> unsaid() {
        return Set.copyOf(unsaid);
    }

    /** The sum of all that was told so far. */
    List<ImageDelta> heard() {
        return List.copyOf(heard.entries());
    }

    @Override
    public void close() throws Exception {
        for (var instance : instances) {
            instance.close();
        }
    }
}
