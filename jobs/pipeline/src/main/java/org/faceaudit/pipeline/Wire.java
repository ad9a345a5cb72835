package org.faceaudit.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.judgeability.Judgeability;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.attempt.AttemptNews;
import org.faceaudit.runtime.attempt.ToldAttempt;
import org.faceaudit.runtime.fact.Anew;
import org.faceaudit.runtime.fact.ChangeTypes;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.fact.InstantPage;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.RoutedChange;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.judge.AccessFamily;
import org.faceaudit.runtime.judge.ImageFamily;
import org.faceaudit.runtime.judge.JudgementFamily;
import org.faceaudit.runtime.judge.PersonFamily;
import org.faceaudit.runtime.judge.PromptFamily;
import org.faceaudit.runtime.judge.RegistryFamily;
import org.faceaudit.runtime.judge.SourceFamily;
import org.faceaudit.runtime.sink.KeyedJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.step.AlertLedgerFunction;
import org.faceaudit.runtime.step.AttemptLogStep;
import org.faceaudit.runtime.step.CutStep;
import org.faceaudit.runtime.step.DayBookStep;
import org.faceaudit.runtime.step.DaySurveyStep;
import org.faceaudit.runtime.step.DecodeFunction;
import org.faceaudit.runtime.step.Draft;
import org.faceaudit.runtime.step.ImageFindingsStep;
import org.faceaudit.runtime.step.JudgePointsStep;
import org.faceaudit.runtime.step.JudgeStep;
import org.faceaudit.runtime.step.Mappings;
import org.faceaudit.runtime.step.PersonUnionStep;
import org.faceaudit.runtime.step.PointConfigurationsStep;
import org.faceaudit.runtime.step.RefusalsStep;
import org.faceaudit.runtime.step.RowsStep;
import org.faceaudit.runtime.step.SourceProgressStep;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * The map of the system: from raw records of the evidence topics to alerts. Reads and writes nothing itself; sources and
 * sinks are put to it by whoever runs it.
 *
 * <pre>
 * raw ─ decode ─ source-progress ─ rows ┬─ person-union ─┬─ day-survey ─┬─ judge-operator ─┐
 *                       │               │                └─ day-book ───┤                  │
 *                       │               │       ┌─ faces after the end ─┘                  │
 *                       ├─ attempt-log ─┤───────┼─ judge-points ───────────────────────────┤
 *                       │               │       └─ refusals ─ judge-prompts ───────────────┼─ alert-ledger
 *                       │               ├─ point-configurations ─ judge-access ────────────┤
 *                       │               ├─ image-findings ─ judge-images ──────────────────┤
 *                       ├─ progress ────┴─ registry: told to every judging step            │
 *                       ├─────────────────────────────────── judge-source ─────────────────┤
 *                       └─────────────────────────────────── judge-registry ───────────────┘
 * </pre>
 *
 * <p>Of the persons of an operator the judging step hears the sums by legal day. The survey finds by them the few days that
 * may decide something, and the day books, spread over the cluster, tell the instants of those alone.
 *
 * <p>Whoever judges the operator ends its older generations, once the findings of images are said again too.
 *
 * <p>Attempts go by the rows: of a log each row says all, and what a change may correct is remembered in short. Most points are
 * judged by the sums of their days too.
 */
public final class Wire {

    private final Mappings mappings;
    private final WireSettings settings;
    private final List<DataStream<TableRow>> rows = new ArrayList<>();
    private final List<DataStream<Draft>> drafts = new ArrayList<>();

    private Wire(WireSettings settings) {
        this.settings = settings;
        this.mappings = new Mappings(settings.mappings());
    }

    /**
     * Wires the steps.
     *
     * @param env where the steps run; must forbid generic types and automatic uids, and keep the maximal parallelism fixed
     * @param raw the records of all evidence topics, each topic in its own order
     */
    public static Audit alerts(StreamExecutionEnvironment env, DataStream<RawRecord> raw, WireSettings settings) {
        if (raw.getExecutionEnvironment() != env) {
            throw new IllegalArgumentException("the raw records belong to another environment");
        }
        return new Wire(settings).wire(raw);
    }

