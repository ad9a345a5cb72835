package org.faceaudit.pipeline.convergence;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.oracle.TopicRecord;
import org.faceaudit.pipeline.Audit;
import org.faceaudit.pipeline.FaceauditJob;
import org.faceaudit.pipeline.Wire;
import org.faceaudit.pipeline.WireSettings;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * How much work an attempt is: the CPU time of this process, in seconds per million records, for the whole job over the logs of
 * a hundred gates of four gyms, two instances of every step, state on the heap, a checkpoint each second; once as they are
 * mapped and once with the log mapped by nobody. The difference is what attempts cost beside being read. A first run warms up and
 * is not told. Arguments: how many records, how often.
 */
final class AttemptThroughput {

    private static final int SYSTEMS = 4;
    private static final int GATES = 25;
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    /** A thousand attempts a day at each gate. */
    private static final long BETWEEN_MILLIS = 86_400L / GATES;

    private static final String POINTS = """
            mapping:
              tables:
                public.access_point:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {by_face: FACE, by_card: CARD}}
            """;

    private static final String ATTEMPTS = """
                public.attempt:
                  key: [id]
                  facts:
                    - event: attempt
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper]}
                      access-point: {column: point_id}
                      at: {column: at, type: timestamptz}
                      method: {column: method}
                      outcome: {column: outcome}
            """;

