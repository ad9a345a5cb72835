package org.faceaudit.intake.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Gives a mapping its version: the same for every layout of the same mapping. */
final class CanonicalYaml {

    private CanonicalYaml() {}

    /**
     * First 16 hexadecimal digits of SHA-256 over the mapping with sorted keys, the id of its token key and its zone. Of a file
     * that is not prepared yet it is over literals: such a version goes nowhere, since nothing judges by such a file.
     */
    static String version(Node mapping, String tokenKey, ZoneId zone) {
        StringBuilder text = new StringBuilder();
        append(text, tokenKey);
        append(text, zone.getId());
        append(text, mapping);
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private static void append(StringBuilder text, Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Node> sorted = new TreeMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                sorted.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
            }
            text.append('{');
            sorted.forEach((key, value) -> {
                append(text, key);
                append(text, value);
            });
            text.append('}');
        } else if (node instanceof SequenceNode sequence) {
            text.append('[');
            sequence.getValue().forEach(value -> append(text, value));
            text.append(']');
        } else {
            append(text, ((ScalarNode) node).getValue());
        }
    }

    /** Length first, so that no two mappings have one text. */
    private static void append(StringBuilder text, String scalar) {
        text.append(scalar.length()).append(':').append(scalar);
    }
}