    private Audit wire(DataStream<RawRecord> raw) {
        SingleOutputStreamOperator<Incoming> decoded = named(
                raw.forward()
                        .process(
                                new DecodeFunction(
                                        mappings, settings.standpoint().asOf()),
                                ChangeTypes.INCOMING),
                "decode");
        if (raw.getParallelism() != raw.getExecutionEnvironment().getParallelism()) {
            // Records of one topic keep their order only if nothing spreads them before they are keyed.
            decoded.setParallelism(raw.getParallelism());
        }
        rows.add(decoded.getSideOutput(DecodeFunction.ROWS));

        SingleOutputStreamOperator<RoutedChange> progressed = named(
                decoded.keyBy(Incoming::source, Types.STRING)
                        .transform(
                                "source-progress",
                                ChangeTypes.ROUTED,
                                cut(new SourceProgressStep(
                                        mappings,
                                        standings(),
                                        settings.generation(),
                                        settings.standpoint().asOf()))),
                "source-progress");
        rows.add(progressed.getSideOutput(SourceProgressStep.ROWS));
        rows.add(progressed.getSideOutput(SourceProgressStep.UNJUDGED));
        DataStream<SourceProgress> progress = progressed.getSideOutput(SourceProgressStep.PROGRESS);

        SingleOutputStreamOperator<PersonHolding> remembered = named(
                progressed
                        .keyBy(RoutedChange::key, Types.STRING)
                        .transform(
                                "rows",
                                ChangeTypes.HOLDING,
                                cut(new RowsStep(mappings, settings.families(), settings.generation()))),
                "rows");
        rows.add(remembered.getSideOutput(RowsStep.UNJUDGED));
        DataStream<RegistryFact> knowledge = remembered
                .getSideOutput(RowsStep.REGISTRY)
                .union(named(progress.map(RegistryFact::of, RecordTypes.of(RegistryFact.class)), "progress-to-all"));
        DataStream<Fact> facts = remembered.getSideOutput(RowsStep.FACTS);
        boolean persons = settings.families().contains(Family.PERSONS);
        boolean access = settings.families().contains(Family.ACCESS);

        SingleOutputStreamOperator<AttemptNews> attempts = persons || access
                ? attempts(
                        progressed
                                .getSideOutput(SourceProgressStep.ATTEMPTS)
                                .union(remembered.getSideOutput(RowsStep.ATTEMPTS)),
                        knowledge)
                : null;
        if (attempts != null) {
            rows.add(attempts.getSideOutput(AttemptLogStep.UNJUDGED));
        }
        SingleOutputStreamOperator<Fact> images = settings.families().contains(Family.IMAGES)
                ? images(remembered.getSideOutput(RowsStep.IMAGES), progress, knowledge)
                : null;
        if (persons) {
            registry(progress, knowledge);
            DataStream<Fact> sources = progressed.getSideOutput(SourceProgressStep.SOURCES);
            judge("judge-source", sources, knowledge, new SourceFamily(mappings.promises()), false);
            DataStream<Fact> done = attempts.getSideOutput(AttemptLogStep.FACES);
            persons(
                    remembered,
                    facts,
                    sweeps() ? done.union(images.getSideOutput(ImageFindingsStep.UNSAID)) : done,
                    progress,
                    knowledge);
        }
        if (access) {
            SingleOutputStreamOperator<Fact> points = named(
                    named(facts.filter(fact -> fact.point() != null), "access-points")
                            .keyBy(PointConfigurationsStep::key, Types.STRING)
                            .transform(
                                    "point-configurations",
                                    RecordTypes.of(Fact.class),
                                    cut(new PointConfigurationsStep(settings.generation()))),
                    "point-configurations");
            rows.add(points.getSideOutput(PointConfigurationsStep.UNJUDGED));
            access(points, progress, knowledge);
            attempts(attempts, points, progress, knowledge);
        }
        SingleOutputStreamOperator<AlertRevision> revisions = named(
                union(drafts)
                        .keyBy(draft -> draft.derivation().key().id().toString(), Types.STRING)
                        .process(new AlertLedgerFunction(settings.generation()), RecordTypes.of(AlertRevision.class)),
                "alert-ledger");
        rows.add(revisions.getSideOutput(AlertLedgerFunction.ROWS));
        DataStream<KeyedJson> messages = revisions.getSideOutput(AlertLedgerFunction.MESSAGES);
        return new Audit(revisions, union(rows), messages, decoded.getSideOutput(DecodeFunction.MESSAGES));
    }

