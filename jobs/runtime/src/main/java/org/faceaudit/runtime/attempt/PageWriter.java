package org.faceaudit.runtime.attempt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes bytes that {@link PageReader} reads. Texts of the forms that logs are full of (counting numbers, digests, log positions)
 * are written as the numbers that they are, if reading gives the very same text.
 */
final class PageWriter {

    static final int NONE = 0;
    static final int NUMBER = 1;
    static final int DIGEST = 2;
    static final int LOG_POSITION = 3;
    static final int PLAIN = 4;
    static final int DIGEST_BYTES = 16;

    private static final int MOST_DIGITS = 18;
    private static final int MOST_HALF = 8;

    private byte[] bytes = new byte[128];
    private int length;

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what was written. */
    PageWriter clear() {
        length = 0;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    PageWriter bits(int bits) {
        room(1);
        bytes[length++] = (byte) bits;
        return this;
    }

    /** The lower bytes of a number, so many of them. */
    PageWriter fixed(long number, int width) {
        room(width);
        for (int i = width - 1; i >= 0; i--) {
            bytes[length++] = (byte) (number >>> (i * Byte.SIZE));
        }
        return this;
    }

    /** A number that is not negative and often small. */
    PageWriter number(long number) {
        room(10);
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    PageWriter signed(long number) {
        return number(number << 1 ^ number >> 63);
    }

    PageWriter raw(byte[] from, int start, int count) {
        room(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    PageWriter raw(PageWriter other) {
        return raw(other.bytes, 0, other.length);
    }

    /** Any text, {@code null} among them. */
    PageWriter text(String text) {
        if (text == null) {
            return bits(NONE);
        }
        if (isNumber(text)) {
            return bits(NUMBER).number(Long.parseLong(text));
        }
        if (isDigest(text)) {
            bits(DIGEST);
            fixed(HexFormat.fromHexDigitsToLong(text, 0, DIGEST_BYTES), Long.BYTES);
            return fixed(HexFormat.fromHexDigitsToLong(text, DIGEST_BYTES, 2 * DIGEST_BYTES), Long.BYTES);
        }
        int slash = text.indexOf('/');
        if (slash > 0 && isHalf(text, 0, slash) && isHalf(text, slash + 1, text.length())) {
            long high = Long.parseLong(text, 0, slash, 16);
            return bits(LOG_POSITION).number(high << Integer.SIZE | Long.parseLong(text, slash + 1, text.length(), 16));
        }
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        return bits(PLAIN).number(plain.length).raw(plain, 0, plain.length);
    }

    private static boolean isNumber(String text) {
        int count = text.length();
        if (count == 0 || count > MOST_DIGITS || (text.charAt(0) == '0' && count > 1)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigest(String text) {
        if (text.length() != 2 * DIGEST_BYTES) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHalf(String text, int from, int to) {
        if (to - from < 1 || to - from > MOST_HALF || (text.charAt(from) == '0' && to - from > 1)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))) {
                return false;
            }
        }
        return true;
    }
}
