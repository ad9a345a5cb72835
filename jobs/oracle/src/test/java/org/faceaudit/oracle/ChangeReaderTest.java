package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

class ChangeReaderTest {

    private static final String TOPIC = "cdc.op.faces";
    private static final Instant AT = Instant.parse("2026-03-02T01:00:00Z");

    private final SampleSource source = new SampleSource(TOPIC, "faces", 900_000).table("public.face", "id");

    @Test
    void whatNoConnectorOfTheSourceWouldWriteIsNoChange() {
        source.commit(AT, transaction -> transaction.insert("public.face", row("id", 1, "id_card", null)));
        TopicRecord genuine = source.records().get(0);
        List<TopicRecord> topic = new ArrayList<>(List.of(genuine));
        for (String[] replaced : new String[][] {
            {"\"lsn\":900568", "\"lsn\":\"text\""},
            {"\"after\":{\"id\":1,\"id_card\":null}", "\"after\":5"},
            {"\"before\":null", "\"before\":[]"},
            {"\"op\":\"c\"", "\"op\":\"x\""},
            {"\"name\":\"" + TOPIC + "\"", "\"name\":\"cdc.another.faces\""},
        }) {
            String text = new String(genuine.value(), StandardCharsets.UTF_8);
            assertThat(text).contains(replaced[0]);
            byte[] value = text.replace(replaced[0], replaced[1])
                    .replace("\"total_order\":1", "\"total_order\":" + (topic.size() + 1))
                    .getBytes(StandardCharsets.UTF_8);
            topic.add(new TopicRecord(TOPIC, topic.size(), AT, genuine.key(), value));
        }
        topic.add(new TopicRecord(TOPIC, topic.size(), AT, genuine.key(), null));
        topic.add(new TopicRecord(TOPIC, topic.size(), AT, genuine.key(), new byte[1 << 10]));

        assertThat(new ChangeReader().read(topic))
                .hasSize(1)
                .allMatch(change -> change.op().equals("c"));
    }
}