    /** The registry's own alerts have its id for an operator's, and are swept as an operator's are. */
    private void registry(DataStream<SourceProgress> progress, DataStream<RegistryFact> knowledge) {
        DataStream<Fact> known = known(progress, true, "progress-to-registry");
        judge("judge-registry", known, knowledge, new RegistryFamily(), sweeps());
    }

    private void persons(
            DataStream<PersonHolding> holdings,
            DataStream<Fact> facts,
            DataStream<Fact> beside,
            DataStream<SourceProgress> progress,
            DataStream<RegistryFact> knowledge) {
        SingleOutputStreamOperator<InstantPage> persons = named(
                holdings.keyBy(PersonUnionStep::key, Types.STRING)
                        .transform("person-union", ChangeTypes.INSTANTS, cut(new PersonUnionStep())),
                "person-union");
        DataStream<Fact> counts = named(facts.filter(fact -> fact.dayCount() != null), "record-counts");
        DataStream<Fact> known = known(progress, false, "progress-to-operator");
        DataStream<Fact> days = persons.getSideOutput(PersonUnionStep.DAYS);
        DataStream<DayLook> looks = named(
                days.union(known)
                        .keyBy(Fact::scope, Types.STRING)
                        .connect(knowledge.broadcast())
                        .transform(
                                "day-survey",
                                RecordTypes.of(DayLook.class),
                                cut(new DaySurveyStep(settings.standpoint()))),
                "day-survey");
        DataStream<Fact> instants = named(
                persons.keyBy(DayBookStep::key, Types.STRING)
                        .connect(looks.keyBy(DayLook::key, Types.STRING))
                        .transform("day-book", RecordTypes.of(Fact.class), cut(new DayBookStep())),
                "day-book");
        DataStream<Fact> looked = named(looks.map(Fact::of, RecordTypes.of(Fact.class)), "looks-to-operator");
        judge(
                "judge-operator",
                days.union(counts, known, looked, instants, beside),
                knowledge,
                new PersonFamily(mappings.systems(), mappings.systemsWithFaces()),
                sweeps());
    }

    /** Whoever sees all sources of an operator ends its old generations, if this job derives all its alerts. */
    private boolean sweeps() {
        return settings.families().size() == Family.values().length;
    }

    private void access(
            DataStream<Fact> points, DataStream<SourceProgress> progress, DataStream<RegistryFact> knowledge) {
        DataStream<Fact> known = named(progress.map(Fact::ofSystem, RecordTypes.of(Fact.class)), "progress-to-access");
        judge("judge-access", points.union(known), knowledge, new AccessFamily(), false);
    }

    private SingleOutputStreamOperator<AttemptNews> attempts(
            DataStream<ToldAttempt> told, DataStream<RegistryFact> knowledge) {
        return named(
                told.keyBy(ToldAttempt::key, Types.STRING)
                        .connect(knowledge.broadcast())
                        .transform(
                                "attempt-log",
                                RecordTypes.of(AttemptNews.class),
                                cut(new AttemptLogStep(
                                        settings.families(), settings.generation(), settings.standpoint()))),
                "attempt-log");
    }

