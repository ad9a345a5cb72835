package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.ImageFacts;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.sink.TableRow;

/** The parallel instances of the step over one gym's images, and what the judging step hears of them. */
final class ImageFindingsScene implements AutoCloseable {

    static final Instant STORED = Instant.parse("2026-03-02T01:00:00Z");
    static final Instant SOON = Instant.parse("2026-03-03T01:00:00Z");
    static final Instant LONG_AFTER = Instant.parse("2026-05-01T01:00:00Z");

    private static final int MAX_PARALLELISM = 128;

    private final ImageCounts heard = new ImageCounts();
    private List<KeyedTwoInputStreamOperatorTestHarness<String, ImageFact, RegistryFact, Fact>> instances =
            new ArrayList<>();
    private long checkpoint;

    ImageFindingsScene(int parallelism) throws Exception {
        start(parallelism, null, 0);
    }

    private void start(int parallelism, OperatorSubtaskState saved, int savedParallelism) throws Exception {
        for (int i = 0; i < parallelism; i++) {
            var instance = new KeyedTwoInputStreamOperatorTestHarness<String, ImageFact, RegistryFact, Fact>(
                    new ImageFindingsStep(Set.of(), 1, Standpoint.NOW),
                    ImageFact::key,
                    null,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    i);
            instance.setup();
            if (saved != null) {
                instance.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        saved, MAX_PARALLELISM, savedParallelism, parallelism, i));
            }
            instance.open();
            instances.add(instance);
        }
    }

    /** Saves all instances, and starts so many anew from what was saved. */
    void restart(int parallelism) throws Exception {
        List<OperatorSubtaskState> saved = new ArrayList<>();
        for (var instance : instances) {
            saved.add(instance.snapshot(checkpoint, checkpoint));
        }
        int before = instances.size();
        close();
        instances = new ArrayList<>();
        start(
                parallelism,
                AbstractStreamOperatorTestHarness.repackageState(saved.toArray(OperatorSubtaskState[]::new)),
                before);
    }

    void law(Instant known) throws Exception {
        for (RegistryChange row : RegistryFixture.law().rows()) {
            broadcast(RegistryFact.of(row));
        }
        broadcast(RegistryFact.of(progress("registry", "registry", known)));
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

    /** An image of a person of its own, due a month after it was stored. */
    void image(int number) throws Exception {
        image(number, null);
    }

    /** The same image, deleted at an instant; {@code null} for not yet. */
    void image(int number, Instant deletedAt) throws Exception {
        PersonToken person = new PersonToken("local-id", "k1", "none", "gym", "%08x".formatted(number));
        List<FaceRecordVersion> versions = new ArrayList<>();
        versions.add(new FaceRecordVersion(
                TimeBounds.committed(STORED),
                true,
                person,
                false,
                true,
                TimeBounds.declared(STORED),
                30,
                null,
                stored(number)));
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
                    position(1_000_000 + number, deletedAt)));
        }
        for (ImageFact fact :
                ImageFacts.of(null, new FaceRecord("op", "gym", "public.face/" + number, "m1", versions), false)) {
            int instance =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(fact.key(), MAX_PARALLELISM, instances.size());
            instances.get(instance).processElement1(new StreamRecord<>(fact));
        }
    }

    /** The change that stored an image. */
    static Position stored(int number) {
        return position(number, STORED);
    }

    private static Position position(long offset, Instant at) {
        return new Position("cdc.op.gym", 0, offset, "0/" + offset, "7", "public.face", "aa", at, false);
    }

    /** The rows that the step says at a cut; what it tells the judging step is heard. */
    List<String> cut() throws Exception {
        checkpoint++;
        List<String> rows = new ArrayList<>();
        for (var instance : instances) {
            instance.prepareSnapshotPreBarrier(checkpoint);
            instance.extractOutputValues().forEach(fact -> heard.add(fact.image()));
            instance.getOutput().clear();
            if (instance.getSideOutput(ImageFindingsStep.ROWS) != null) {
                for (StreamRecord<TableRow> row : instance.getSideOutput(ImageFindingsStep.ROWS)) {
                    rows.add(row.getValue().json());
                }
                instance.getSideOutput(ImageFindingsStep.ROWS).clear();
            }
        }
        return rows;
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