    private AttemptThroughput() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        List<TopicRecord> records = records(count);
        Path directory = Files.createTempDirectory("attempt-throughput");
        run(records, mappings(directory, true), directory, "warm-up");
        for (int round = 1; round <= rounds; round++) {
            double with = run(records, mappings(directory, true), directory, "with-" + round);
            double without = run(records, mappings(directory, false), directory, "without-" + round);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %d attempts, CPU-s/M mapped %.2f, not mapped %.2f, attempts %.2f%n",
                    round,
                    count,
                    with / count * 1e6,
                    without / count * 1e6,
                    (with - without) / count * 1e6);
        }
    }

    private static List<Mapping> mappings(Path directory, boolean attempts) throws Exception {
        List<Mapping> mappings = new ArrayList<>();
        for (int system = 0; system < SYSTEMS; system++) {
            Path file = Files.writeString(
                    directory.resolve("gym-" + system + ".yaml"),
                    """
                    operator: gyms
                    system: gym-%d
                    source:
                      kind: postgresql
                      url: jdbc:postgresql://127.0.0.1:1/sample
                      user: faceaudit_capture
                      password: ${env:SAMPLE_PASSWORD}
                      zone: Asia/Shanghai
                      heartbeat: {table: public.faceaudit_heartbeat}
                    """.formatted(system) + POINTS + (attempts ? ATTEMPTS : ""));
            mappings.add(OperatorFiles.read(file).mapping());
        }
        return mappings;
    }

    /** CPU seconds of one run. */
    private static double run(List<TopicRecord> records, List<Mapping> mappings, Path directory, String name)
            throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Feed feed = Feed.lay(name, Feed.raw(records), 0);
        System.gc();
        long before = system.getProcessCpuTime();
        Configuration configuration = FaceauditJob.configuration(1_000);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        DataStream<RawRecord> raw = env.fromSource(
                        new FeedSource(name), WatermarkStrategy.noWatermarks(), "feed", RecordTypes.of(RawRecord.class))
                .uid("feed")
                .setParallelism(1)
                .partitionCustom((topic, readers) -> Math.floorMod(topic.hashCode(), readers), RawRecord::topic);
        Audit audit = Wire.alerts(env, raw, WireSettings.all(mappings, 1, Instant.EPOCH));
        audit.rows().sinkTo(new DiscardingSink<>()).uid("rows-nowhere");
        audit.alertMessages().sinkTo(new DiscardingSink<>()).uid("alerts-nowhere");
        audit.rejectMessages().sinkTo(new DiscardingSink<>()).uid("rejects-nowhere");
        JobClient job = env.executeAsync(name);
        if (!feed.awaitSettled(Duration.ofMinutes(10))) {
            throw new IllegalStateException("the job did not come to its end");
        }
        double seconds = (system.getProcessCpuTime() - before) / 1e9;
        job.cancel().get();
        Feed.close(name);
        return seconds;
    }

    private static List<TopicRecord> records(int count) {
        List<TopicRecord> records = new ArrayList<>();
        registry(records);
        long[] offsets = new long[SYSTEMS];
        for (int system = 0; system < SYSTEMS; system++) {
            for (int gate = 0; gate < GATES; gate++) {
                String row = "{'id':" + gate + ",'by_face':true,'by_card':true}";
                records.add(record(
                        "cdc.gyms.gym-" + system,
                        offsets[system]++,
                        BEGIN,
                        "r",
                        "public.access_point",
                        row,
                        gate == GATES - 1 ? "last" : "true",
                        1_000));
            }
        }
        Random dice = new Random(7);
        for (int i = 0; i < count; i++) {
            int system = i % SYSTEMS;
            Instant at = BEGIN.plusMillis(1_000 + i / SYSTEMS * BETWEEN_MILLIS + dice.nextInt(1_000));
            String member = String.format(Locale.ROOT, "t1:member-no:k1:trim,upper:%032x", dice.nextInt(20_000) + 1);
            int drawn = dice.nextInt(100);
            String row = "{'id':" + (1_000_000 + i) + ",'point_id':" + dice.nextInt(GATES) + ",'member_no':'" + member
                    + "','at':'" + at + "','method':'" + (drawn < 20 ? "card" : "face") + "','outcome':'"
                    + (drawn == 99 ? "declined" : drawn > 93 ? "failed" : "passed") + "'}";
            records.add(record(
                    "cdc.gyms.gym-" + system,
                    offsets[system]++,
                    at.plusMillis(400),
                    "c",
                    "public.attempt",
                    row,
                    "false",
                    2_000 + i));
            if (i % 5_000 < SYSTEMS) {
                records.add(record(
                        "cdc.gyms.gym-" + system,
                        offsets[system]++,
                        at.plusMillis(401),
                        "u",
                        "public.faceaudit_heartbeat",
                        "{'id':1}",
                        "false",
                        2_000 + i));
            }
        }
        return records;
    }

    private static void registry(List<TopicRecord> records) {
        Iterator<RegistryChange> rows =
                RegistryFixture.law().operator("gyms", "某健身公司", "310115").rows().iterator();
        long offset = 0;
        while (rows.hasNext()) {
            RegistryChange change = rows.next();
            StringBuilder row = new StringBuilder("{");
            change.values()
                    .forEach((column, value) -> row.append(row.length() == 1 ? "" : ",")
                            .append('\'')
                            .append(column)
                            .append("':'")
                            .append(value)
                            .append('\''));
            records.add(record(
                    "cdc.registry",
                    offset++,
                    BEGIN,
                    "r",
                    "registry." + change.table(),
                    row.append('}').toString(),
                    rows.hasNext() ? "true" : "last",
                    1_000));
        }
    }

    private static TopicRecord record(
            String topic, long offset, Instant at, String op, String table, String row, String snapshot, long lsn) {
        String[] names = table.split("\\.", -1);
        long micros = at.toEpochMilli() * 1_000;
        String json = "{'before':null,'after':" + row
                + ",'source':{'version':'3.7.0.Final','connector':'postgresql','name':'" + topic + "','ts_ms':"
                + at.toEpochMilli() + ",'snapshot':'" + snapshot + "','db':'sample','sequence':'[null,\\\"" + lsn
                + "\\\"]','ts_us':" + micros + ",'ts_ns':" + micros * 1_000 + ",'schema':'" + names[0] + "','table':'"
                + names[1] + "','txId':" + lsn + ",'lsn':" + lsn
                + ",'xmin':null,'origin':null,'origin_lsn':null},'transaction':null,'op':'" + op + "','ts_ms':"
                + at.toEpochMilli() + ",'ts_us':" + micros + ",'ts_ns':" + micros * 1_000 + "}";
        return new TopicRecord(
                topic, offset, at.plusMillis(5), null, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