    private void attempts(
            SingleOutputStreamOperator<AttemptNews> attempts,
            DataStream<Fact> points,
            DataStream<SourceProgress> progress,
            DataStream<RegistryFact> knowledge) {
        DataStream<AttemptNews> configured = named(
                points.map(fact -> AttemptNews.of(fact.point()), RecordTypes.of(AttemptNews.class)),
                "points-to-attempts");
        SingleOutputStreamOperator<Draft> judged = named(
                attempts.union(configured)
                        .keyBy(AttemptNews::key, Types.STRING)
                        .connect(knowledge.broadcast())
                        .transform(
                                "judge-points",
                                RecordTypes.of(Draft.class),
                                cut(new JudgePointsStep(mappings, settings.generation(), settings.standpoint()))),
                "judge-points");
        drafts.add(judged);
        rows.add(judged.getSideOutput(JudgePointsStep.UNJUDGED));
        DataStream<Fact> prompted = named(
                attempts.getSideOutput(AttemptLogStep.REFUSALS)
                        .keyBy(AttemptNews::key, Types.STRING)
                        .connect(knowledge.broadcast())
                        .transform(
                                "refusals", RecordTypes.of(Fact.class), cut(new RefusalsStep(settings.standpoint()))),
                "refusals");
        DataStream<Fact> known = named(progress.map(Fact::ofSystem, RecordTypes.of(Fact.class)), "progress-to-prompts");
        judge("judge-prompts", prompted.union(known), knowledge, new PromptFamily(), false);
    }

    private SingleOutputStreamOperator<Fact> images(
            DataStream<ImageFact> images, DataStream<SourceProgress> progress, DataStream<RegistryFact> knowledge) {
        SingleOutputStreamOperator<Fact> findings = named(
                images.keyBy(ImageFact::key, Types.STRING)
                        .connect(knowledge.broadcast())
                        .transform(
                                "image-findings",
                                RecordTypes.of(Fact.class),
                                cut(new ImageFindingsStep(
                                        mappings.withConsents(), settings.generation(), settings.standpoint()))),
                "image-findings");
        rows.add(findings.getSideOutput(ImageFindingsStep.ROWS));
        DataStream<Fact> known = named(progress.map(Fact::ofSystem, RecordTypes.of(Fact.class)), "progress-to-images");
        judge("judge-images", findings.union(known), knowledge, new ImageFamily(), false);
        return findings;
    }

    private void judge(
            String name,
            DataStream<Fact> facts,
            DataStream<RegistryFact> knowledge,
            JudgementFamily family,
            boolean sweeps) {
        KeyedStream<Fact, String> byScope = facts.keyBy(Fact::scope, Types.STRING);
        SingleOutputStreamOperator<Draft> judged = named(
                byScope.connect(knowledge.broadcast())
                        .transform(
                                name,
                                RecordTypes.of(Draft.class),
                                cut(new JudgeStep(
                                        family,
                                        settings.generation(),
                                        sweeps ? settings.startedAt() : null,
                                        settings.standpoint()))),
                name);
        drafts.add(judged);
        rows.add(judged.getSideOutput(JudgeStep.ROWS));
    }

    /** Progress of the registry's source or else of the operators'; the registry's is told to everyone another way too. */
    private static DataStream<Fact> known(DataStream<SourceProgress> progress, boolean registry, String name) {
        return named(
                progress.flatMap(
                        (SourceProgress told, Collector<Fact> out) -> {
                            if (told.operator().equals(Scopes.REGISTRY) == registry) {
                                out.collect(Fact.ofOperator(told));
                            }
                        },
                        RecordTypes.of(Fact.class)),
                name);
    }

    private Map<String, List<RuleStanding>> standings() {
        Map<String, List<RuleStanding>> standings = new HashMap<>();
        for (Mapping mapping : settings.mappings()) {
            standings.put(Mappings.source(mapping), Judgeability.of(mapping, settings.families()));
        }
        standings.put(Scopes.source(Scopes.REGISTRY, Scopes.REGISTRY), Judgeability.ofRegistry(settings.families()));
        return standings;
    }

    /** Every step that remembers an operator forgets whoever is derived anew. */
    private <S extends CutStep<?>> S cut(S step) {
        step.anew(new Anew(settings.generation(), settings.anew()));
        return step;
    }

    /** A step's name in every display is its uid in every checkpoint. */
    private static <T> SingleOutputStreamOperator<T> named(SingleOutputStreamOperator<T> step, String name) {
        return step.name(name).uid(name);
    }

    @SuppressWarnings("unchecked") // Flink asks for an array of generic streams.
    private static <T> DataStream<T> union(List<DataStream<T>> streams) {
        DataStream<T>[] others = streams.subList(1, streams.size()).toArray(DataStream[]::new);
        return others.length == 0 ? streams.get(0) : streams.get(0).union(others);
    }
}
