package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.runtime.fact.Anew;
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
    void whoeverIsDerivedAnewIsForgottenOnceHoweverOftenTheJobDies() throws Exception {
        List<Mapping> both = List.of(mapping("stays", "gym"), mapping("anew", "gym"));
        Anew second = new Anew(2, Set.of("anew"));
        OperatorSubtaskState saved;
        try (var step = step(both, null)) {
            beat(step, "stays");
            beat(step, "anew");
            step.prepareSnapshotPreBarrier(1);
            saved = step.snapshot(1, 1);
        }
        for (int death = 0; death < 2; death++) {
            try (var step = step(both, saved, second)) {
                step.prepareSnapshotPreBarrier(2);
                assertThat(operators(step)).as("before its first checkpoint").containsExactly("stays");
            }
        }
        try (var step = step(both, saved, second)) {
            beat(step, "anew");
            step.prepareSnapshotPreBarrier(2);
            saved = step.snapshot(2, 2);
        }
        try (var step = step(both, saved, second)) {
            step.prepareSnapshotPreBarrier(3);
            assertThat(operators(step)).as("behind it").containsExactlyInAnyOrder("stays", "anew");
        }
    }

    private static List<String> operators(KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step) {
        return step.getSideOutput(SourceProgressStep.PROGRESS).stream()
                .map(told -> told.getValue().operator())
                .toList();
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

    @Test
    void aSourceIsSettledOnceItsTopicWasReadToTheEndAndNotBefore() throws Exception {
        Mapping gym = mapping("stays", "gym");
        OperatorSubtaskState saved;
        try (var step = step(List.of(gym), null)) {
            beat(step, "stays", AT);
            step.prepareSnapshotPreBarrier(1);
            assertThat(newestSaid(step)).isEqualTo(since(AT, false));
            step.prepareSnapshotPreBarrier(2);
            assertThat(newestSaid(step)).isEqualTo(since(AT, false));
            step.prepareSnapshotPreBarrier(3);
            assertThat(newestSaid(step)).isEqualTo(since(AT, true));
            saved = step.snapshot(3, 3);
        }
        try (var step = step(List.of(gym), saved)) {
            // What was said stays said: a silence is neither taken back nor told anew by a restart.
            step.prepareSnapshotPreBarrier(4);
            assertThat(step.getSideOutput(SourceProgressStep.SOURCES)).isNullOrEmpty();

            Instant later = AT.plusSeconds(3_600);
            beat(step, "stays", later);
            step.prepareSnapshotPreBarrier(5);
            assertThat(silences(step)).extracting(SourceSilence::isOver).containsExactly(true, false);
            assertThat(silences(step).get(0).to()).isEqualTo(later);
            assertThat(newestSaid(step)).isEqualTo(since(later, false));
        }
    }

    @Test
    void aMissingColumnIsToldOnceAndForgottenWithTheMappingThatNamesIt() throws Exception {
        Mapping named = table("id", "phone");
        OperatorSubtaskState saved;
        try (var step = step(List.of(named), null)) {
            row(step, AT, List.of());
            step.prepareSnapshotPreBarrier(1);
            assertThat(absences(step)).as("all is there").isEmpty();

            row(step, AT.plusSeconds(60), List.of("phone"));
            row(step, AT.plusSeconds(90), List.of("phone"));
            step.prepareSnapshotPreBarrier(2);
            assertThat(absences(step)).containsExactly(List.of("public.member.phone " + AT.plusSeconds(60) + " null"));
            step.prepareSnapshotPreBarrier(3);
            assertThat(absences(step)).hasSize(1);
            saved = step.snapshot(3, 3);
        }
        try (var step = step(List.of(named), saved)) {
            step.prepareSnapshotPreBarrier(4);
            assertThat(absences(step)).as("said already").isEmpty();
            row(step, AT.plusSeconds(120), List.of());
            step.prepareSnapshotPreBarrier(5);
            assertThat(absences(step))
                    .containsExactly(List.of("public.member.phone " + AT.plusSeconds(60) + " " + AT.plusSeconds(120)));
        }
        try (var step = step(List.of(table("id")), saved)) {
            step.prepareSnapshotPreBarrier(4);
            assertThat(absences(step)).containsExactly(List.of());
        }
    }

    private static Mapping table(String... columns) {
        return new Mapping(
                "acme",
                "one",
                ZoneId.of("Asia/Shanghai"),
                null,
                "public.heartbeat",
                HeartbeatPromise.UNSPOKEN,
                List.of(new MappedTable(
                        "public.member",
                        List.of("id"),
                        List.of(),
                        List.of(),
                        Stream.of(columns).collect(Collectors.toMap(column -> column, column -> ColumnForm.PLAIN)))),
                "v");
    }

    private static void row(
            KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step,
            Instant at,
            List<String> lacking)
            throws Exception {
        Position position = new Position("cdc.acme.one", 0, 1, "0/1", "1", "public.member", "k", at, false);
        RowChange change = new RowChange(
                "acme",
                "one",
                RowChange.Kind.UPSERT,
                "public.member",
                "1",
                Map.of(),
                at.getEpochSecond(),
                0,
                position,
                at.toEpochMilli());
        step.processElement(new StreamRecord<>(new Incoming("acme/one", change, null, lacking)));
    }

    /** What was told of missing columns, each time all of it. */
    private static List<List<String>> absences(
            KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step) {
        var said = step.getSideOutput(SourceProgressStep.SOURCES);
        return said == null
                ? List.of()
                : said.stream()
                        .map(fact -> fact.getValue().absences())
                        .filter(Objects::nonNull)
                        .map(told -> told.absences().stream()
                                .map(absence -> absence.name() + " " + absence.from() + " " + absence.to())
                                .toList())
                        .toList();
    }

    @Test
    void theEndOfTheInputSettlesEverySource() throws Exception {
        try (var step = step(List.of(mapping("stays", "gym")), null)) {
            beat(step, "stays", AT);
            step.endInput();
            step.getOneInputOperator().finish();

            assertThat(newestSaid(step)).isEqualTo(since(AT, true));
        }
    }

    private static List<SourceSilence> silences(
            KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step) {
        return step.getSideOutput(SourceProgressStep.SOURCES).stream()
                .map(said -> said.getValue().silence())
                .toList();
    }

    private static String newestSaid(KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step) {
        List<SourceSilence> said = silences(step);
        SourceSilence newest = said.get(said.size() - 1);
        return since(newest.from(), newest.settled());
    }

    private static String since(Instant from, boolean settled) {
        return from + (settled ? " settled" : " unread");
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
        return step(mappings, saved, Anew.NOBODY);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step(
            List<Mapping> mappings, OperatorSubtaskState saved, Anew anew) throws Exception {
        SourceProgressStep tested = new SourceProgressStep(new Mappings(mappings), Map.of(), 1);
        tested.anew(anew);
        var step = new KeyedOneInputStreamOperatorTestHarness<>(tested, Incoming::source, Types.STRING);
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
        beat(step, operator, AT);
    }

    private static void beat(
            KeyedOneInputStreamOperatorTestHarness<String, Incoming, RoutedChange> step, String operator, Instant at)
            throws Exception {
        Position position =
                new Position("cdc." + operator + ".one", 0, 1, "0/1", "1", "public.heartbeat", "k", at, false);
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
                at.toEpochMilli());
        step.processElement(new StreamRecord<>(new Incoming(operator + "/one", change, null)));
    }
}
