package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Anew;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.UnsaidRows;
import org.faceaudit.runtime.judge.CaseFile;
import org.faceaudit.runtime.judge.Findings;
import org.faceaudit.runtime.judge.JudgementFamily;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.TableRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgeStepTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Position POSITION =
            new Position("cdc.registry", 0, 1, "0/1", null, "registry.rule", "00", START, true);

    private KeyedTwoInputStreamOperatorTestHarness<String, Fact, RegistryFact, Draft> step;
    private long checkpoint;

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    @Test
    void keepsFactsUntilTheRegistryIsKnownAndJudgesThemAtTheCut() throws Exception {
        start(null, 1);
        point("a");
        cut();
        assertThat(said()).isEmpty();

        registryKnownThrough(START);
        assertThat(said()).isEmpty();
        cut();

        assertThat(said()).containsExactly("a OPEN");
    }

    @Test
    void saysNothingTwice() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        point("a");
        cut();
        said();

        point("a");
        cut();

        assertThat(said()).isEmpty();
        assertThat(rows()).hasSize(1);
    }

    @Test
    void takesBackWhatIsNoLongerDerived() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        point("a");
        cut();
        said();

        point("a-gone");
        cut();

        assertThat(said()).containsExactly("a withdrawn");
    }

    @Test
    void wakesWhenTimeIsKnownToHavePassed() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        point("a");
        cut();
        said();

        registryKnownThrough(START.plusSeconds(59));
        cut();
        assertThat(said()).isEmpty();

        registryKnownThrough(START.plusSeconds(60));
        cut();
        assertThat(said()).containsExactly("a RESOLVED");
    }

    @Test
    void judgesAnewWhenTheRegistryChanges() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        point("a");
        cut();
        said();

        step.processElement2(new StreamRecord<>(
                RegistryFact.of(new RegistryChange("article", "a/1", true, Map.of("status", "P"), POSITION))));
        cut();

        assertThat(said()).isEmpty();
        assertThat(Recording.judged).isEqualTo(2);
    }

    @Test
    void aCheckpointHoldsFactsRegistryAndWhatWasSaid() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        rule("sole-face-method", "第十条");
        point("a");
        point("b");
        OperatorSubtaskState saved = save();
        said();

        start(saved, 1);
        cut();
        assertThat(said()).as("the same generation repeats nothing").isEmpty();

        point("a-gone");
        cut();
        assertThat(said()).containsExactly("a withdrawn");
        assertThat(step.numKeyedStateEntries()).isPositive();
    }

    @Test
    void whatAnOperatorDeclaresOutlivesARestartUnlessItIsReadAnew() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        declare("op", "a");
        declare("other", "b");
        point("a");
        OperatorSubtaskState saved = save();
        assertThat(Recording.uses()).containsExactly("op a", "other b");

        start(saved, 1);
        cut();
        assertThat(Recording.uses()).containsExactly("op a", "other b");

        start(saved, 2, new Anew(2, Set.of("other")));
        cut();
        assertThat(Recording.uses()).containsExactly("op a");
    }

    private void declare(String operator, String scene) throws Exception {
        DeclaredUse use = new DeclaredUse(
                operator,
                "books",
                "public.uses/1",
                "v",
                true,
                FieldValue.present(scene),
                DayValue.ABSENT,
                DayValue.ABSENT,
                POSITION);
        step.processElement2(new StreamRecord<>(RegistryFact.of(use.asRow())));
    }

    @Test
    void aNewGenerationSaysEverythingAnew() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        point("a");
        OperatorSubtaskState saved = save();

        start(saved, 2);
        cut();

        assertThat(said()).containsExactly("a OPEN");
    }

    @Test
    void attachesTheArticlesThatTheRegistryHasForTheRule() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        rule("sole-face-method", "第十条");
        point("a");
        cut();

        assertThat(step.extractOutputValues()).extracting(Draft::lawArticle).containsExactly("第十条");
    }

    @Test
    void endsOldGenerationsOnceEverythingIsKnownPastItsStart() throws Exception {
        start(null, 7);
        registryKnownThrough(START);
        point("a");
        cut();
        assertThat(rows()).noneMatch(row -> row.contains("\"operator\""));

        step.processElement1(new StreamRecord<>(Fact.ofSystem(known("op", "sys", START.plusSeconds(11)))));
        cut();
        assertThat(rows()).noneMatch(row -> row.contains("\"operator\""));

        registryKnownThrough(START.plusSeconds(11));
        cut();
        cut();
        assertThat(rows())
                .filteredOn(row -> row.contains("\"operator\""))
                .containsExactly("{\"operator\":\"op/sys\",\"generation\":7}");
    }

    @Test
    void endsOldGenerationsOnlyOnceNoRowIsLeftToSayAgain() throws Exception {
        start(null, 7);
        registryKnownThrough(START.plusSeconds(11));
        point("a");
        step.processElement1(new StreamRecord<>(Fact.ofSystem(known("op", "sys", START.plusSeconds(11)))));
        unsaid(0, true);
        unsaid(1, true);
        cut();
        unsaid(1, false);
        cut();
        assertThat(rows()).as("of one instance").noneMatch(row -> row.contains("\"operator\""));

        unsaid(0, false);
        cut();
        assertThat(rows())
                .filteredOn(row -> row.contains("\"operator\""))
                .containsExactly("{\"operator\":\"op/sys\",\"generation\":7}");
    }

    private void unsaid(int instance, boolean any) throws Exception {
        step.processElement1(new StreamRecord<>(Fact.of(new UnsaidRows("op/sys", instance, any))));
    }

    @Test
    void theEndOfInputIsACut() throws Exception {
        start(null, 1);
        registryKnownThrough(START);
        point("a");
        step.endInput1();
        step.endInput2();
        ((JudgeStep) step.getOperator()).finish();

        assertThat(said()).containsExactly("a OPEN");
    }

    private void start(OperatorSubtaskState saved, long generation) throws Exception {
        start(saved, generation, Anew.NOBODY);
    }

    private void start(OperatorSubtaskState saved, long generation, Anew anew) throws Exception {
        if (step != null) {
            step.close();
        }
        Recording.judged = 0;
        JudgeStep judging = new JudgeStep(new Recording(), generation, START.plusSeconds(10));
        judging.anew(anew);
        step = new KeyedTwoInputStreamOperatorTestHarness<>(judging, Fact::scope, null, Types.STRING);
        step.setup();
        if (saved != null) {
            step.initializeState(saved);
        }
        step.open();
    }

    private void point(String name) throws Exception {
        String id = name.replace("-gone", "");
        step.processElement1(new StreamRecord<>(
                Fact.of(new AccessPoint("op", "sys", id, "", name.equals(id) ? "v" : "gone", List.of()))));
    }

    private void rule(String id, String article) throws Exception {
        step.processElement2(new StreamRecord<>(
                RegistryFact.of(new RegistryChange("rule", id, true, Map.of("article", article), POSITION))));
    }

    private void registryKnownThrough(Instant known) throws Exception {
        step.processElement2(new StreamRecord<>(RegistryFact.of(known("registry", "registry", known))));
    }

    private static SourceProgress known(String operator, String system, Instant known) {
        return new SourceProgress(operator, system, true, known, 1, 1, 0, 0, known);
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
            lines.add(draft.derivation().key().subjectId() + " "
                    + (episodes.isEmpty() ? "withdrawn" : episodes.get(0).status()));
        }
        step.getOutput().clear();
        return lines;
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        if (step.getSideOutput(JudgeStep.ROWS) != null) {
            for (StreamRecord<TableRow> row : step.getSideOutput(JudgeStep.ROWS)) {
                rows.add(row.getValue().json());
            }
        }
        return rows;
    }

    /** Derives one alert per point, which resolves a minute after the start, and counts how often it was asked. */
    private static final class Recording implements JudgementFamily {

        private static final long serialVersionUID = 1L;

        private static int judged;
        private static Registry lastRead;

        /** Of the registry that was judged by last. */
        private static List<String> uses() {
            return Stream.of("op", "other")
                    .flatMap(operator -> lastRead.technologyUses(operator).stream())
                    .map(use -> use.operatorId() + ' ' + use.scene())
                    .toList();
        }

        @Override
        public String entry(Fact fact) {
            return fact.point() == null ? "progress" : fact.point().pointId();
        }

        @Override
        public Fact merged(Fact before, Fact fact) {
            return fact.point() != null && fact.point().mappingVersion().equals("gone") ? null : fact;
        }

        @Override
        public CaseFile open(String scope) {
            return new Case();
        }
    }

    private static final class Case implements CaseFile {

        private final TreeSet<String> points = new TreeSet<>();
        private Instant known;

        @Override
        public boolean take(Fact fact) {
            if (fact.progress() != null) {
                known = fact.progress().knownThrough();
                return false;
            }
            if (fact.point().mappingVersion().equals("gone")) {
                return points.remove(fact.point().pointId());
            }
            points.add(fact.point().pointId());
            return true;
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Recording.judged++;
            Recording.lastRead = registry;
            Instant end = START.plusSeconds(60);
            boolean over = !registryKnownThrough.isBefore(end);
            List<Derivation> derivations = points.stream()
                    .map(point -> new Derivation(
                            new AlertKey("sole-face-method", "op", "access-point", point, ""),
                            List.of(episode(over ? end : null))))
                    .toList();
            return new Findings(
                    derivations, List.of(AuditJson.judgeable("op", "sys", "some-rule", true, null)), over ? null : end);
        }

        private static Episode episode(Instant resolvedAt) {
            return new Episode(
                    1,
                    "sys",
                    Verdict.VIOLATION,
                    resolvedAt == null ? Status.OPEN : Status.RESOLVED,
                    3,
                    LegalDay.of(START),
                    START,
                    resolvedAt,
                    null,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    "hours",
                    false,
                    null,
                    "measures-2025",
                    "v",
                    null,
                    "zh",
                    "en",
                    Evidence.of(List.of(POSITION)));
        }

        @Override
        public Instant newestKnown(Instant registryKnownThrough) {
            return registryKnownThrough;
        }

        @Override
        public Instant allKnown(Instant registryKnownThrough) {
            return known == null || registryKnownThrough.isBefore(known) ? null : known;
        }
    }
}
