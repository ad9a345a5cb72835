package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.runtime.fact.Anew;
import org.faceaudit.runtime.fact.Fact;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PointConfigurationsStepTest {

    private static final String T0 = "2026-07-01T02:00:00Z";
    private static final String T1 = "2026-07-02T02:00:00Z";
    private static final String T2 = "2026-07-03T02:00:00Z";

    private KeyedOneInputStreamOperatorTestHarness<String, Fact, Fact> step;
    private PointConfigurationsStep operator;

    @BeforeEach
    void open() throws Exception {
        start(null, Anew.NOBODY);
    }

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    private void start(OperatorSubtaskState state, Anew anew) throws Exception {
        operator = new PointConfigurationsStep(1);
        operator.anew(anew);
        step = new KeyedOneInputStreamOperatorTestHarness<>(operator, PointConfigurationsStep::key, Types.STRING);
        if (state != null) {
            step.initializeState(state);
        }
        step.open();
    }

    private static AccessPointFixture row(String point, String row) {
        return AccessPointFixture.point("gym", "gate", point).row(row);
    }

    private void take(AccessPointFixture row) throws Exception {
        take(row.build());
    }

    private void take(AccessPoint row) throws Exception {
        step.processElement(Fact.of(row), 0);
    }

    private List<AccessPoint> told() {
        return step.extractOutputValues().stream().map(Fact::point).toList();
    }

    private AccessPoint newest(String point) {
        return told().stream()
                .filter(told -> told.pointId().equals(point))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    @Test
    void whatRowsMakeTogetherIsToldWhenItChanges() throws Exception {
        take(row("1", "public.gate/1").offers(T0, "FACE"));
        take(row("1", "public.setting/7").offers(T1, "FACE"));
        assertThat(told()).as("the second row says the same").hasSize(1);

        take(row("1", "public.setting/7").offers(T1, "FACE").offers(T2, "CARD", "FACE"));
        assertThat(newest("1").versions())
                .extracting(AccessPointVersion::methodsState)
                .containsExactly(FieldState.PRESENT, FieldState.UNKNOWN);
        assertThat(newest("1").row()).isEmpty();
    }

    @Test
    void pointsAreKeptApart() throws Exception {
        take(row("1", "public.gate/1").offers(T0, "FACE"));
        take(row("2", "public.gate/2").offers(T0, "CARD"));

        assertThat(newest("1").versions())
                .extracting(AccessPointVersion::methods)
                .containsExactly(List.of("FACE"));
        assertThat(newest("2").versions())
                .extracting(AccessPointVersion::methods)
                .containsExactly(List.of("CARD"));
    }

    @Test
    void aContradictionIsCountedOnceAndRemembered() throws Exception {
        take(row("1", "public.gate/1").offers(T0, "FACE"));
        AccessPointFixture setting = row("1", "public.setting/7").offers(T1, "CARD");
        take(setting);
        take(setting);
        assertThat(operator.contradicted()).isEqualTo(1);

        OperatorSubtaskState saved = step.snapshot(1, 1);
        step.close();
        start(saved, Anew.NOBODY);
        take(setting);
        assertThat(told()).as("known before the restart").isEmpty();
        take(row("1", "public.gate/1").offers(T0, "FACE").gone(T2));
        assertThat(newest("1").versions())
                .extracting(AccessPointVersion::contradicted)
                .containsExactly(false, true, false);
    }

    private List<String> unjudged() {
        var said = step.getSideOutput(PointConfigurationsStep.UNJUDGED);
        List<String> rows = new ArrayList<>();
        if (said != null) {
            said.forEach(row -> rows.add(row.getValue().json()));
            said.clear();
        }
        return rows;
    }

    @Test
    void whatCannotBeJudgedIsSaidAsARowOfThePointAtTheCutAndOnceMoreAfterARestart() throws Exception {
        take(row("1", "public.gate/1").offers(T0, "FACE"));
        take(row("1", "public.setting/7").offers(T1, "CARD"));
        take(row("2", "public.gate/2").offers(T0));
        assertThat(unjudged()).as("before the cut").isEmpty();

        OperatorSubtaskState saved = cut(1);
        assertThat(unjudged())
                .hasSize(2)
                .anyMatch(row -> row.contains("\"system_id\":\"gate\",\"subject\":\"access-point 1\","
                        + "\"reason\":\"overlapping-configuration\",\"part\":\"1\",\"occurrences\":1,"))
                .anyMatch(row -> row.contains("\"subject\":\"access-point 2\",\"reason\":\"no-method-offered\"")
                        && row.contains("\"generation\":1,\"position\":1"));
        cut(2);
        assertThat(unjudged()).as("nothing new").isEmpty();

        step.close();
        start(saved, Anew.NOBODY);
        take(row("2", "public.gate/2").offers(T0).offers(T1, "FACE").offers(T2));
        cut(3);
        assertThat(unjudged())
                .hasSize(2)
                .anyMatch(row -> row.contains("overlapping-configuration") && row.contains("\"occurrences\":1,"))
                .anyMatch(row -> row.contains("no-method-offered") && row.contains("\"occurrences\":2,"));
    }

    @Test
    void whatIsOutOfScopeIsCounted() throws Exception {
        take(row("1", "public.gate/1").offers(T0, "FACE", "PALM").offers(T1, "FACE"));
        take(row("2", "public.gate/2").offers(T0, "DEVICE"));
        cut(1);

        assertThat(unjudged())
                .hasSize(2)
                .anyMatch(row -> row.contains("\"subject\":\"access-point 1\",\"reason\":\"another-biometric\"")
                        && row.contains("\"occurrences\":1,"))
                .anyMatch(row -> row.contains("\"subject\":\"access-point 2\",\"reason\":\"own-device\""));
    }

    private OperatorSubtaskState cut(long checkpoint) throws Exception {
        step.getOperator().prepareSnapshotPreBarrier(checkpoint);
        return step.snapshot(checkpoint, checkpoint);
    }

    @Test
    void ofAnOperatorWhoIsDerivedAnewNoRowIsRemembered() throws Exception {
        take(row("1", "public.gate/1").offers(T0, "FACE"));
        take(row("1", "public.left_out/7").offers(T0, "CARD"));
        OperatorSubtaskState saved = step.snapshot(1, 1);
        step.close();

        start(saved, new Anew(2, Set.of("gym")));
        take(row("1", "public.gate/1").offers(T0, "FACE"));
        assertThat(newest("1").versions())
                .as("the other table is not mapped any more")
                .extracting(AccessPointVersion::contradicted)
                .containsExactly(false);
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() throws Exception {
        List<AccessPoint> rows = new ArrayList<>(List.of(
                row("1", "public.gate/1").offers(T0, "FACE").build(),
                row("1", "public.setting/7").offers(T1, "CARD", "FACE").gone(T2).build(),
                row("1", "public.setting/8").gone(T1).build(),
                row("1", "public.setting/9").retired(T1, "QR").build()));
        AccessPoint first = null;
        for (int seed = 0; seed < 12; seed++) {
            Collections.shuffle(rows, new Random(seed));
            close();
            open();
            for (AccessPoint row : rows) {
                take(row);
            }
            first = first == null ? newest("1") : first;
            assertThat(newest("1")).isEqualTo(first);
        }
    }
}
