package org.faceaudit.intake.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in the lengths that decoding needs. */
public final class Digests {

    private static final int KEY_BYTES = 16;

    private Digests() {}

    static String whole(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** First 128 bits over a row's table and key, hexadecimal. */
    public static String key(String table, String rowKey) {
        return HexFormat.of().formatHex(digest(table, rowKey), 0, KEY_BYTES);
    }

    /** First 64 bits over the parts. */
    static long identity(String... parts) {
        return ByteBuffer.wrap(digest(parts)).getLong();
    }

    private static byte[] digest(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            // Length first, and null apart from empty, so that no two lists of parts have one digest.
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(part == null ? -1 : bytes.length)
                    .array());
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
