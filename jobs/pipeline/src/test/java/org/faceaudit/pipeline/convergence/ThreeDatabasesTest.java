package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.pipeline.convergence.ThreeDatabases.Counted;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Persons of one operator with three overlapping databases: the job, killed and rescaled on its way, against a count of the
 * rows that are there.
 *
 * <p>System properties: {@code persons.seed}, and {@code persons.operations}, how many operations on rows. A million of them
 * want more memory and a state that is not rewritten with every checkpoint:
 *
 * <pre>
 * mvn -pl jobs/pipeline -am test -Dtest=ThreeDatabasesTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dpersons.operations=1000000 -Dpersons.checkpoint=5000 -Dpersons.backend=rocksdb -Dpersons.memory=1024 \
 *     "-Dsurefire.argLine=-Xmx3g -XX:+UseParallelGC -Dfile.encoding=UTF-8"
 * </pre>
 */
class ThreeDatabasesTest {

    private static final int OPERATIONS = Integer.getInteger("persons.operations", 12_000);
    private static final long SEED = Long.getLong("persons.seed", 1);
    private static final int SLOTS = 3;
    private static final int FAILURES = 3;
    private static final MemorySize STATE = MemorySize.ofMebiBytes(Integer.getInteger("persons.memory", 64));
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(SLOTS)
            .setConfiguration(new Configuration().set(TaskManagerOptions.MANAGED_MEMORY_SIZE, STATE))
            .build());

    @TempDir
    Path directory;

    @Test
    void everyDayIsCountedAsItsRowsAreCounted() throws Exception {
        ThreeDatabases databases = new ThreeDatabases(SEED, OPERATIONS);
        WiredRun run = new WiredRun("three-databases", mappings(), directory);

        List<TableRow> rows = run.rows(databases.records(), AuditTable.PERSON_COUNT, FAILURES, 1, 3, 2);

        assertThat(differences(databases.days(), rows)).isEmpty();
        assertThat(databases.days()).hasSizeGreaterThan(40);
        assertThat(databases.days().values())
                .as("the counts are of some size, and an interval")
                .anySatisfy(day -> assertThat(day.low()).isBetween(OPERATIONS / 60L, day.high() - 1));
    }

    private List<Mapping> mappings() throws Exception {
        List<Mapping> mappings = new ArrayList<>();
        for (String system : ThreeDatabases.SYSTEMS) {
            Path file = Files.writeString(
                    directory.resolve(system + ".yaml"),
                    """
                    operator: %s
                    system: %s
                    source:
                      kind: postgresql
                      url: jdbc:postgresql://127.0.0.1:1/sample
                      user: faceaudit_capture
                      password: ${env:SAMPLE_PASSWORD}
                      zone: Asia/Shanghai
                      heartbeat: {table: public.faceaudit_heartbeat, promise: 60s}
                    """.formatted(ThreeDatabases.OPERATOR, system) + ThreeDatabases.mapping(system));
            OperatorFile read = OperatorFiles.read(file);
            mappings.add(read.mapping());
        }
        return mappings;
    }

    private static List<String> differences(Map<LocalDate, Counted> expected, List<TableRow> rows) throws Exception {
        TreeMap<LocalDate, JsonNode> days = new TreeMap<>();
        for (TableRow row : rows) {
            JsonNode json = JSON.readTree(row.json());
            if (json.has("day") && !json.path("deleted").asBoolean()) {
                days.put(LocalDate.parse(json.path("day").asText()), json);
            }
        }
        List<String> differences = new ArrayList<>();
        expected.forEach((day, counted) -> {
            Map.Entry<LocalDate, JsonNode> carried = days.floorEntry(day);
            JsonNode json = carried == null ? JSON.createObjectNode() : carried.getValue();
            boolean same = json.path("persons_low").asLong(-1) == counted.low()
                    && json.path("persons_high").asLong(-1) == counted.high()
                    && json.path("exact").asBoolean() == (counted.low() == counted.high())
                    && json.path("records").asLong(-1) == counted.records();
            if (!same) {
                differences.add(day + ": " + counted + ", job " + json);
            }
        });
        return differences;
    }
}
