package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** The name-based id of an alert: UUID version 5 over the JSON array of what makes it the same alert. */
final class AlertId {

    private static final String NAMESPACE = "6f6d1a6e4c0b5c7e9d3a0fa8a2d1b7c5";

    private AlertId() {}

    static UUID of(String ruleId, String operator, String subjectKind, String subjectId, String trigger) {
        ArrayNode name = new ObjectMapper().createArrayNode();
        name.add(ruleId).add(operator).add(subjectKind).add(subjectId).add(trigger);
        return version5(HexFormat.of().parseHex(NAMESPACE), name.toString());
    }

    /** RFC 9562, section 5.5. */
    static UUID version5(byte[] namespace, String name) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        sha1.update(namespace);
        String hex = HexFormat.of()
                .formatHex(sha1.digest(name.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
        char variant = "89ab".charAt(Character.digit(hex.charAt(16), 16) & 3);
        String marked = hex.substring(0, 12) + '5' + hex.substring(13, 16) + variant + hex.substring(17);
        return new UUID(
                new BigInteger(marked.substring(0, 16), 16).longValue(),
                new BigInteger(marked.substring(16), 16).longValue());
    }
}
