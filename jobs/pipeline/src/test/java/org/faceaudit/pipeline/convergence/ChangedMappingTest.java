package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.history.HistoryGenerator;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.World;
import org.faceaudit.pipeline.WireSettings;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 1 when operators' files change under a running job: the job goes on from its savepoint with the new mappings,
 * reads the topics of those operators from their first record, and its tables are those of a job that never knew the earlier
 * mappings. System properties as for {@link ConvergenceTest}: {@code convergence.seed}, {@code convergence.operators} (how
 * many).
 */
class ChangedMappingTest {

    private static final long SEED = Long.getLong("convergence.seed", 1) + 7_000;
    private static final int OPERATORS = Integer.getInteger("convergence.operators", 16);
    private static final long AFTER_THE_CHANGE = 2;
    private static final String ALERTS = "changed-mapping/alerts";
    private static final String DAYS = "changed-mapping/days";

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    Path directory;

    @Test
    void nothingOfTheEarlierMappingStaysAndNobodyElseIsTouched() throws Exception {
        World world = new HistoryGenerator(SEED, LawRows.read(Path.of("../../sql/law"))).world(OPERATORS);
        Path files = Files.createDirectories(directory.resolve("files"));
        List<Mapping> now = SampleMappings.of(world.topics().keySet(), files);
        Set<String> changed = everyOther(now);
        List<Mapping> earlier = misread(files, changed);
        List<RawRecord> records = Feed.raw(world.interleaved(new Random(SEED)));
        List<RawRecord> before = records.subList(0, records.size() * 2 / 3);
        List<RawRecord> all = new ArrayList<>(before);
        before.stream().filter(record -> changed.contains(operator(record))).forEach(all::add);
        all.addAll(records.subList(before.size(), records.size()));
        try {
            String savepoint = new WiredRun("earlier", WireSettings.all(earlier, 1, Instant.EPOCH), directory)
                    .onFrom(null, before, ConvergenceTest.tables(ALERTS, DAYS), 0, 2);
            assertThat(CommittedTable.<AlertRevision>rows(ALERTS))
                    .as("what the earlier mappings made of it")
                    .anyMatch(alert -> changed.contains(alert.key().operator()));

            WireSettings settings = new WireSettings(
                    now, Set.of(Family.values()), AFTER_THE_CHANGE, Instant.EPOCH, Standpoint.NOW, changed);
            // It dies on its way, also from checkpoints of its own: nobody is forgotten twice.
            new WiredRun("later", settings, directory)
                    .onFrom(savepoint, all, ConvergenceTest.tables(ALERTS, DAYS), 3, 2);

            check(world);
        } finally {
            CommittedTable.drop(ALERTS);
            CommittedTable.drop(DAYS);
        }
    }

    /** What is left of an earlier generation is withdrawn by the sweep. */
    private static void check(World world) {
        Oracle second =
                new Oracle(world.dump(), World::shippedKey, null, SampleMappings::listening, SampleMappings::mapped);
        List<AlertRevision> alerts = CommittedTable.<AlertRevision>rows(ALERTS).stream()
                .filter(alert -> alert.generation() == AFTER_THE_CHANGE)
                .toList();
        List<TableRow> days = CommittedTable.<TableRow>rows(DAYS).stream()
                .filter(row -> PersonDays.json(row).path("generation").asLong() == AFTER_THE_CHANGE)
                .toList();
        assertThat(second.alerts()).isNotEmpty();
        List<String> differences = AlertRows.differences(second.alerts(), AlertRows.of(alerts));
        differences.addAll(PersonDays.differences(second, days));
        assertThat(String.join("\n", differences)).isEmpty();
    }

    private static Set<String> everyOther(List<Mapping> mappings) {
        TreeSet<String> operators = new TreeSet<>();
        mappings.forEach(mapping -> operators.add(mapping.operator()));
        List<String> sorted = List.copyOf(operators);
        TreeSet<String> half = new TreeSet<>();
        for (int i = 0; i < sorted.size(); i += 2) {
            half.add(sorted.get(i));
        }
        return half;
    }

    /** Mappings that read other methods, consents, outcomes and days out of the same rows. */
    private static List<Mapping> misread(Path files, Set<String> operators) throws Exception {
        List<Path> all;
        try (Stream<Path> found = Files.list(files)) {
            all = found.toList();
        }
        for (Path file : all) {
            if (operators.contains(file.getFileName().toString().split("\\.")[1])) {
                rewrite(file);
            }
        }
        return OperatorFiles.readDirectory(files).stream()
                .map(OperatorFile::mapping)
                .toList();
    }

    private static void rewrite(Path file) throws IOException {
        String right = Files.readString(file);
        String wrong = right.replace("zone: Asia/Shanghai", "zone: America/New_York")
                .replace("by_card: CARD", "by_card: QR")
                .replaceAll("(by_|method, values: \\{)face: FACE", "$1face: CARD")
                .replace("terms: BUNDLED", "terms: FACE")
                .replace("declined: DECLINED", "declined: FAILED")
                // Rows by other keys: none of them may stand beside the right ones.
                .replaceAll("(public.own_filing:\\s+key: )\\[id]", "$1[id, kind]");
        assertThat(wrong).isNotEqualTo(right);
        Files.writeString(file, wrong);
    }

    private static String operator(RawRecord record) {
        String[] words = record.topic().split("\\.");
        return words.length == 3 ? words[1] : "";
    }
}
