package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each product's file goes with {@code <name>.golden.jsonl}: what its database logs, and what that means. One line is one
 * record of the topic as Debezium writes it and all that is told because of it.
 */
class GoldenProductsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"arcsoft", "campus", "compreface", "gym"})
    void everyChangeMeansWhatTheFileSays(String product) throws IOException {
        FactsAsJson facts = new FactsAsJson();
        SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of("use: " + product + "\n"), facts);
        int lines = 0;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                GoldenProductsTest.class.getResourceAsStream(
                        "/faceaudit/schemas/products/" + product + ".golden.jsonl"),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode pair = JSON.readTree(line);
                source.read(pair.get("record").toString().getBytes(StandardCharsets.UTF_8));
                assertThat(JSON.readTree(facts.take().toString()))
                        .as(product + ", line " + ++lines + ": " + pair.get("about"))
                        .isEqualTo(pair.get("facts"));
            }
        }
        assertThat(source.rejects).isEmpty();
        assertThat(lines).isGreaterThan(8);
    }
}
