package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.runtime.fact.ChangeTypes;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.sink.KeyedJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeFunctionTest {

    private static final String TOPIC = "cdc.acme.one";
    private static final String GATE = """
            {"before":null,"after":{"id":7,"site":"SITE","in_service":true,"by_face":true,"by_card":true,"by_qr":null,\
            "installed_at":"2026-01-05T02:00:00Z"},"source":{"version":"3.7.0.Final","connector":"postgresql",\
            "name":"cdc.acme.one","ts_ms":1793491200000,"snapshot":"false","db":"sample","ts_us":1793491200000000,\
            "ts_ns":1793491200000000000,"schema":"public","table":"access_point","txId":700,"lsn":100},\
            "transaction":null,"op":"c","ts_ms":1790000000000}""";

    @TempDir
    private Path directory;

    private OneInputStreamOperatorTestHarness<RawRecord, Incoming> step;
    private long offset;

    @BeforeEach
    void open() throws Exception {
        Path file = Files.writeString(directory.resolve("acme.yaml"), """
                operator: acme
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat}
                use: gym
                """);
        step = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(
                new DecodeFunction(new Mappings(List.of(OperatorFiles.read(file).mapping())))));
        // As on the edge: what still stands in its record is written before the next record comes.
        step.setup(ChangeTypes.INCOMING.createSerializer(new SerializerConfigImpl()));
        step.open();
    }

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    private void read(String topic, byte[] value) throws Exception {
        step.processElement(new StreamRecord<>(new RawRecord(topic, 0, offset++, 1_793_491_201_000L, null, value)));
    }

    private <T> List<T> side(OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = step.getSideOutput(tag);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    private Collection<Incoming> read() {
        return step.extractOutputValues();
    }

    @Test
    void rawBiometricsAreToldByReasonPlaceAndHashAndTheNextRecordIsRead() throws Exception {
        String image = "/9j/" + "4AAQSkZJRgABAQ".repeat(40);
        read(TOPIC, GATE.replace("SITE", image).getBytes(StandardCharsets.UTF_8));
        read(TOPIC, GATE.replace("SITE", "north").getBytes(StandardCharsets.UTF_8));

        assertThat(read()).extracting(incoming -> incoming.reject() == null).containsExactly(false, true);
        assertThat(side(DecodeFunction.ROWS))
                .singleElement()
                .satisfies(row -> assertThat(row.json())
                        .contains("unmasked-base64", "\"offset\":0", "sha256")
                        .doesNotContain("SkZJRg"));
        assertThat(side(DecodeFunction.MESSAGES))
                .singleElement()
                .satisfies(message ->
                        assertThat(message.json()).contains("unmasked-base64").doesNotContain("SkZJRg"));
    }

    @Test
    void everyRecordComesOutOnceAndEveryRefusalTwiceMore() throws Exception {
        Random random = new Random(3);
        byte[] sound = GATE.replace("SITE", "north").getBytes(StandardCharsets.UTF_8);
        int unknown = 0;
        for (int input = 0; input < 5_000; input++) {
            byte[] spoilt = sound.clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            boolean ofNobody = random.nextInt(50) == 0;
            unknown += ofNobody ? 1 : 0;
            read(ofNobody ? "cdc.nobody.one" : TOPIC, random.nextInt(100) == 0 ? null : spoilt);
        }

        List<Incoming> read = new ArrayList<>(read());
        long refused =
                read.stream().filter(incoming -> incoming.reject() != null).count();
        assertThat(read).hasSize(5_000 - unknown);
        assertThat(refused).isBetween(500L, 4_500L);
        List<TableRow> rows = side(DecodeFunction.ROWS);
        List<KeyedJson> messages = side(DecodeFunction.MESSAGES);
        assertThat(rows).hasSize((int) refused + unknown);
        assertThat(messages)
                .extracting(KeyedJson::json)
                .containsExactlyElementsOf(rows.stream().map(TableRow::json).toList());
    }
}
