package org.faceaudit.runtime.types;

import java.nio.charset.StandardCharsets;

/** 64 bits as sixteen hexadecimal digits, small letters. */
final class Hexadecimal {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Hexadecimal() {}

    static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    static long bits(CharSequence text, int from) {
        long bits = 0;
        for (int i = from; i < from + 16; i++) {
            char c = text.charAt(i);
            bits = bits << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return bits;
    }

    static void write(long bits, byte[] into, int from) {
        for (int i = from + 15, shift = 0; i >= from; i--, shift += 4) {
            into[i] = DIGITS[(int) (bits >>> shift) & 0xf];
        }
    }
}
