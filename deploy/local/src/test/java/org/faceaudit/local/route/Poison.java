package org.faceaudit.local.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records that no connector would write.
 *
 * @param reason why each must be rejected
 */
@SuppressWarnings("ArrayRecordComponent")
record Poison(String reason, byte[] key, byte[] value) {
    /** Stands in the poison itself; so it may be found in its topic, and nowhere else. */
    static final String CONTENT = "route-poison-content-77b1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] KEY = utf8("{\"编号\":\"" + CONTENT + "\"}");

    /** One of each kind, some made of a genuine change. */
    static List<Poison> kinds(byte[] genuine) throws IOException {
        List<Poison> kinds = new ArrayList<>();
        kinds.add(new Poison("not-json", KEY, utf8("这不是变更 " + CONTENT)));
        kinds.add(new Poison("truncated-json", KEY, utf8("{\"before\":null,\"after\":{\"编号\":\"" + CONTENT)));
        kinds.add(new Poison("null-value", KEY, null));
        kinds.add(new Poison("null-value", null, null));
        kinds.add(new Poison("not-an-envelope", null, utf8("{\"" + CONTENT + "\":1}")));
        kinds.add(new Poison("not-json", KEY, new byte[1 << 20]));
        ObjectNode types = change(genuine);
        types.withObject("/source").put("lsn", CONTENT);
        kinds.add(new Poison("wrong-type", KEY, JSON.writeValueAsBytes(types)));
        kinds.add(new Poison(
                "wrong-type", KEY, JSON.writeValueAsBytes(change(genuine).put("after", 5))));
        kinds.add(new Poison(
                "unknown-op", KEY, JSON.writeValueAsBytes(change(genuine).put("op", "x"))));
        ObjectNode foreign = change(genuine);
        foreign.withObject("/source").put("name", "cdc.another-operator.faces");
        kinds.add(new Poison("foreign-operator", KEY, JSON.writeValueAsBytes(foreign)));
        return kinds;
    }

    private static ObjectNode change(byte[] genuine) throws IOException {
        return (ObjectNode) JSON.readTree(genuine);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What a reject tells of the content: of the value, or where there is none, of the key. */
    String sha256() {
        byte[] content = value != null ? value : key != null ? key : new byte[0];
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides SHA-256", e);
        }
    }

    /**
     * Appends records to partition 0 of a topic.
     *
     * @return their offsets
     */
    static List<Long> send(String bootstrap, String topic, List<Poison> poison)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                // 1 MiB of zeros with its frame is more than the default allows.
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 << 20,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "gzip");
        List<Long> offsets = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Poison record : poison) {
                offsets.add(producer.send(new ProducerRecord<>(topic, 0, record.key(), record.value()))
                        .get()
                        .offset());
            }
        }
        return offsets;
    }
}
