package org.faceaudit.core.alert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.UUID;

/**
 * What makes two alerts the same alert: rule, operator, subject and trigger. Dates are no part of it.
 *
 * @param ruleId kebab-case id of the rule
 * @param operator id of the audited company
 * @param subjectKind {@code operator}, {@code system}, {@code access-point}, {@code image-cause}, …
 * @param subjectId the subject's id, parts joined by {@code /}
 * @param trigger an ordinal or an id, {@code ""} for none; never a date
 */
public record AlertKey(String ruleId, String operator, String subjectKind, String subjectId, String trigger) {

    /** The namespace of all alert ids; changing it would rename every alert ever emitted. */
    private static final UUID NAMESPACE = UUID.fromString("6f6d1a6e-4c0b-5c7e-9d3a-0fa8a2d1b7c5");

    public AlertKey {
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(subjectKind, "subjectKind");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(trigger, "trigger");
    }

    /** UUID version 5 (RFC 9562) of the JSON array of the five parts in the fixed namespace. */
    public UUID id() {
        String name = "[" + quoted(ruleId) + "," + quoted(operator) + "," + quoted(subjectKind) + ","
                + quoted(subjectId) + "," + quoted(trigger) + "]";
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides SHA-1", e);
        }
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .array());
        byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 0xf, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
