package org.faceaudit.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.faceaudit.runtime.fact.Anew;
import org.faceaudit.runtime.source.CdcSource.Offsets;
import org.junit.jupiter.api.Test;

class CdcSourceTest {

    private static final Anew FOUR = new Anew(4, Set.of());
    private static final Anew FIVE = new Anew(5, Set.of("gym"));

    @Test
    void topicsOfWhoeverIsDerivedAnewBeginAgainAndAllOthersGoOn() throws IOException {
        assertThat(restored(FOUR, FIVE, "cdc.gym.doors")).isEqualTo(KafkaPartitionSplit.EARLIEST_OFFSET);
        assertThat(restored(FOUR, FIVE, "cdc.gym-two.doors")).isEqualTo(17);
        assertThat(restored(FOUR, FIVE, "cdc.registry")).isEqualTo(17);
    }

    @Test
    void anOffsetOfTheSameGenerationIsGoneOnFrom() throws IOException {
        assertThat(restored(FIVE, FIVE, "cdc.gym.doors")).isEqualTo(17);
        assertThat(restored(FIVE, new Anew(5, Set.of()), "cdc.gym.doors")).isEqualTo(17);
    }

    @Test
    void anOffsetWithoutGenerationIsOlderThanAny() throws IOException {
        KafkaPartitionSplitSerializer kafka = new KafkaPartitionSplitSerializer();
        byte[] written = kafka.serialize(at("cdc.gym.doors"));

        assertThat(offsets(FIVE).deserialize(kafka.getVersion(), written).getStartingOffset())
                .isEqualTo(KafkaPartitionSplit.EARLIEST_OFFSET);
        assertThat(offsets(FOUR).deserialize(kafka.getVersion(), written).getStartingOffset())
                .isEqualTo(17);
    }

    private static long restored(Anew saved, Anew now, String topic) throws IOException {
        byte[] written = offsets(saved).serialize(at(topic));
        return offsets(now).deserialize(offsets(saved).getVersion(), written).getStartingOffset();
    }

    private static Offsets offsets(Anew anew) {
        return new Offsets(new KafkaPartitionSplitSerializer(), anew);
    }

    private static KafkaPartitionSplit at(String topic) {
        return new KafkaPartitionSplit(new TopicPartition(topic, 0), 17);
    }
}
