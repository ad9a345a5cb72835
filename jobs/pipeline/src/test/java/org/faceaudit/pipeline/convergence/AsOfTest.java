package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.LawSet;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.OracleAlert;
import org.faceaudit.oracle.TopicRecord;
import org.faceaudit.oracle.history.HistoryGenerator;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.World;
import org.faceaudit.pipeline.Collected;
import org.faceaudit.pipeline.ReplayJob;
import org.faceaudit.pipeline.Wire;
import org.faceaudit.pipeline.WireSettings;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay says what would have been said: generated histories are judged as of earlier days by the job, and a second time
 * by the oracle. System properties: those of {@link ConvergenceTest}.
 */
class AsOfTest {

    private static final long SEED = Long.getLong("convergence.seed", 1);
    private static final int WORLDS = Integer.getInteger("convergence.worlds", 1);
    private static final int OPERATORS = 40;
    private static final int DAYS_PER_WORLD = 4;
    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));

    @TempDir
    Path directory;

    @Test
    void everyEarlierDayIsJudgedAsItWouldHaveBeen() throws Exception {
        int alerts = 0;
        for (long seed = SEED + 5_000; seed < SEED + 5_000 + WORLDS; seed++) {
            World world = new HistoryGenerator(seed, LAW).world(OPERATORS);
            Random random = new Random(seed);
            for (int day = 0; day < DAYS_PER_WORLD; day++) {
                LegalDay asOf = LegalDay.of(world.now()).plusDays(-random.nextInt(250));
                alerts += check(world, asOf.end(), "seed " + seed);
            }
            alerts += check(world, world.now(), "seed " + seed);
        }
        assertThat(alerts).isPositive();
    }

    private int check(World world, Instant asOf, String what) throws Exception {
        List<OracleAlert> oracle = new Oracle(
                        world.dump(), World::shippedKey, asOf, SampleMappings::listening, SampleMappings::mapped)
                .alerts();
        List<String> differences =
                AlertRows.differences(oracle, run(world, world.interleaved(new Random(world.seed())), asOf));
        assertThat(String.join("\n", differences))
                .as("%s as of %s: %d rows", what, asOf, oracle.size())
                .isEmpty();
        return oracle.size();
    }

    private List<OracleAlert> run(World world, List<TopicRecord> records, Instant asOf) throws Exception {
        Path files = Files.createDirectories(directory.resolve("world-" + world.seed()));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, ReplayJob.configuration());
        List<RawRecord> raw = new ArrayList<>();
        for (TopicRecord record : records) {
            raw.add(new RawRecord(
                    record.topic(),
                    0,
                    record.offset(),
                    record.appendedAt().toEpochMilli(),
                    record.key(),
                    record.value()));
        }
        DataStream<RawRecord> source =
                env.fromData(raw, RecordTypes.of(RawRecord.class)).uid("raw");
        Collected<AlertRevision> revisions = Collected.from(
                Wire.alerts(
                                env,
                                source,
                                new WireSettings(
                                        SampleMappings.of(world.topics().keySet(), files),
                                        java.util.Set.of(Family.values()),
                                        1,
                                        Instant.MAX,
                                        new Standpoint(asOf, LawSet.MEASURES)))
                        .revisions(),
                "revisions");
        env.execute("as-of");
        TreeMap<String, AlertRevision> newest = new TreeMap<>();
        for (AlertRevision revision : revisions.all()) {
            AlertRevision twice =
                    newest.put(revision.key().id() + "/" + revision.episode().episode(), revision);
            assertThat(twice).as("said twice in one replay").isNull();
        }
        return AlertRows.of(newest.values());
    }
}
