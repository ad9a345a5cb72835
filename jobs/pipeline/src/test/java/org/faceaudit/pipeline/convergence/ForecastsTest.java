package org.faceaudit.pipeline.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.pipeline.EvidenceTopic;
import org.faceaudit.pipeline.RegistryTopic;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same changes give the same forecasts, whatever the order of topics, and after deaths and another parallelism. */
class ForecastsTest {

    private static final LegalDay FIRST = LegalDay.of(2026, 1, 5);
    private static final int DAYS = 120;
    private static final int THRESHOLD = 2_000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(3)
            .build());

    @TempDir
    Path directory;

    @Test
    void theSameForecastsInAnyOrderAndAfterDeaths() throws Exception {
        List<RawRecord> source = source();
        List<RawRecord> registry = registry();
        List<RawRecord> byTime = new ArrayList<>(source);
        byTime.addAll(registry);
        byTime.sort(Comparator.comparingLong(RawRecord::appendedAtMillis));
        List<RawRecord> registryLast = new ArrayList<>(source);
        registryLast.addAll(registry);

        List<String> undisturbed = forecasts("by-time", byTime, 0, 2);

        assertThat(undisturbed).hasSizeGreaterThanOrEqualTo(2);
        assertThat(undisturbed.get(undisturbed.size() - 1))
                .contains("\"as_of\":\"" + FIRST.plusDays(DAYS - 1) + '"')
                .contains("\"withheld_reason\":null")
                .containsPattern("\"reaches_mid\":\"2026-\\d\\d-\\d\\d\"");
        assertThat(forecasts("registry-last", registryLast, 0, 1)).isEqualTo(undisturbed);
        assertThat(forecasts("disturbed", byTime, 2, 1, 3)).isEqualTo(undisturbed);
    }

    private List<String> forecasts(String name, List<RawRecord> records, int failures, int... parallelisms)
            throws Exception {
        Path file = Files.writeString(directory.resolve("grow.yaml"), """
                operator: grow
                system: cards
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:1/sample
                  user: faceaudit_capture
                  password: ${env:SAMPLE_PASSWORD}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.faceaudit_heartbeat, promise: 60s}
                """ + ThreeDatabases.mapping("cards"));
        List<Mapping> mappings = List.of(OperatorFiles.read(file).mapping());
        List<TableRow> rows = new WiredRun(name, mappings, Files.createDirectories(directory.resolve(name)))
                .rows(records, AuditTable.FORECAST, failures, parallelisms);
        List<String> forecasts = new ArrayList<>();
        for (TableRow row : rows) {
            ObjectNode json = (ObjectNode) PersonDays.json(row);
            if (!json.path("deleted").asBoolean()) {
                forecasts.add(json.without(List.of("generation", "position", "deleted"))
                        .toString());
            }
        }
        return forecasts.stream().sorted().toList();
    }

    private static List<RawRecord> registry() {
        RegistryFixture law = RegistryFixture.law().threshold(THRESHOLD).operator("grow", "增长", "310000");
        RegistryTopic topic = new RegistryTopic(law, at(FIRST, 0));
        for (int day = 1; day <= DAYS; day += 7) {
            topic.beat(at(FIRST.plusDays(day), 60));
        }
        return topic.beat(at(FIRST.plusDays(DAYS), 120)).records();
    }

    /** Some ten persons more every day, and the day after the last is known to have begun. */
    private static List<RawRecord> source() {
        EvidenceTopic topic = new EvidenceTopic("cdc.grow.cards");
        topic.snapshot(at(FIRST, 0), "public.faceaudit_heartbeat", "{'id':1}", true);
        Random random = new Random(11);
        int id = 0;
        for (int day = 0; day < DAYS; day++) {
            int more = 6 + random.nextInt(9);
            for (int i = 0; i < more; i++, id++) {
                topic.insert(
                        at(FIRST.plusDays(day), 600 + i),
                        "public.face",
                        "{'id':" + id + ",'card':'t1:id-card:k1:none:" + String.format("%032x", id)
                                + "','deleted':false}");
            }
        }
        return topic.update(at(FIRST.plusDays(DAYS), 60), "public.faceaudit_heartbeat", "{'id':1}")
                .records();
    }

    private static String at(LegalDay day, int seconds) {
        return day.start().plusSeconds(seconds).toString();
    }
}
