package org.faceaudit.runtime.step;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.MethodsReading;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.runtime.attempt.AttemptNews;
import org.faceaudit.runtime.attempt.ToldAttempt;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.sink.TableRow;

/** The parallel instances of all steps on the way of attempts, and what is said in the end. */
final class AttemptRoute implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    /** The newest of every alert that stands. */
    final Map<String, Derivation> alerts = new TreeMap<>();
    /** The newest of every person who was asked again and again. */
    final Map<String, PromptedPerson> prompts = new TreeMap<>();
    /** Attempts by face as the operator's judgement hears of them. */
    final Map<String, FaceAttempts> faces = new TreeMap<>();

    private final Stage<ToldAttempt, AttemptNews> log;
    private final Stage<AttemptNews, Draft> points;
    private final Stage<AttemptNews, Fact> refusals;
    private Mappings mappings;
    private long checkpoint;

    /** One step. */
    private static final class Stage<IN, OUT> implements AutoCloseable {
        private final Supplier<TwoInputStreamOperator<IN, RegistryFact, OUT>> step;
        private final KeySelector<IN, String> key;
        private List<KeyedTwoInputStreamOperatorTestHarness<String, IN, RegistryFact, OUT>> instances =
                new ArrayList<>();

        Stage(Supplier<TwoInputStreamOperator<IN, RegistryFact, OUT>> step, KeySelector<IN, String> key) {
            this.step = step;
            this.key = key;
        }

        void start(int parallelism, OperatorSubtaskState saved, int savedParallelism) throws Exception {
            instances = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                var instance = new KeyedTwoInputStreamOperatorTestHarness<String, IN, RegistryFact, OUT>(
                        step.get(), key, null, Types.STRING, MAX_PARALLELISM, parallelism, i);
                instance.setup();
                if (saved != null) {
                    instance.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            saved, MAX_PARALLELISM, savedParallelism, parallelism, i));
                }
                instance.open();
                instances.add(instance);
            }
        }

        void restart(int parallelism, long checkpoint) throws Exception {
            List<OperatorSubtaskState> saved = new ArrayList<>();
            for (var instance : instances) {
                saved.add(instance.snapshot(checkpoint, checkpoint));
            }
            int before = instances.size();
            close();
            start(
                    parallelism,
                    AbstractStreamOperatorTestHarness.repackageState(saved.toArray(OperatorSubtaskState[]::new)),
                    before);
        }

        void send(IN element) throws Exception {
            int instance = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    key.getKey(element), MAX_PARALLELISM, instances.size());
            instances.get(instance).processElement1(new StreamRecord<>(element));
        }

        void broadcast(RegistryFact fact) throws Exception {
            for (var instance : instances) {
                instance.processElement2(new StreamRecord<>(fact));
            }
        }

        List<OUT> cut(long checkpoint) throws Exception {
            List<OUT> said = new ArrayList<>();
            for (var instance : instances) {
                instance.prepareSnapshotPreBarrier(checkpoint);
                said.addAll(instance.extractOutputValues());
                instance.getOutput().clear();
            }
            return said;
        }

        <X> List<X> side(OutputTag<X> tag) {
            List<X> said = new ArrayList<>();
            for (var instance : instances) {
                var output = instance.getSideOutput(tag);
                if (output != null) {
                    output.forEach(record -> said.add(record.getValue()));
                    output.clear();
                }
            }
            return said;
        }

        int counted(Function<Object, ChangeCounters> counters, String reason) {
            return instances.stream()
                    .mapToInt(instance ->
                            (int) counters.apply(instance.getOperator()).notApplicableSoFar(reason))
                    .sum();
        }

        int stateEntries() {
            return instances.stream()
                    .mapToInt(instance -> instance.numKeyedStateEntries())
                    .sum();
        }

        @Override
        public void close() throws Exception {
            for (var instance : instances) {
                instance.close();
            }
        }
    }

    /** Of the system {@code op/gym}, which maps access points. */
    AttemptRoute(int parallelism) throws Exception {
        this(parallelism, true);
    }

    AttemptRoute(int parallelism, boolean mapsPoints) throws Exception {
        mappings = new Mappings(List.of(mapping(mapsPoints)));
        log = new Stage<>(() -> new AttemptLogStep(Set.of(Family.values()), 1, Standpoint.NOW), ToldAttempt::key);
        points = new Stage<>(() -> new JudgePointsStep(mappings, 1, Standpoint.NOW), AttemptNews::key);
        refusals = new Stage<>(() -> new RefusalsStep(Standpoint.NOW), AttemptNews::key);
        log.start(parallelism, null, 0);
        points.start(parallelism, null, 0);
        refusals.start(parallelism, null, 0);
    }

    private static Mapping mapping(boolean mapsPoints) {
        List<FactMapping> facts = mapsPoints
                ? List.of(new AccessPointMapping(
                        null,
                        null,
                        null,
                        null,
                        new MethodsReading(List.of("FACE"), Map.of(), null, null, Map.of()),
                        null))
                : List.of();
        return new Mapping(
                "op",
                "gym",
                ZoneId.of("Asia/Shanghai"),
                "k1",
                "public.heartbeat",
                HeartbeatPromise.UNSPOKEN,
                List.of(new MappedTable(
                        "public.point", List.of("id"), facts, List.of(), Map.of("id", ColumnForm.PLAIN))),
                "m1");
    }

    /** From the next restart on no file describes the system. */
    void fileIsGone() {
        mappings = new Mappings(List.of());
    }

    /** Saves all steps, and starts so many instances of each anew. */
    void restart(int parallelism) throws Exception {
        log.restart(parallelism, checkpoint);
        points.restart(parallelism, checkpoint);
        refusals.restart(parallelism, checkpoint);
    }

    void told(AttemptTold told) throws Exception {
        log.send(ToldAttempt.of(told));
    }

    void point(AccessPoint point) throws Exception {
        points.send(AttemptNews.of(point));
    }

    void law(RegistryFixture law, Instant known) throws Exception {
        for (RegistryChange row : law.rows()) {
            broadcast(RegistryFact.of(row));
        }
        broadcast(RegistryFact.of(progress("registry", "registry", known)));
    }

    /** The registry is known further, and says nothing new. */
    void lawKnown(Instant through) throws Exception {
        broadcast(RegistryFact.of(progress("registry", "registry", through)));
    }

    void known(Instant through) throws Exception {
        broadcast(RegistryFact.of(progress("op", "gym", through)));
    }

    private void broadcast(RegistryFact fact) throws Exception {
        log.broadcast(fact);
        points.broadcast(fact);
        refusals.broadcast(fact);
    }

    private static SourceProgress progress(String operator, String system, Instant through) {
        return new SourceProgress(operator, system, true, through, 1, 1, 0, 0, through);
    }

    /** What is said at a cut goes on, and is heard. */
    void cut() throws Exception {
        checkpoint++;
        for (AttemptNews news : log.cut(checkpoint)) {
            points.send(news);
        }
        for (AttemptNews news : log.side(AttemptLogStep.REFUSALS)) {
            refusals.send(news);
        }
        for (Fact fact : log.side(AttemptLogStep.FACES)) {
            FaceAttempts told = fact.faces();
            String part = told.day().date() + "/" + told.part();
            if (told.count() == 0) {
                faces.remove(part);
            } else {
                faces.put(part, told);
            }
        }
        for (Draft draft : points.cut(checkpoint)) {
            Derivation derivation = draft.derivation();
            String id = derivation.key().ruleId() + ' ' + derivation.key().subjectId();
            if (derivation.episodes().isEmpty()) {
                alerts.remove(id);
            } else {
                alerts.put(id, derivation);
            }
        }
        for (Fact fact : refusals.cut(checkpoint)) {
            PromptedPerson prompted = fact.prompted();
            if (prompted.stretches().isEmpty()) {
                prompts.remove(prompted.person().digest());
            } else {
                prompts.put(prompted.person().digest(), prompted);
            }
        }
    }

    /** How many changes the log's instances counted under a reason since they were started last. */
    int countedByLog(String reason) {
        return log.counted(step -> ((AttemptLogStep) step).counters(), reason);
    }

    /** What the instances that judge points have said since this was asked last that they cannot judge. */
    List<String> unjudged() {
        return points.side(JudgePointsStep.UNJUDGED).stream()
                .map(TableRow::json)
                .toList();
    }

    /** The same of the instances that remember attempts. */
    List<String> unjudgedByLog() {
        return log.side(AttemptLogStep.UNJUDGED).stream().map(TableRow::json).toList();
    }

    /** How many changes the instances that judge points counted so. */
    int countedByPoints(String reason) {
        return points.counted(step -> ((JudgePointsStep) step).counters(), reason);
    }

    /** How many entries all steps keep in state. */
    String stateEntries() {
        return log.stateEntries() + " of the log, " + points.stateEntries() + " of points, " + refusals.stateEntries()
                + " of persons";
    }

    int entriesOfPersons() {
        return refusals.stateEntries();
    }

    @Override
    public void close() throws Exception {
        log.close();
        points.close();
        refusals.close();
    }
}
