package org.faceaudit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.faceaudit.bench.decode.DecoderMeasure;
import org.faceaudit.bench.route.CutMeasure;
import org.faceaudit.bench.route.PresenceMeasure;
import org.faceaudit.bench.route.RouteMeasure;
import org.faceaudit.bench.route.SnapshotMeasure;
import org.faceaudit.bench.route.StateMeasure;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That every measure runs and agrees with its second count; no figure of it means anything. */
class BenchSmokeTest {

    private static final Scale TINY = new Scale(1, 200, 40, 120, 2, 4, 30, 120, 2, 120, 120, 1_024);

    private final ByteArrayOutputStream figures = new ByteArrayOutputStream();
    private final Report report = new Report(
            new PrintStream(figures, true, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

    @Test
    void decodersAgree() throws Exception {
        DecoderMeasure.take(TINY, report);

        assertThat(lines())
                .filteredOn(line -> line.path("measure").asText().equals("decode"))
                .hasSize(11)
                .allMatch(line -> line.has("allocated_bytes_per_event"));
        assertThat(lines())
                .extracting(line -> line.path("of").asText())
                .contains(
                        "discard",
                        "debezium-json",
                        "faceaudit, 1000 tables more",
                        "faceaudit, mapped fields parsed",
                        "faceaudit, change ready to travel",
                        "decoded per processor second: faceaudit / jackson-tree",
                        "decoded per processor second: faceaudit, change ready to travel / jackson-tree");
        assertThat(report.wrong()).isFalse();
    }

    @Test
    void theRouteCountsWhatThePlainCountCounts() throws Exception {
        RouteMeasure.onHeap(TINY, report);
        RouteMeasure.onRocksDb(TINY, report);

        assertThat(report.wrong()).isFalse();
        assertThat(lines()).extracting(line -> line.path("of").asText()).contains("many operators on rocksdb");
    }

    @Test
    void cutsCountChangesAndDeletions() throws Exception {
        CutMeasure.take(TINY, report);

        assertThat(report.wrong()).isFalse();
        assertThat(lines()).hasSize(2);
    }

    @Test
    void stateIsWeighed() throws Exception {
        StateMeasure.take(TINY, report);

        assertThat(report.wrong()).isFalse();
        assertThat(lines()).hasSize(12).allMatch(line -> line.path("headline").asBoolean());
    }

    @Test
    void oneOperatorAndManyAreComparedInProcessesOfTheirOwn() throws Exception {
        PresenceMeasure.take(TINY, report);
        SnapshotMeasure.take(TINY, report);

        assertThat(report.wrong()).isFalse();
        assertThat(lines())
                .extracting(line -> line.path("measure").asText())
                .containsExactly("presence", "presence", "ratio", "snapshot", "snapshot", "ratio");
    }

    @Test
    void aCountThatDiffersKeepsTheNumberFromBeingSaid() throws Exception {
        report.entry("route", "x").check("persons", 3, 4).time();
        report.entry("route", "y")
                .check("persons", 4, 4)
                .with("median", 1.23456)
                .time();

        assertThat(lines()).singleElement().matches(line -> line.path("median").asDouble() == 1.235);
        assertThat(report.wrong()).isTrue();
    }

    @Test
    void everyLineHasTheFieldsThatArePromised() throws Exception {
        DecoderMeasure.take(TINY, report);
        report.entry("state", "x")
                .with("heap_bytes_per_person", 1.5)
                .with("unit", "bytes/person")
                .size();

        // Eleven ways to read a record, three of ours beside three of others', and the size above.
        assertThat(lines()).hasSize(21).allSatisfy(line -> {
            assertThat(line.path("measure").isTextual()).isTrue();
            assertThat(line.path("of").isTextual()).isTrue();
            assertThat(line.path("unit").isTextual()).isTrue();
            assertThat(line.path("headline").isBoolean()).isTrue();
        });
        assertThat(lines().subList(0, 20)).allSatisfy(line -> {
            // A ratio rests on two lines that were checked.
            assertThat(line.path("checked").isTextual())
                    .isEqualTo(!line.path("measure").asText().equals("ratio"));
            for (String number : List.of("median", "low", "high", "rounds", "load", "others", "cores")) {
                assertThat(line.path(number).isNumber()).as(number).isTrue();
            }
        });
    }

    @Test
    void wrongUsageIsAnExitStatus() {
        assertThat(exit("--only", "decode,speed")).isEqualTo(2);
        assertThat(exit("--rows", "12345")).isEqualTo(2);
        assertThat(exit("--rows", "1000000000")).isEqualTo(2);
        assertThat(exit("--rounds", "0")).isEqualTo(2);
    }

    private static int exit(String... arguments) {
        return new CommandLine(new BenchMain())
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute(arguments);
    }

    @Test
    void whatRestsOnAWrongCountIsNotSaidEither() throws Exception {
        Report.Entry wrong = report.entry("route", "x").check("persons", 3, 4);

        report.entry("ratio", "x").onlyIf(wrong).with("median", 1).time();

        assertThat(lines()).isEmpty();
    }

    private List<JsonNode> lines() throws Exception {
        ObjectMapper json = new ObjectMapper();
        return figures.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> {
                    try {
                        return (JsonNode) json.readTree(line);
                    } catch (java.io.IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }
}
