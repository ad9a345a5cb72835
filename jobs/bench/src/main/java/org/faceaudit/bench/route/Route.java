package org.faceaudit.bench.route;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Topics;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.pipeline.Audit;
import org.faceaudit.pipeline.FaceauditJob;
import org.faceaudit.pipeline.Wire;
import org.faceaudit.pipeline.WireSettings;
import org.faceaudit.runtime.fact.ChangeTypes;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.fact.InstantPage;
import org.faceaudit.runtime.fact.RoutedChange;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.step.DecodeFunction;
import org.faceaudit.runtime.step.Mappings;
import org.faceaudit.runtime.step.PersonUnionStep;
import org.faceaudit.runtime.step.RowsStep;
import org.faceaudit.runtime.step.SourceProgressStep;
import org.faceaudit.runtime.types.RecordTypes;

/** Jobs over a population's topics: the real wiring of the persons family, and what it is compared with. */
final class Route implements AutoCloseable {

    /** Where a job keeps what it remembers. */
    enum Backend {
        HEAP("hashmap"),
        ROCKSDB("rocksdb");

        private final String option;

        Backend(String option) {
            this.option = option;
        }
    }

    /** What a job does with the records. */
    enum Does {
        /** Reads them and throws them away. */
        DISCARD,
        /** Reads them with the yardstick's parser. */
        REFERENCE,
        /** Reads them with the job's decoder. */
        DECODE,
        /** Remembers rows by their keys, so that a deletion that names nothing else finds its row, and nothing else. */
        ROWS,
        /** Remembers which row holds whom, and nothing else. */
        PRESENCE,
        /** Everything that the persons family does. */
        PERSONS
    }

    private static final AtomicLong NEXT = new AtomicLong();

    /** No checkpoint comes by itself. */
    static final long ON_DEMAND = 1_000_000_000;

    private final Population population;
    private final String name;
    private final Feed feed;
    private final Seen.Tables seen;
    private final LongAdder persons;

    Route(Population population) {
        this(population, Topics.POLLED);
    }

    /** @param inARow how many records of one topic come before those of the next */
    Route(Population population, int inARow) {
        this.population = population;
        this.name = "bench-" + NEXT.incrementAndGet();
        this.feed = Feed.open(name, new Topics(population, true, inARow));
        this.seen = Seen.open(name);
        this.persons = PersonSum.open(name);
    }

    /** The records. */
    Feed feed() {
        return feed;
    }

    /** What came out. */
    Seen.Tables seen() {
        return seen;
    }

    /** How many persons there are by what {@link Does#PRESENCE} told so far. */
    long persons() {
        return persons.sum();
    }

    /** Starts the job; nothing flows until the feed lets it. */
    Cluster.Running start(Cluster cluster, Does does, Backend backend, long checkpointMillis) throws Exception {
        Configuration configuration = FaceauditJob.configuration(checkpointMillis);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(StateBackendOptions.STATE_BACKEND, backend.option);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                cluster.directory().resolve("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(30));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        DataStream<RawRecord> raw = env.fromSource(
                        new FeedSource(name),
                        WatermarkStrategy.noWatermarks(),
                        "cdc-topics",
                        RecordTypes.of(RawRecord.class))
                .uid("cdc-topics");
        switch (does) {
            case DISCARD -> raw.sinkTo(new DiscardingSink<>()).uid("nowhere");
            case REFERENCE -> reference(raw);
            case DECODE -> decode(raw);
            case ROWS -> rows(raw);
            case PRESENCE -> presence(raw);
            case PERSONS -> persons(env, raw);
        }
        return cluster.start(env, name + "-" + does);
    }

    private static void reference(DataStream<RawRecord> raw) {
        raw.map(new Yardstick())
                .returns(Types.LONG)
                .uid("reference")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
    }

    private void decode(DataStream<RawRecord> raw) {
        raw.process(new DecodeFunction(new Mappings(new Topics(population, false).mappings())), ChangeTypes.INCOMING)
                .uid("decode")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
    }

    private void rows(DataStream<RawRecord> raw) {
        Mappings mappings = new Mappings(new Topics(population, false).mappings());
        Map<String, List<RuleStanding>> standings = new HashMap<>();
        new Topics(population, false).mappings().forEach(mapping -> standings.put(Mappings.source(mapping), List.of()));
        standings.put(Scopes.source(Scopes.REGISTRY, Scopes.REGISTRY), List.of());
        raw.process(new DecodeFunction(mappings), ChangeTypes.INCOMING)
                .uid("decode")
                .keyBy(Incoming::source, Types.STRING)
                .transform("source-progress", ChangeTypes.ROUTED, new SourceProgressStep(mappings, standings, 1))
                .uid("source-progress")
                .keyBy(RoutedChange::key, Types.STRING)
                .transform("rows", ChangeTypes.HOLDING, new RowsStep(mappings, Set.of(Family.PERSONS), 1))
                .uid("rows")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
    }

    private void presence(DataStream<RawRecord> raw) {
        SingleOutputStreamOperator<InstantPage> persons = raw.flatMap(new HoldingOf(), ChangeTypes.HOLDING)
                .uid("holdings")
                .keyBy(PersonUnionStep::key, Types.STRING)
                .transform("person-union", ChangeTypes.INSTANTS, new PersonUnionStep())
                .uid("person-union");
        persons.sinkTo(new DiscardingSink<>()).uid("nowhere");
        persons.getSideOutput(PersonUnionStep.DAYS).sinkTo(new PersonSum(name)).uid("person-sum");
    }

    private void persons(StreamExecutionEnvironment env, DataStream<RawRecord> raw) {
        Audit audit = Wire.alerts(
                env,
                raw,
                new WireSettings(new Topics(population, false).mappings(), Set.of(Family.PERSONS), 1, Instant.EPOCH));
        audit.rows().sinkTo(new Seen(name)).uid("audit-tables");
        audit.alertMessages().sinkTo(new DiscardingSink<>()).uid("audit-alerts");
        audit.rejectMessages().sinkTo(new DiscardingSink<>()).uid("audit-rejects");
    }

    @Override
    public void close() {
        Feed.close(name);
        Seen.close(name);
        PersonSum.close(name);
    }
}
