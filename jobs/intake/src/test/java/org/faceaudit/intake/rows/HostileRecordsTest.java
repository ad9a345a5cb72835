package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.Mutator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spoilt records among sound ones go the whole way: refused or read, never an exception, and none is lost on it. More with
 * {@code -Dfuzz.rounds=}.
 */
class HostileRecordsTest {

    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);

    @ParameterizedTest
    @ValueSource(strings = {"compreface", "gym", "arcsoft"})
    void nothingThatComesThroughBreaksTheRows(String product) {
        List<byte[]> records = Envelopes.golden(product).stream()
                .map(record -> record.getBytes(StandardCharsets.UTF_8))
                .toList();
        Mutator mutator = new Mutator(7, records);
        Random random = new Random(7);
        long read = 0;
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            SourceUnderTest source = new SourceUnderTest(ProductMappings.of(product), new FactsAsJson());
            for (int record = 0; record < records.size(); record++) {
                source.read(random.nextInt(3) == 0 ? records.get(record) : mutator.next(record));
            }
            read += records.size();
            refused += source.rejects.size();
            assertThat(source.progress().rejects()).isEqualTo(source.rejects.size());
            assertThat(source.progress().changes() + source.rejects.size()).isLessThanOrEqualTo(records.size());
        }
        assertThat(refused).isBetween(read / 20, read * 19 / 20);
    }
}
