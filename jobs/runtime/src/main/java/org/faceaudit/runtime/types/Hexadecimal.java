package org.faceaudit.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.faceaudit.intake.envelope.PlainBytes;

/** 64 bits as sixteen hexadecimal digits, small letters; eight digits at a time. */
final class Hexadecimal {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;

    private Hexadecimal() {}

    /** Whether a text from a place on is so many digits, a multiple of eight. */
    static boolean isBits(byte[] text, int from, int digits) {
        for (int i = from + digits - Long.BYTES; i >= from; i -= Long.BYTES) {
            if (!PlainBytes.areHexadecimal(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** The bits of sixteen digits. */
    static long bits(byte[] text, int from) {
        return half(text, from) << Integer.SIZE | half(text, from + Long.BYTES);
    }

    private static long half(byte[] text, int from) {
        long eight = (long) EIGHT.get(text, from);
        // A letter's lower bits are nine less than it is worth.
        long nibbles = (eight & 0x0f * EACH) + 9 * (eight >>> 6 & EACH);
        long pairs = (nibbles | nibbles >>> 4) & 0x00ff_00ff_00ff_00ffL;
        long fours = (pairs | pairs >>> 8) & 0x0000_ffff_0000_ffffL;
        return (fours | fours >>> 16) & 0xffff_ffffL;
    }

    static void write(long bits, byte[] into, int from) {
        for (int i = from + 15, shift = 0; i >= from; i--, shift += 4) {
            into[i] = DIGITS[(int) (bits >>> shift) & 0xf];
        }
    }
}
