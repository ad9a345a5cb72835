package org.faceaudit.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Spoils records: bytes of them, and their shape as JSON. The same seed spoils alike. */
public final class Mutator {

    /** Stands in every image that is planted; no outcome may hold it. */
    public static final String MARKER = "TUFSS0VSTUFSS0VS";

    /** Stands in every one that is planted as hexadecimal. */
    public static final String HEXADECIMAL_MARKER = "feedfacefeedface";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SURROGATE = "half a pair";
    private static final String ABYSS = "one within the other";
    private static final int DEPTH = 10_000;
    private static final int FRAME = 5;

    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-1",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999999",
            "1.5",
            "1e400",
            "\"\"",
            "\"x\"",
            "\"infinity\"",
            "\"-infinity\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.999999Z\"",
            "\"2026-02-30\"",
            "\"" + SURROGATE + "\"",
            // A decimal as each of the handling modes writes it: string, double, precise and of a scale of its own.
            "\"12.50\"",
            "12.5",
            "\"BOI=\"",
            "{\"scale\":2,\"value\":\"BOI=\"}",
            "\"\\u0000\"",
            "\"__debezium_unavailable_value\"",
            "[\"__debezium_unavailable_value\"]",
            "\"AeI=\"",
            "{\"scale\":2,\"value\":\"AeI=\"}",
            "[]",
            "{}",
            "[[[[[1]]]]]",
            "{\"a\":{\"b\":[true]}}");

    private final Random random;
    private final List<byte[]> records;
    private final List<JsonNode> planted = new ArrayList<>();

    /** @param records what to spoil */
    public Mutator(long seed, List<byte[]> records) {
        random = new Random(seed);
        this.records = List.copyOf(records);
        String image = Base64.getEncoder().encodeToString(new byte[96]) + MARKER + "A".repeat(200);
        planted.add(JSON.getNodeFactory().textNode(image));
        planted.add(JSON.getNodeFactory().textNode("data:image/png;base64," + MARKER));
        ArrayNode vector = JSON.createArrayNode();
        for (int i = 0; i < 128; i++) {
            vector.add(i / 7.0);
        }
        planted.add(vector.deepCopy().add(MARKER));
        planted.add(JSON.createObjectNode().set("feature", vector));
        planted.add(JSON.getNodeFactory().textNode(vector + MARKER));
        planted.add(JSON.getNodeFactory().textNode("\\x" + HEXADECIMAL_MARKER.repeat(3)));
        planted.add(JSON.getNodeFactory().textNode(HEXADECIMAL_MARKER.repeat(40)));
    }

    /** A record, spoilt once to four times. */
    public byte[] next(int record) {
        byte[] mutant = records.get(record).clone();
        if (random.nextInt(100) == 0) {
            return framed(mutant);
        }
        if (random.nextBoolean()) {
            mutant = shape(mutant);
        }
        if (random.nextInt(4) > 0) {
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                mutant = bytes(mutant);
            }
        }
        return mutant;
    }

    /** The record with raw biometrics in the place of one value of one of its row images; {@code null} if it has none. */
    public byte[] planted(int record) {
        JsonNode root = read(records.get(record));
        JsonNode row = root == null ? null : root.get(random.nextBoolean() ? "after" : "before");
        if (!(row instanceof ObjectNode object) || object.isEmpty()) {
            return null;
        }
        object.set(field(object), planted.get(random.nextInt(planted.size())));
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Behind the frame of a schema registry: a zero and the number of a schema; and sometimes what a binary format writes. */
    private byte[] framed(byte[] record) {
        byte[] content = random.nextBoolean() ? record : new byte[random.nextInt(40)];
        if (content != record) {
            random.nextBytes(content);
        }
        byte[] framed = new byte[FRAME + content.length];
        framed[FRAME - 1] = (byte) random.nextInt(128);
        System.arraycopy(content, 0, framed, FRAME, content.length);
        return framed;
    }

    private static JsonNode read(byte[] record) {
        try {
            return JSON.readTree(new String(record, StandardCharsets.UTF_8));
        } catch (JsonProcessingException spoilt) {
            return null;
        }
    }

    private String field(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.get(random.nextInt(names.size()));
    }

    private byte[] shape(byte[] record) {
        JsonNode root = read(record);
        if (!(root instanceof ObjectNode)) {
            return record;
        }
        ObjectNode object = (ObjectNode) root;
        for (int depth = random.nextInt(3); depth > 0 && !object.isEmpty(); depth--) {
            JsonNode inner = object.get(field(object));
            object = inner instanceof ObjectNode deeper && !deeper.isEmpty() ? deeper : object;
        }
        if (object.isEmpty()) {
            return record;
        }
        String field = field(object);
        String twice = null;
        switch (random.nextInt(7)) {
            case 0 -> object.remove(field);
            case 1 -> object.set(field + "_2", object.remove(field));
            case 2 -> object.set(field, object.get(field(object)));
            case 3 -> object.set(field, odd());
            case 4 -> object.put(field, new BigInteger(64, random));
            case 5 -> twice = "{\"" + field + "\":1,";
            default -> {
                JsonNode other = read(records.get(random.nextInt(records.size())));
                if (other != null && other.has(field)) {
                    object.set(field, other.get(field));
                }
            }
        }
        String text = root.toString();
        if (twice != null) {
            text = text.replaceFirst("\\{", twice);
        }
        return text.replace(SURROGATE, "\\ud800")
                .replace("\"" + ABYSS + "\"", "[".repeat(DEPTH) + "]".repeat(DEPTH))
                .getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode odd() {
        if (random.nextInt(50) == 0) {
            return JSON.getNodeFactory().textNode("字".repeat(20_000));
        }
        if (random.nextInt(50) == 0) {
            return JSON.getNodeFactory().textNode(ABYSS);
        }
        return read(ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 1 -> random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            case 2 -> {
                bytes[at] = (byte) "{}[]\",:0123456789-.eEtfn\\u ".charAt(random.nextInt(27));
                yield bytes;
            }
            case 3 -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(20));
                byte[] shorter = new byte[bytes.length - (end - at)];
                System.arraycopy(bytes, 0, shorter, 0, at);
                System.arraycopy(bytes, end, shorter, at, bytes.length - end);
                yield shorter;
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(bytes.length - Math.max(at, from), 1 + random.nextInt(20));
                System.arraycopy(bytes, from, bytes, at, length);
                yield bytes;
            }
        };
    }
}
