package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.InstantPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DayBookStepTest {

    private static final String MORNING = "2026-03-02T01:00:00Z";
    private static final String NOON = "2026-03-02T04:00:00Z";
    private static final String NEXT_DAY = "2026-03-02T16:00:00Z";

    private KeyedTwoInputStreamOperatorTestHarness<String, InstantPage, DayLook, Fact> step;
    private long checkpoint;

    @BeforeEach
    void start() throws Exception {
        start(null);
    }

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    @Test
    void tellsTheInstantsOfADayThatIsLookedAtAndOfNoOther() throws Exception {
        count(MORNING, 2);
        count(NEXT_DAY, 5);
        assertThat(cut()).isEmpty();

        look("2026-03-02", true);
        count(NOON, 3);

        assertThat(cut()).containsExactlyInAnyOrder(MORNING + " +2", NOON + " +3");
    }

    @Test
    void goesOnTellingWhatIsNew() throws Exception {
        count(MORNING, 2);
        look("2026-03-02", true);
        cut();

        count(MORNING, -2);
        count(NOON, 1);
        count(NOON, 1);

        assertThat(cut()).containsExactlyInAnyOrder(MORNING + " -2", NOON + " +2");
    }

    @Test
    void takesBackWhatItToldOfADayThatIsLookedAtNoMore() throws Exception {
        count(MORNING, 2);
        look("2026-03-02", true);
        cut();

        count(MORNING, 1);
        look("2026-03-02", false);
        assertThat(sum(cut())).as("the newest was never told").isEqualTo(-2);

        count(MORNING, 1);
        assertThat(cut()).isEmpty();
        look("2026-03-02", true);
        assertThat(cut()).containsExactly(MORNING + " +4");
    }

    @Test
    void aCheckpointRemembersTheDayAndThatItIsTold() throws Exception {
        count(MORNING, 2);
        look("2026-03-02", true);
        cut();
        OperatorSubtaskState saved = step.snapshot(checkpoint, 1);

        step.close();
        start(saved);
        assertThat(cut()).isEmpty();
        count(NOON, 1);
        assertThat(cut()).containsExactly(NOON + " +1");
        look("2026-03-02", false);

        assertThat(cut()).containsExactlyInAnyOrder(MORNING + " -2", NOON + " -1");
    }

    /** Ten thousand instants and their corrections are more than a page holds, and are netted on the way. */
    @Test
    void aBookOfManyPagesTellsEveryInstantAsItStandsNow() throws Exception {
        Instant first = Instant.parse(MORNING);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10_000; i++) {
                count(first.plusMillis(i * 7L).toString(), round == 1 ? -1 : 1);
            }
        }
        count(NEXT_DAY, 5);
        OperatorSubtaskState saved = step.snapshot(1, 1);
        step.close();
        start(saved);

        look("2026-03-02", true);

        assertThat(cut()).hasSize(10_000).allMatch(told -> told.endsWith(" +1"));
        look("2026-03-03", true);
        assertThat(cut()).containsExactly(NEXT_DAY + " +5");
    }

    private void start(OperatorSubtaskState saved) throws Exception {
        step = new KeyedTwoInputStreamOperatorTestHarness<>(
                new DayBookStep(), DayBookStep::key, DayLook::key, Types.STRING);
        step.setup();
        if (saved != null) {
            step.initializeState(saved);
        }
        step.open();
    }

    private void count(String at, int added) throws Exception {
        CountDelta delta =
                new CountDelta("op", "persons:gym:g", Instant.parse(at), added, 0, 0, added, 0, 0, 11L * added);
        step.processElement1(new StreamRecord<>(
                InstantPage.empty("op", InstantPage.stretch(delta.day())).with(List.of(delta))));
    }

    private void look(String day, boolean closely) throws Exception {
        step.processElement2(
                new StreamRecord<>(new DayLook("op", LegalDay.parse(day).epochDay(), closely)));
    }

    private List<String> cut() throws Exception {
        checkpoint++;
        step.getOperator().prepareSnapshotPreBarrier(checkpoint);
        List<String> said = step.extractOutputValues().stream()
                .map(Fact::count)
                .map(delta -> delta.at() + String.format(" %+d", delta.widestAdded()))
                .toList();
        step.getOutput().clear();
        return said;
    }

    private static int sum(List<String> said) {
        return said.stream()
                .mapToInt(text -> Integer.parseInt(text.substring(text.indexOf(' ') + 1)))
                .sum();
    }
}
