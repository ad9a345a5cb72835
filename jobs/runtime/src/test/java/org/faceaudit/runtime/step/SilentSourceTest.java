package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.judge.SourceFamily;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody is called silent of whom a sign waits to be read, and whoever is silent stays so over a restart. */
class SilentSourceTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration PROMISE = Duration.ofMinutes(5);
    private static final Instant BROKEN = START.plus(PROMISE).plusSeconds(1);

    private KeyedTwoInputStreamOperatorTestHarness<String, Fact, RegistryFact, Draft> step;
    private long checkpoint;

    @BeforeEach
    void listen() throws Exception {
        start(null);
        for (RegistryChange row : RegistryFixture.law().rows()) {
            step.processElement2(new StreamRecord<>(RegistryFact.of(row)));
        }
        clock(START);
        sign(START, false);
        cut();
        cut();
        cut();
    }

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    @Test
    void theRegistrysClockLagsUntilEveryTopicIsReadAsFar() throws Exception {
        sign(START, true);
        clock(BROKEN);
        cut();
        assertThat(said()).isEmpty();
        cut();
        assertThat(said()).isEmpty();
        cut();
        assertThat(said()).containsExactly("1 OPEN");
    }

    @Test
    void aSignThatIsReadMeanwhileKeepsThePromise() throws Exception {
        sign(START, true);
        clock(BROKEN);
        cut();
        sign(START.plusSeconds(299), false);
        cut();
        cut();
        assertThat(said()).isEmpty();

        sign(START.plusSeconds(299), true);
        clock(START.plusSeconds(600));
        cut();
        cut();
        cut();
        assertThat(said()).containsExactly("1 OPEN");
    }

    @Test
    void whoeverIsBehindIsNotSilentUntilTheTopicHasBeenReadToItsEnd() throws Exception {
        clock(BROKEN);
        cut();
        cut();
        cut();
        assertThat(said()).isEmpty();

        sign(START, true);
        cut();
        assertThat(said()).containsExactly("1 OPEN");
    }

    @Test
    void aRestartNeitherTakesASilenceBackNorFindsOneInWhatItHasNotRead() throws Exception {
        sign(START, true);
        clock(BROKEN);
        cut();
        cut();
        OperatorSubtaskState saved = save();
        assertThat(said()).containsExactly("1 OPEN");

        start(saved);
        clock(BROKEN.plusSeconds(3_600));
        cut();
        cut();
        assertThat(said()).isEmpty();
        over(START, BROKEN.plusSeconds(10));
        sign(BROKEN.plusSeconds(10), false);
        cut();
        assertThat(said()).containsExactly("1 RESOLVED");

        sign(BROKEN.plusSeconds(3_500), true);
        saved = save();
        start(saved);
        clock(BROKEN.plusSeconds(9_000));
        cut();
        sign(BROKEN.plusSeconds(8_900), false);
        cut();
        cut();
        cut();
        assertThat(said())
                .as("an outage of the job is no silence of the source")
                .isEmpty();
    }

    @Test
    void theEndOfTheInputIsNotWaitedFor() throws Exception {
        sign(START, true);
        clock(BROKEN);
        step.endInput1();
        step.endInput2();
        ((JudgeStep) step.getOperator()).finish();

        assertThat(said()).containsExactly("1 OPEN");
    }

    private void start(OperatorSubtaskState saved) throws Exception {
        if (step != null) {
            step.close();
        }
        SourceFamily family = new SourceFamily(
                Map.of("op/sys", new HeartbeatPromise(PROMISE, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, false)));
        step = new KeyedTwoInputStreamOperatorTestHarness<>(
                new JudgeStep(family, 1, null), Fact::scope, null, Types.STRING);
        step.setup();
        if (saved != null) {
            step.initializeState(saved);
        }
        step.open();
    }

    private static Position position(Instant at) {
        return new Position("cdc.op.sys", 0, 1, "0/1", null, "public.beat", "k", at, false);
    }

    private void sign(Instant at, boolean settled) throws Exception {
        step.processElement1(
                new StreamRecord<>(Fact.of(new SourceSilence("op", "sys", at, position(at), null, null, settled))));
    }

    private void over(Instant from, Instant to) throws Exception {
        step.processElement1(new StreamRecord<>(
                Fact.of(new SourceSilence("op", "sys", from, position(from), to, position(to), true))));
    }

    private void clock(Instant known) throws Exception {
        step.processElement2(new StreamRecord<>(
                RegistryFact.of(new SourceProgress("registry", "registry", true, known, 1, 1, 0, 0, known))));
    }

    private void cut() throws Exception {
        checkpoint++;
        step.prepareSnapshotPreBarrier(checkpoint);
    }

    private OperatorSubtaskState save() throws Exception {
        cut();
        return step.snapshot(checkpoint, checkpoint);
    }

    /** What was said since the last call, one line per alert. */
    private List<String> said() {
        List<String> lines = new ArrayList<>();
        for (Draft draft : step.extractOutputValues()) {
            List<Episode> episodes = draft.derivation().episodes();
            lines.add(
                    episodes.isEmpty()
                            ? "withdrawn"
                            : episodes.size() + " "
                                    + episodes.get(episodes.size() - 1).status());
        }
        step.getOutput().clear();
        return lines;
    }
}
