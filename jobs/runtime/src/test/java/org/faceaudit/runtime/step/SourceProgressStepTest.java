package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.fact.RoutedChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceProgressStepTest {

    private static final Instant AT = Instant.parse("2026-03-01T01:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void aSourceWhoseFileWasRemovedSleepsUntilItComesBack() throws Exception {
        Mapping stays = mapping("stays", "gym");
        Mapping goes = mapping("goes", "gym");
        OperatorSubtaskState saved;
        try (var step = step(List.of(stays, goes), null)) {
            beat(step, "stays");
            beat(step, "goes");
            step.prepareSnapshotPreBarrier(1);
            saved = step.snapshot(1, 1);
        }
        try (var step = step(List.of(stays), saved)) {
            beat(step, "stays");
            step.prepareSnapshotPreBarrier(2);
            assertThat(step.getSideOutput(SourceProgressStep.PROGRESS))
                    .extracting(told -> told.getValue().operator())
                    .containsExactly("stays");
            saved = step.snapshot(2, 2);
        }
        try (var step = step(List.of(stays, goes), saved)) {
            step.prepareSnapshotPreBarrier(3);
            assertThat(step.getSideOutput(SourceProgressStep.PROGRESS))
                    .extracting(told -> told.getValue().operator())
                    .containsExactlyInAnyOrder("stays", "goes");
        }
    }

    @Test
    void heartbeatsGoOnlyToRowsThatWaitForWhoeverRefersToThem() throws Exception {
        Mapping plain = mapping("plain", "gym");
        Mapping referred = mapping("referred", "compreface");
        try (var step = step(List.of(plain, referred), null)) {
            beat(step, "plain");
            beat(step, "referred");

            assertThat(step.extractOutputValues())
                    .extracting(RoutedChange::source, RoutedChange::bucket)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("referred/one", 0));
        }
    }

    private Mapping mapping(String operator, String product) throws Exception {
        Path file = Files.writeString(directory.resolve(operator + ".yaml"), """
                operator: %s
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat}
                use: %s
                """.formatted(operator, product));
        Files.writeString(
                file, OperatorFiles.prepared(file, (column, keyId, text) -> "t1:credential:k1:none:" + "0".repeat(32)));
        return OperatorFiles.read(file).mapping();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step(
            List<Mapping> mappings, OperatorSubtaskState saved) throws Exception {
        var step = new KeyedOneInputStreamOperatorTestHarness<>(
                new SourceProgressStep(new Mappings(mappings), Map.of(), 1), Incoming::source, Types.STRING);
        step.setup();
        if (saved != null) {
            step.initializeState(saved);
        }
        step.open();
        return step;
    }

    private static void beat(
            KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step, String operator)
            throws Exception {
        Position position =
                new Position("cdc." + operator + ".one", 0, 1, "0/1", "1", "public.heartbeat", "k", AT, false);
        RowChange change = new RowChange(
                operator,
                "one",
                RowChange.Kind.HEARTBEAT,
                "public.heartbeat",
                "1",
                Map.of(),
                1,
                0,
                position,
                AT.toEpochMilli());
        step.processElement(new StreamRecord<>(new Incoming(operator + "/one", change, null)));
    }
}
