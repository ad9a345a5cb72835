package org.faceaudit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.faceaudit.bench.decode.DecoderMeasure;
import org.faceaudit.bench.route.CutMeasure;
import org.faceaudit.bench.route.RouteMeasure;
import org.faceaudit.bench.route.StateMeasure;
import org.junit.jupiter.api.Test;

/** That every measure runs and agrees with its second count; no figure of it means anything. */
class BenchSmokeTest {

    private static final Scale TINY = new Scale(1, 200, 40, 120, 2, 4, 30, 120, 2, 100, 1_024);

    private final ByteArrayOutputStream figures = new ByteArrayOutputStream();
    private final Report report = new Report(
            new PrintStream(figures, true, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

    @Test
    void decodersAgree() throws Exception {
        DecoderMeasure.take(TINY, report);

        assertThat(lines()).hasSize(3).allMatch(line -> line.has("allocated_bytes_per_event"));
        assertThat(report.wrong()).isFalse();
    }

    @Test
    void theRouteCountsWhatThePlainCountCounts() throws Exception {
        RouteMeasure.take(TINY, report);

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

        assertThat(lines()).hasSize(8).allMatch(line -> line.path("headline").asBoolean());
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
