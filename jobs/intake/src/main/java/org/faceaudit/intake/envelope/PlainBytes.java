package org.faceaudit.intake.envelope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes of JSON at a time. */
public final class PlainBytes {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long QUOTES = 0x22 * EACH;
    private static final long BACKSLASHES = 0x5c * EACH;
    private static final long BLANKS = 0x20 * EACH;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ZEROS = '0' * EACH;
    private static final long PAIRS = 0x0000_00ff_0000_00ffL;
    private static final long FROM_ZERO = (0x80 - '0') * EACH;
    private static final long BEYOND_NINE = (0x7f - '9') * EACH;
    private static final long FROM_A = (0x80 - 'a') * EACH;
    private static final long BEYOND_F = (0x7f - 'f') * EACH;

    private PlainBytes() {}

    /** Eight bytes from a place on, the first one lowest. */
    public static long eight(byte[] bytes, int from) {
        return (long) EIGHT.get(bytes, from);
    }

    /** Where something else than a plain character stands first: a quote, a backslash, a control, a byte that is not ASCII; or the end. */
    static int endOfPlain(byte[] bytes, int from) {
        int to = from;
        for (int last = bytes.length - Long.BYTES; to <= last; to += Long.BYTES) {
            long eight = eight(bytes, to);
            // The high bit of a byte is set where it was, where the byte is below a blank, a quote or a backslash;
            // borrowing
            // may set it behind such a byte as well, never before.
            long special =
                    (eight | (eight - BLANKS) | ((eight ^ QUOTES) - EACH) | ((eight ^ BACKSLASHES) - EACH)) & HIGH_BITS;
            if (special != 0) {
                return to + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (to < bytes.length && bytes[to] >= ' ' && bytes[to] != '"' && bytes[to] != '\\') {
            to++;
        }
        return to;
    }

    /** Where something else than a digit stands first; or the end. */
    public static int endOfDigits(byte[] bytes, int from) {
        int to = from;
        for (int last = bytes.length - Long.BYTES; to <= last; to += Long.BYTES) {
            long eight = eight(bytes, to);
            // As above: what is carried or borrowed disturbs nothing before the first that is no digit.
            long other = (eight | (eight + BEYOND_NINE) | (eight - ZEROS)) & HIGH_BITS;
            if (other != 0) {
                return to + (Long.numberOfTrailingZeros(other) >>> 3);
            }
        }
        while (to < bytes.length && bytes[to] >= '0' && bytes[to] <= '9') {
            to++;
        }
        return to;
    }

    /** The number that digits say, as far as it fits in 64 bits. */
    public static long number(byte[] bytes, int from, int to) {
        long number = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            // Pairs of digits first, then pairs of pairs.
            long digits = eight(bytes, at) - ZEROS;
            digits = digits * 10 + (digits >>> 8);
            long even = (digits & PAIRS) * (100 + (1_000_000L << 32));
            long odd = (digits >>> 16 & PAIRS) * (1 + (10_000L << 32));
            number = number * 100_000_000 + (even + odd >>> 32);
        }
        for (; at < to; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    /** Writes 64 bits as sixteen hexadecimal digits, small letters. */
    static void writeHexadecimal(long bits, byte[] into, int at) {
        BIG_EIGHT.set(into, at, hexadecimal(bits >>> Integer.SIZE));
        BIG_EIGHT.set(into, at + Long.BYTES, hexadecimal(bits & 0xffff_ffffL));
    }

    /** The digits of 32 bits, the first one highest. */
    private static long hexadecimal(long bits) {
        long spread = (bits << 16 | bits) & 0x0000_ffff_0000_ffffL;
        spread = (spread << 8 | spread) & 0x00ff_00ff_00ff_00ffL;
        spread = (spread << 4 | spread) & 0x0f0f_0f0f_0f0f_0f0fL;
        long letters = (spread + 6 * EACH) >>> 4 & EACH;
        return spread + ZEROS + letters * ('a' - '0' - 10);
    }

    /** Whether eight ASCII bytes are hexadecimal digits, small letters. */
    public static boolean areHexadecimal(byte[] bytes, int from) {
        long eight = eight(bytes, from);
        long digits = (eight + FROM_ZERO) & ~(eight + BEYOND_NINE);
        long letters = (eight + FROM_A) & ~(eight + BEYOND_F);
        return ((digits | letters) & HIGH_BITS) == HIGH_BITS;
    }
}
