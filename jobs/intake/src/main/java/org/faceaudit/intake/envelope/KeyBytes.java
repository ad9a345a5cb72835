package org.faceaudit.intake.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A row's key as {@link org.faceaudit.intake.rows.RowKey} spells it, in UTF-8, ready to be digested with its table. Not thread-safe. */
final class KeyBytes {

    private final int from;
    private byte[] bytes;
    private int to;
    private int parts;

    KeyBytes(String table) {
        byte[] name = table.getBytes(StandardCharsets.UTF_8);
        from = Integer.BYTES + name.length + Integer.BYTES;
        bytes = ByteBuffer.allocate(from + 64).putInt(name.length).put(name).array();
        to = from;
    }

    /** Begins another key of the same table. */
    void clear() {
        to = from;
        parts = 0;
    }

    /** Adds a part of the key, sound UTF-8. */
    void add(byte[] text, int begin, int end) {
        // The longest spelling of each byte, and what separates two parts.
        int most = to + 1 + 3 * (end - begin);
        if (most > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * most);
        }
        if (parts++ > 0) {
            bytes[to++] = '/';
        }
        for (int i = begin; i < end; i++) {
            byte next = text[i];
            if (next == '%' || next == '/') {
                bytes[to++] = '%';
                bytes[to++] = '2';
                bytes[to++] = (byte) (next == '%' ? '5' : 'F');
            } else {
                bytes[to++] = next;
            }
        }
    }

    /** Where the key's text stands. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The key as a text. */
    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** SHA-256 as {@link Digests#key} takes it; another's own, until the next digest of the same thread. */
    byte[] digest() {
        int length = to - from;
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[from - 1 - i] = (byte) (length >> 8 * i);
        }
        return Digests.digest(bytes, to);
    }
}
