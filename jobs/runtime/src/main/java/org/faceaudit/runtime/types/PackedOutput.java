package org.faceaudit.runtime.types;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.core.memory.DataOutputView;
import org.faceaudit.intake.rows.LogPosition;

/**
 * Writes numbers and texts in as few bytes as they need. Texts of the forms that change streams are full of, counting numbers,
 * digests, log positions and points in time, are written as the numbers that they are, if reading gives the very same text.
 * Not thread-safe.
 */
public final class PackedOutput {

    static final int NONE = 0;
    static final int PLAIN = 1;
    static final int NUMBER = 2;
    static final int DIGEST = 3;
    static final int LOG_POSITION = 4;
    static final int POINT_IN_TIME = 5;
    static final int DIGEST_DIGITS = 32;

    private static final int MOST_DIGITS = 18;

    private DataOutputView out;
    private final byte[] scratch = new byte[10];

    /** From now on to another place. */
    public PackedOutput to(DataOutputView place) {
        out = place;
        return this;
    }

    public void bits(int bits) throws IOException {
        out.writeByte(bits);
    }

    public void fixed(long number) throws IOException {
        out.writeLong(number);
    }

    /** A number that is seldom negative and often small. */
    public void number(long number) throws IOException {
        long rest = number << 1 ^ number >> 63;
        int length = 0;
        while ((rest & ~0x7fL) != 0) {
            scratch[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        scratch[length++] = (byte) rest;
        out.write(scratch, 0, length);
    }

    public void bytes(byte[] bytes) throws IOException {
        bytes(bytes, bytes.length);
    }

    /** The first of some bytes, as many as these are. */
    public void bytes(byte[] bytes, int length) throws IOException {
        number(length);
        out.write(bytes, 0, length);
    }

    /** An instant; microseconds take eight bytes at most. */
    public void instant(Instant instant) throws IOException {
        long second = instant.getEpochSecond();
        int nano = instant.getNano();
        boolean micros = nano % 1_000 == 0 && second > -(1L << 40) && second < 1L << 40;
        if (micros) {
            number((second * 1_000_000 + nano / 1_000) << 1);
        } else {
            number(1);
            number(second);
            number(nano);
        }
    }

    /** A text that comes again and again: reading it gives one String for all. */
    public void word(String word) throws IOException {
        if (word == null) {
            number(-1);
            return;
        }
        plain(word);
    }

    private void plain(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Any text, {@code null} among them.
     *
     * @param flags up to 31 to be read with the text
     */
    public void text(String text, int flags) throws IOException {
        int length = text == null ? 0 : text.length();
        if (text == null) {
            head(NONE, flags);
        } else if (length >= DIGEST_DIGITS && isDigest(text, length - DIGEST_DIGITS)) {
            head(DIGEST, flags);
            plain(length == DIGEST_DIGITS ? "" : text.substring(0, length - DIGEST_DIGITS));
            digest(text, length - DIGEST_DIGITS);
        } else if (length == PointsInTime.LENGTH && PointsInTime.isCanonical(text)) {
            head(POINT_IN_TIME, flags);
            number(PointsInTime.micros(text));
        } else if (isNumber(text)) {
            head(NUMBER, flags);
            number(Long.parseLong(text));
        } else if (LogPosition.isSequenceNumber(text)) {
            head(LOG_POSITION, flags);
            fixed(LogPosition.sequenceNumber(text));
        } else {
            head(PLAIN, flags);
            plain(text);
        }
    }

    private void head(int form, int flags) throws IOException {
        out.writeByte(form | flags << 3);
    }

    private void digest(String text, int from) throws IOException {
        fixed(Hexadecimal.bits(text, from));
        fixed(Hexadecimal.bits(text, from + DIGEST_DIGITS / 2));
    }

    /** Whether a text from a place on is 32 hexadecimal digits, small letters. */
    private static boolean isDigest(String text, int from) {
        return Hexadecimal.isBits(text, from + DIGEST_DIGITS / 2) && Hexadecimal.isBits(text, from);
    }

    /** Whether a text is a counting number as it is spelled, and can be told by it. */
    public static boolean isNumber(String text) {
        int length = text.length();
        if (length == 0 || length > MOST_DIGITS || (text.charAt(0) == '0' && length > 1)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
