package org.faceaudit.bench.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.faceaudit.bench.topic.Population.Dates;
import org.faceaudit.runtime.source.RawRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private static final Population POPULATION = new Population(3, 8, 5, 100, Dates.INSTANT);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 500})
    void everyTopicIsReadWholeAndInItsOrder(int inARow) {
        Topics topics = new Topics(POPULATION, true, inARow);
        Map<String, Long> next = new HashMap<>();
        for (long number = 0; number < topics.size(); number++) {
            RawRecord record = topics.record(number);
            assertThat(record.offset()).isEqualTo(next.merge(record.topic(), 1L, Long::sum) - 1);
        }

        assertThat(next).hasSize(1 + POPULATION.operators()).containsEntry("cdc.op-000002.faces", 14L);
    }

    @Test
    void soManyRecordsOfATopicComeInARow() {
        Topics topics = new Topics(POPULATION, false, 5);
        StringBuilder order = new StringBuilder();
        for (long number = 0; number < topics.size(); number++) {
            order.append(topics.record(number).topic().charAt("cdc.op-00000".length()));
        }

        assertThat(order).hasToString("000001111122222" + "000001111122222" + "000011112222");
    }

    @Test
    void personsAreCountedAlikeWithAndWithoutRememberingTheirRows() {
        assertThat(PlainCount.personsOf(POPULATION))
                .isEqualTo(PlainCount.of(POPULATION).persons())
                .isPositive();
    }
}
