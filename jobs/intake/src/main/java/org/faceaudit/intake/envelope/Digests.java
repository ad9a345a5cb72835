package org.faceaudit.intake.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.rows.RowKey;

/** SHA-256 in the lengths that decoding needs. */
public final class Digests {

    private static final int KEY_BYTES = 16;

    private Digests() {}

    static String whole(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** First 128 bits over a row's table and key, hexadecimal; {@code null} for a row of a table without a key. */
    public static String key(String table, String rowKey) {
        if (RowKey.isKeyless(rowKey)) {
            return null;
        }
        return HexFormat.of().formatHex(digest(table, rowKey), 0, KEY_BYTES);
    }

    /**
     * First 128 bits over what was captured of a row, hexadecimal: the same for equal rows, and for no others.
     *
     * @param fields every captured column
     */
    public static String content(Map<String, FieldValue> fields) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(fields).forEach((column, value) -> {
            parts.add(column);
            parts.add(value.state().name());
            parts.add(value.text());
        });
        return HexFormat.of().formatHex(digest(parts.toArray(String[]::new)), 0, KEY_BYTES);
    }

    /** First 64 bits over the parts. */
    static long identity(String... parts) {
        return ByteBuffer.wrap(digest(parts)).getLong();
    }

    private static byte[] digest(String... parts) {
        Scratch scratch = SCRATCH.get();
        scratch.length = 0;
        for (String part : parts) {
            scratch.add(part);
        }
        scratch.sha256.update(scratch.bytes, 0, scratch.length);
        return scratch.sha256.digest();
    }

    /** What is digested, and by whom; kept, since every record is digested twice. */
    private static final class Scratch {
        private final MessageDigest sha256 = sha256();
        private byte[] bytes = new byte[512];
        private int length;

        /** Length first, and null apart from empty, so that no two lists of parts have one digest. */
        private void add(String part) {
            byte[] text = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            if (length + Integer.BYTES + text.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (length + Integer.BYTES + text.length));
            }
            int said = part == null ? -1 : text.length;
            for (int shift = 24; shift >= 0; shift -= 8) {
                bytes[length++] = (byte) (said >> shift);
            }
            System.arraycopy(text, 0, bytes, length, text.length);
            length += text.length;
        }
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
