package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.CountSeries;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.runtime.fact.InstantPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PersonUnionStepTest {

    private static final Instant MORNING = Instant.parse("2026-03-01T01:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

    private StateBackend backend = new HashMapStateBackend();
    private KeyedOneInputStreamOperatorTestHarness<String, PersonHolding, InstantPage> step;

    @BeforeEach
    void start() throws Exception {
        start(null);
    }

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    @Test
    void twoRecordsOfOnePersonAreOnePerson() throws Exception {
        hold("gym/face/1", MORNING);
        hold("gate/face/9", NOON);

        assertThat(cut(1))
                .as("from noon on two systems hold it")
                .containsExactlyInAnyOrder(
                        "gym " + MORNING + " +1 -0", "gym " + NOON + " +0 -1", "gate+gym " + NOON + " +1 -0 (1 moved)");
    }

    @Test
    void aCorrectionLeavesAsTheNetOfBothCuts() throws Exception {
        hold("gym/face/1", NOON);
        assertThat(cut(1)).containsExactly("gym " + NOON + " +1 -0");

        hold("gym/face/1", MORNING);

        assertThat(cut(2)).containsExactlyInAnyOrder("gym " + MORNING + " +1 -0", "gym " + NOON + " -1 -0");
    }

    @Test
    void thoseWhoJudgeHearTheSumsOfDays() throws Exception {
        hold("gym/face/1", MORNING);
        hold("gate/face/9", NOON);
        cut(1);

        assertThat(step.getSideOutput(PersonUnionStep.DAYS))
                .extracting(record -> text(record.getValue().dayCount()))
                .containsExactlyInAnyOrder(
                        "gym 2026-02-28T16:00:00Z +1 -1", "gate+gym 2026-02-28T16:00:00Z +1 -0 (1 moved)");
    }

    @Test
    void whatIsUndoneBeforeTheCutIsNeverSaid() throws Exception {
        hold("gym/face/1", MORNING);
        step.processElement(new StreamRecord<>(new PersonHolding("op", "g", "p", "gym/face/1", List.of())));

        assertThat(cut(1)).isEmpty();
        assertThat(step.numKeyedStateEntries()).isZero();
    }

    @Test
    void aCheckpointRemembersWhoHoldsWhom() throws Exception {
        hold("gym/face/1", MORNING);
        cut(1);
        OperatorSubtaskState saved = step.snapshot(1, 1);

        step.close();
        start(saved);
        hold("gate/face/9", NOON);

        assertThat(cut(2)).containsExactlyInAnyOrder("gym " + NOON + " +0 -1", "gate+gym " + NOON + " +1 -0 (1 moved)");
    }

    /** Twenty thousand persons are more than the first pages of all buckets hold. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void bucketsGrowPageByPageAndForgetNobody(Place place) throws Exception {
        startIn(place, null);
        int persons = 20_000;
        hold(persons);
        assertThat(sum(cut(1), "gym")).isEqualTo(persons);
        OperatorSubtaskState saved = step.snapshot(1, 1);

        startIn(place, saved);
        hold(persons);
        assertThat(cut(2)).as("all are known").isEmpty();
        release(persons);
        assertThat(sum(cut(3), "gym")).isEqualTo(-persons);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void bucketsMoveBetweenMemoryAndDiskAndForgetNobody(Place place) throws Exception {
        startIn(place, null);
        int persons = 20_000;
        hold(persons);
        cut(1);
        OperatorSubtaskState saved = step.snapshotWithLocalState(
                        1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                .getJobManagerOwnedState();

        startIn(place == Place.MEMORY ? Place.DISK : Place.MEMORY, saved);
        hold(persons + 5_000);
        assertThat(sum(cut(2), "gym")).as("others come to those who are known").isEqualTo(5_000);
        release(persons + 5_000);
        assertThat(sum(cut(3), "gym")).isEqualTo(-persons - 5_000);
    }

    /** The heap's states are written while the next records come in, and these find room on pages that are being written. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void aCheckpointIsOfItsInstantWhoeverComesWhileItIsWritten(Place place) throws Exception {
        startIn(place, null);
        hold(20_000);
        cut(1);
        OperatorSnapshotFutures writing = step.getOperator()
                .snapshotState(
                        1,
                        1,
                        CheckpointOptions.forCheckpointWithDefaultLocation(),
                        new MemCheckpointStreamFactory(Integer.MAX_VALUE));
        hold(25_000);
        assertThat(sum(cut(2), "gym")).isEqualTo(5_000);
        OperatorSubtaskState written = OperatorSnapshotFinalizer.create(writing).getJobManagerOwnedState();

        startIn(place, written);
        hold(25_000);
        assertThat(sum(cut(3), "gym")).as("who came later is not in it").isEqualTo(5_000);
    }

    /** All persons of a snapshot are in the same few buckets: what is at hand of those must not be everybody. */
    @Test
    void noMoreIsAtHandThanMemoryIsMeantForIt() throws Exception {
        startIn(Place.DISK, null);
        hold(PersonsAtHand.MOST + 5_000);

        int atHand = ((PersonUnionStep) step.getOperator()).pagesAtHand();
        assertThat(atHand).isBetween(1, PersonsAtHand.MOST + 10);
        assertThat(sum(cut(1), "gym")).isEqualTo(PersonsAtHand.MOST + 5_000);
    }

    private enum Place {
        MEMORY,
        DISK
    }

    private void startIn(Place place, OperatorSubtaskState saved) throws Exception {
        step.close();
        backend = place == Place.DISK ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
        start(saved);
    }

    private void start(OperatorSubtaskState saved) throws Exception {
        step = new KeyedOneInputStreamOperatorTestHarness<>(new PersonUnionStep(), PersonUnionStep::key, Types.STRING);
        step.setStateBackend(backend);
        step.setup();
        if (saved != null) {
            step.initializeState(saved);
        }
        step.open();
    }

    private void hold(String holder, Instant since) throws Exception {
        step.processElement(new StreamRecord<>(
                new PersonHolding("op", "g", "p", holder, List.of(new Presence(since, since, null, null)))));
    }

    private void hold(int persons) throws Exception {
        for (int person = 0; person < persons; person++) {
            step.processElement(new StreamRecord<>(new PersonHolding(
                    "op",
                    "g",
                    name(person),
                    "gym/face/" + person,
                    List.of(new Presence(MORNING, MORNING, null, null)))));
        }
    }

    private void release(int persons) throws Exception {
        for (int person = 0; person < persons; person++) {
            step.processElement(
                    new StreamRecord<>(new PersonHolding("op", "g", name(person), "gym/face/" + person, List.of())));
        }
    }

    private static String name(int person) {
        return String.format("%032x", person);
    }

    private static int sum(List<String> said, String systems) {
        return said.stream()
                .filter(text -> text.startsWith(systems + ' '))
                .mapToInt(text -> Integer.parseInt(text.split(" ", -1)[2]))
                .sum();
    }

    /** What the step says at a cut: systems, instant, persons added and removed, or moved. */
    private List<String> cut(long checkpoint) throws Exception {
        step.prepareSnapshotPreBarrier(checkpoint);
        List<String> said = new ArrayList<>();
        step.extractOutputValues().forEach(page -> page.forEach(delta -> said.add(text(delta))));
        step.getOutput().clear();
        return said;
    }

    private static String text(CountDelta delta) {
        return String.join("+", CountSeries.systems(delta.series()))
                + ' '
                + delta.at()
                + String.format(" %+d -%d", delta.widestAdded(), delta.widestRemoved())
                + (delta.widestMoved() == 0 ? "" : " (" + delta.widestMoved() + " moved)");
    }
}
