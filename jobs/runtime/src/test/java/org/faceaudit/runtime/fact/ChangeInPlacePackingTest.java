package org.faceaudit.runtime.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.envelope.ChangeInPlace;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

/**
 * A change is written from its record as it would be after being read name by name, byte by byte. More of them, and others, with
 *
 * <pre>mvn -q test -pl jobs/runtime -am -Dtest=ChangeInPlacePackingTest -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.inputs=2000000 -Dfuzz.seed=2</pre>
 */
class ChangeInPlacePackingTest {

    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 40_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261127);
    private static final String TOPIC = "cdc.op.faces";
    private static final long APPENDED = 1_795_000_000_000L;
    /** Bytes for what leaves the step, which holds the source, the change and which record it was. */
    private static final long MOST_ALLOCATED = 160;

    private static final String TOKEN = "\"t1:id-card:k1:idcard:%032x\"";
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-0",
            "0",
            "007",
            "12.50",
            "-12",
            "123456789012345678",
            "1234567890123456789",
            "\"\"",
            "\"0\"",
            "\"00\"",
            "\"007\"",
            "\"123456789012345678\"",
            "\"1/2\"",
            "\"1/02\"",
            "\"FFFFFFFF/FFFFFFFF\"",
            "\"0123456789abcdef0123456789abcdef\"",
            "\"0123456789abcdef0123456789abcdeF\"",
            "\"x0123456789abcdef0123456789abcdef\"",
            "\"\u4eba\u81490123456789abcdef0123456789abcdef\"",
            "\"2026-02-29T00:00:00.000000Z\"",
            "\"2024-02-29T23:59:59.999999Z\"",
            "\"2024-02-29T24:00:00.000000Z\"",
            "\"1969-12-31T23:59:59.999999Z\"",
            "\"2199-12-31T23:59:59.999999Z\"",
            "\"2026-03-01 01:02:03.123456Z\"",
            "\"2026-03-01\"",
            "\"2026-03-01+08:00\"",
            "\"100%/7\"",
            "\"\u5f20\ud83d\ude00\"",
            "\"a\\nb\"",
            "\"__debezium_unavailable_value\"",
            "\"t1:id-card:k1:idcard:empty\"",
            "20700",
            "-1");

    private final EnvelopeDecoder quick = new EnvelopeDecoder(mapping());
    private final EnvelopeDecoder strict = new EnvelopeDecoder(mapping());
    private final TypeSerializer<Incoming> packing = ChangeTypes.INCOMING.createSerializer(new SerializerConfigImpl());
    private final Random random = new Random(SEED);

    private static Mapping mapping() {
        return new Mapping(
                "op",
                "faces",
                ZoneId.of("Asia/Shanghai"),
                "k1",
                "public.beat",
                HeartbeatPromise.UNSPOKEN,
                List.of(new MappedTable(
                        "public.face",
                        List.of("id"),
                        List.of(),
                        List.of(),
                        Map.of(
                                "id", ColumnForm.PLAIN,
                                "id_card", ColumnForm.token("id-card", "idcard"),
                                "day", ColumnForm.DATE,
                                "note", ColumnForm.PLAIN,
                                "missing", ColumnForm.PLAIN))),
                "v");
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    /** A record as the connector writes it, of some operation, with anything in its columns. */
    private byte[] record() {
        String token = random.nextInt(8) == 0 ? value() : TOKEN.formatted(random.nextLong());
        String row = "{\"id\":" + (random.nextBoolean() ? random.nextInt(1_000_000_000) : value()) + ",\"id_card\":"
                + token + ",\"day\":" + value() + ",\"note\":" + value() + ",\"other\":" + value() + "}";
        String op = List.of("c", "u", "d", "r").get(random.nextInt(4));
        String snapshot =
                op.equals("r") ? List.of("true", "last", "incremental").get(random.nextInt(3)) : "false";
        long second = 1_780_272_000L + random.nextInt(1_000_000);
        long nanos = second * 1_000_000_000L + (random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
        String transaction = random.nextBoolean()
                ? "null"
                : "{\"id\":\"t\",\"total_order\":" + random.nextInt(5) + ",\"data_collection_order\":1}";
        String txId = List.of("null", "7", "-7", "1234567890123456789", "" + random.nextInt(1_000_000_000))
                .get(random.nextInt(5));
        return ("{\"before\":" + (op.equals("d") ? row : "null") + ",\"after\":" + (op.equals("d") ? "null" : row)
                        + ",\"source\":{\"version\":\"3.7.0.Final\",\"connector\":\"postgresql\",\"name\":\"" + TOPIC
                        + "\",\"ts_ms\":" + nanos / 1_000_000 + ",\"snapshot\":\"" + snapshot
                        + "\",\"db\":\"faces\",\"sequence\":null,\"ts_us\":" + nanos / 1_000 + ",\"ts_ns\":" + nanos
                        + ",\"schema\":\"public\",\"table\":\"face\",\"txId\":" + txId + ",\"lsn\":"
                        + (random.nextBoolean() ? random.nextInt(1_000) : random.nextLong() >>> 1)
                        + ",\"xmin\":null},\"transaction\":" + transaction + ",\"op\":\"" + op
                        + "\",\"ts_ms\":1780272000000}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] packed(Incoming incoming) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        packing.serialize(incoming, out);
        return out.getCopyOfBuffer();
    }

    @Test
    void aChangeIsWrittenFromItsRecordAsItWouldBeFromItsParts() throws IOException {
        int inPlace = 0;
        for (int input = 0; input < INPUTS; input++) {
            byte[] record = record();
            Decoded decoded = strict.byName(TOPIC, 3, input, APPENDED, null, record);
            ChangeInPlace standing = quick.inPlace(TOPIC, 3, input, APPENDED, null, record);
            if (standing == null) {
                assertThat(quick.byName(TOPIC, 3, input, APPENDED, null, record))
                        .isEqualTo(decoded);
                continue;
            }
            inPlace++;
            Incoming made = new Incoming("op/faces", decoded.change(), decoded.reject(), decoded.lacking());
            byte[] written = packed(new Incoming("op/faces", standing));
            // Fields of a map come in any order.
            assertThat(packing.deserialize(new DataInputDeserializer(written)))
                    .as(() -> new String(record, StandardCharsets.UTF_8))
                    .isEqualTo(made);
            Incoming kept = new Incoming("op/faces", standing).kept();
            assertThat(kept).isEqualTo(made);
            assertThat(written)
                    .as(() -> new String(record, StandardCharsets.UTF_8))
                    .isEqualTo(packed(kept));
        }
        assertThat(inPlace).isGreaterThan(INPUTS / 4);
    }

    /** A change of which a form is learnt, at an offset. */
    private ChangeInPlace standing(long offset, int id) {
        byte[] record = plain(id);
        ChangeInPlace change = quick.inPlace(TOPIC, 0, offset, APPENDED, null, record);
        if (change == null) {
            quick.byName(TOPIC, 0, offset, APPENDED, null, record);
            change = quick.inPlace(TOPIC, 0, offset, APPENDED, null, record);
        }
        return change;
    }

    private static byte[] plain(int id) {
        return ("{\"before\":null,\"after\":{\"id\":" + id + ",\"id_card\":" + TOKEN.formatted(id)
                        + ",\"day\":null,\"note\":\"2026-03-01T01:02:03.123456Z\"},\"source\":{\"name\":\"" + TOPIC
                        + "\",\"snapshot\":\"false\",\"ts_us\":1780272000000000,\"schema\":\"public\",\"table\":\"face\","
                        + "\"txId\":7,\"lsn\":4000000000},\"transaction\":null,\"op\":\"c\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aChangeThatWasNotWrittenInTimeIsNeverTakenForTheNextOne() {
        Incoming late = new Incoming("op/faces", standing(1, 7));
        Incoming kept = late.kept();
        standing(2, 8);

        assertThat(kept.change().rowKey()).isEqualTo("7");
        assertThatThrownBy(() -> packed(late)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(late::kept).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoeverCopiesAChangeKeepsIt() {
        Incoming standing = new Incoming("op/faces", standing(1, 7));
        Incoming copy = packing.copy(standing);
        standing(2, 8);

        assertThat(copy.change().rowKey()).isEqualTo("7");
        assertThat(packing.copy(copy)).isSameAs(copy);
    }

    /** By the compiler of the tests, which keeps every object that the code asks for. */
    @Test
    void nothingIsMadeOfARecordBeforeItIsWritten() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<byte[]> records = new ArrayList<>();
        for (int id = 0; id < 2_000; id++) {
            records.add(plain(1_000_000_000 + id));
        }
        standing(0, 1_000_000_000);
        DataOutputSerializer out = new DataOutputSerializer(512);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (byte[] record : records) {
                out.clear();
                packing.serialize(new Incoming("op/faces", quick.inPlace(TOPIC, 0, 1, APPENDED, null, record)), out);
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / records.size());
        }
        assertThat(out.length()).isPositive();
        assertThat(least).isLessThanOrEqualTo(MOST_ALLOCATED);
    }
}
