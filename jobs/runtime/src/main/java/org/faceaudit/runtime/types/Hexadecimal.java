package org.faceaudit.runtime.types;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** 64 bits as sixteen hexadecimal digits, small letters. */
final class Hexadecimal {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** What each digit is worth, and what is none. */
    private static final byte[] VALUES = new byte[0x80];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < DIGITS.length; value++) {
            VALUES[DIGITS[value]] = (byte) value;
        }
    }

    private Hexadecimal() {}

    /** Whether a text from a place on is sixteen digits. */
    static boolean isBits(String text, int from) {
        int bad = 0;
        for (int i = from + DIGITS.length - 1; i >= from; i--) {
            char c = text.charAt(i);
            bad |= c < 0x80 ? VALUES[c] : -1;
            if (bad < 0) {
                return false;
            }
        }
        return true;
    }

    /** The bits of sixteen digits. */
    static long bits(String text, int from) {
        long bits = 0;
        for (int i = from; i < from + DIGITS.length; i++) {
            bits = bits << 4 | VALUES[text.charAt(i)];
        }
        return bits;
    }

    static void write(long bits, byte[] into, int from) {
        for (int i = from + 15, shift = 0; i >= from; i--, shift += 4) {
            into[i] = DIGITS[(int) (bits >>> shift) & 0xf];
        }
    }
}
