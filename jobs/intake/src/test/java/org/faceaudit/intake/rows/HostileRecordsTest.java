package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in which single characters changed go the whole way: refused or read, never an exception. */
class HostileRecordsTest {

    private static final String CHARACTERS = "0123456789-:.TZaefnrtu{}[],'\\ ";

    private static List<String> records(String product) throws IOException {
        try (InputStream in = HostileRecordsTest.class.getResourceAsStream(
                "/faceaudit/schemas/products/" + product + ".golden.jsonl")) {
            List<String> records = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode pair = new ObjectMapper().readTree(line);
                records.add(pair.get("record").toString());
            }
            return records;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compreface", "gym", "arcsoft"})
    void nothingThatComesThroughBreaksTheRows(String product) throws IOException {
        List<String> records = records(product);
        Random random = new Random(7);
        int read = 0;
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            SourceUnderTest source =
                    new SourceUnderTest(MappingsUnderTest.of("use: " + product + "\n"), new FactsAsJson());
            for (String record : records) {
                StringBuilder mutant = new StringBuilder(record);
                for (int change = random.nextInt(3); change > 0; change--) {
                    int at = random.nextInt(record.length());
                    mutant.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                }
                source.read(mutant.toString().getBytes(StandardCharsets.UTF_8));
                read++;
            }
            refused += source.rejects.size();
        }
        assertThat(refused).isBetween(read / 20, read * 19 / 20);
    }
}
