package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.ImageFacts;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.sink.TableRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageFindingsStepTest {

    private static final Instant STORED = Instant.parse("2026-03-02T01:00:00Z");
    private static final Instant SOON = Instant.parse("2026-03-03T01:00:00Z");
    private static final Instant LONG_AFTER = Instant.parse("2026-05-01T01:00:00Z");

    private KeyedTwoInputStreamOperatorTestHarness<String, ImageFact, RegistryFact, Fact> step;

    @BeforeEach
    void start() throws Exception {
        start(null);
    }

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    @Test
    void anImageIsAFindingOnceItsSourceIsKnownPastTheDueDay() throws Exception {
        law(SOON);
        known("gym", SOON);
        image(false);
        assertThat(cut(1)).as("not due yet").isEmpty();
        assertThat(step.extractOutputValues())
                .as("what will count, with its instant")
                .isNotEmpty();

        known("gym", LONG_AFTER);
        assertThat(cut(2)).singleElement().asString().contains("period-ended").contains("VIOLATION");
        assertThat(cut(3)).isEmpty();
    }

    @Test
    void theSilenceOfOneSourceLeavesItsImagesUnjudged() throws Exception {
        law(LONG_AFTER);
        known("other", LONG_AFTER);
        image(false);

        assertThat(cut(1)).isEmpty();
    }

    @Test
    void anImageDeletedInTimeTakesItsCountsBack() throws Exception {
        law(SOON);
        known("gym", SOON);
        image(false);
        cut(1);

        image(true);
        cut(2);
        known("gym", LONG_AFTER);

        assertThat(cut(3)).isEmpty();
        assertThat(step.extractOutputValues().stream()
                        .mapToInt(fact -> fact.image().delta())
                        .sum())
                .isZero();
    }

    @Test
    void aRestoredStepWakesOnTheDueDay() throws Exception {
        law(SOON);
        known("gym", SOON);
        image(false);
        cut(1);
        OperatorSubtaskState saved = step.snapshot(1, 1);

        step.close();
        start(saved);
        assertThat(cut(2)).isEmpty();
        assertThat(step.extractOutputValues()).as("counts are not repeated").isEmpty();
        known("gym", LONG_AFTER);

        assertThat(cut(3)).hasSize(1);
    }

    private void start(OperatorSubtaskState saved) throws Exception {
        step = new KeyedTwoInputStreamOperatorTestHarness<>(
                new ImageFindingsStep(1), ImageFact::key, null, Types.STRING);
        step.setup();
        if (saved != null) {
            step.initializeState(saved);
        }
        step.open();
    }

    private void law(Instant known) throws Exception {
        for (RegistryChange row : RegistryFixture.law().rows()) {
            step.processElement2(new StreamRecord<>(RegistryFact.of(row)));
        }
        step.processElement2(new StreamRecord<>(RegistryFact.of(progress("registry", "registry", known))));
    }

    private void known(String system, Instant through) throws Exception {
        step.processElement2(new StreamRecord<>(RegistryFact.of(progress("op", system, through))));
    }

    private static SourceProgress progress(String operator, String system, Instant through) {
        return new SourceProgress(operator, system, true, through, 1, 1, 0, 0, through);
    }

    private void image(boolean deletedNextDay) throws Exception {
        PersonToken person = new PersonToken("local-id", "k1", "none", "gym", "00ff");
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
                position(1, STORED)));
        if (deletedNextDay) {
            versions.add(new FaceRecordVersion(
                    TimeBounds.committed(SOON), false, null, false, false, null, null, null, position(2, SOON)));
        }
        for (ImageFact fact : ImageFacts.of(null, new FaceRecord("op", "gym", "public.face/1", "m1", versions))) {
            step.processElement1(new StreamRecord<>(fact));
        }
    }

    private static Position position(long offset, Instant at) {
        return new Position("cdc.op.gym", 0, offset, "0/" + offset, "7", "public.face", "aa", at, false);
    }

    /** The rows that the step says at a cut. */
    private List<String> cut(long checkpoint) throws Exception {
        int before = rows().size();
        step.prepareSnapshotPreBarrier(checkpoint);
        List<String> rows = rows();
        return rows.subList(before, rows.size());
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        if (step.getSideOutput(ImageFindingsStep.ROWS) != null) {
            for (StreamRecord<TableRow> row : step.getSideOutput(ImageFindingsStep.ROWS)) {
                rows.add(row.getValue().json());
            }
        }
        return rows;
    }
}
