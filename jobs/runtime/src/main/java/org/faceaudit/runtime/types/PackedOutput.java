package org.faceaudit.runtime.types;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.core.memory.DataOutputView;
import org.faceaudit.intake.envelope.PlainBytes;
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
    private static final int LONGEST_NUMBER = 10;
    private static final int LONGEST_LOG_POSITION = 17;
    private static final long SECONDS_IN_MICROS = 1L << 40;

    /** Words are few: each is turned into bytes when it comes first, or when another took its place. */
    private static final int REMEMBERED = 1 << 8;

    private static final int LONGEST_REMEMBERED = 100;

    /** So much is passed on by itself, and not copied before. */
    private static final int LONG = 1_024;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NO_BYTES = {};

    private final boolean gathers;
    private DataOutputView out;
    private byte[] gathered = new byte[32];
    private int length;
    private byte[] ascii = NO_BYTES;
    /** Made when the first word comes: many write numbers only. */
    private String[] words;

    private byte[][] wordBytes;

    /** One that passes on at once what it is given. */
    public PackedOutput() {
        this(false);
    }

    private PackedOutput(boolean gathers) {
        this.gathers = gathers;
    }

    /** One that passes on what it was given when it is told to {@link #pass}. */
    static PackedOutput gathering() {
        return new PackedOutput(true);
    }

    /** From now on to another place. */
    public PackedOutput to(DataOutputView place) {
        out = place;
        length = 0;
        return this;
    }

    /** Passes on what was gathered. */
    void pass() throws IOException {
        int all = length;
        length = 0;
        out.write(gathered, 0, all);
    }

    private void passUnlessGathering() throws IOException {
        if (!gathers) {
            pass();
        }
    }

    private void makeRoom(int more) {
        if (length + more > gathered.length) {
            gathered = Arrays.copyOf(gathered, 2 * (length + more));
        }
    }

    public void bits(int bits) throws IOException {
        makeRoom(1);
        gathered[length++] = (byte) bits;
        passUnlessGathering();
    }

    public void fixed(long number) throws IOException {
        makeRoom(Long.BYTES);
        EIGHT.set(gathered, length, number);
        length += Long.BYTES;
        passUnlessGathering();
    }

    /** A number that is seldom negative and often small. */
    public void number(long number) throws IOException {
        makeRoom(LONGEST_NUMBER);
        length = spell(number, gathered, length);
        passUnlessGathering();
    }

    /** Gives where it ends. */
    private static int spell(long number, byte[] into, int at) {
        long rest = number << 1 ^ number >> 63;
        int end = at;
        while ((rest & ~0x7fL) != 0) {
            into[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        into[end++] = (byte) rest;
        return end;
    }

    public void bytes(byte[] bytes) throws IOException {
        bytes(bytes, 0, bytes.length);
    }

    /** The first of some bytes, as many as these are. */
    public void bytes(byte[] bytes, int length) throws IOException {
        bytes(bytes, 0, length);
    }

    private void bytes(byte[] bytes, int from, int to) throws IOException {
        number(to - from);
        as(bytes, from, to - from);
    }

    /** What was written to another place before. */
    public void ready(byte[] written) throws IOException {
        as(written, 0, written.length);
    }

    private void as(byte[] bytes, int from, int size) throws IOException {
        if (size > LONG) {
            pass();
            out.write(bytes, from, size);
            return;
        }
        makeRoom(size);
        System.arraycopy(bytes, from, gathered, length, size);
        length += size;
        passUnlessGathering();
    }

    /** An instant; microseconds take eight bytes at most. */
    public void instant(Instant instant) throws IOException {
        instant(instant.getEpochSecond(), instant.getNano());
    }

    /** The same by its seconds since the epoch and the nanoseconds behind them. */
    public void instant(long second, int nano) throws IOException {
        boolean micros = nano % 1_000 == 0 && second > -SECONDS_IN_MICROS && second < SECONDS_IN_MICROS;
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
        if (words == null) {
            words = new String[REMEMBERED];
            wordBytes = new byte[REMEMBERED][];
        }
        int hash = word.hashCode();
        int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & REMEMBERED - 1;
        if (!word.equals(words[slot])) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > LONGEST_REMEMBERED) {
                bytes(bytes);
                return;
            }
            byte[] whole = new byte[LONGEST_NUMBER + bytes.length];
            int head = spell(bytes.length, whole, 0);
            System.arraycopy(bytes, 0, whole, head, bytes.length);
            words[slot] = word;
            wordBytes[slot] = Arrays.copyOf(whole, head + bytes.length);
        }
        ready(wordBytes[slot]);
    }

    /**
     * Any text, {@code null} among them.
     *
     * @param flags up to 31 to be read with the text
     */
    public void text(String text, int flags) throws IOException {
        if (text == null) {
            none(flags);
        } else if (text.length() <= LONGEST_LOG_POSITION && LogPosition.isSequenceNumber(text)) {
            logPosition(LogPosition.sequenceNumber(text), flags);
        } else if (isAscii(text)) {
            text(ascii, 0, text.length(), flags);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            text(bytes, 0, bytes.length, flags);
        }
    }

    /** Whether all characters are bytes, which are copied. */
    private boolean isAscii(String text) {
        int size = text.length();
        if (size > ascii.length) {
            ascii = new byte[2 * size];
        }
        int all = 0;
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            all |= c;
            ascii[i] = (byte) c;
        }
        return all < 0x80;
    }

    /** The same of no text. */
    public void none(int flags) throws IOException {
        head(NONE, flags);
    }

    /** The same of a log position that is a sequence number. */
    public void logPosition(long number, int flags) throws IOException {
        head(LOG_POSITION, flags);
        fixed(number);
    }

    /** The same of a text that is 128 bits in hexadecimal, small letters. */
    public void digest(long high, long low, int flags) throws IOException {
        head(DIGEST, flags);
        number(0);
        fixed(high);
        fixed(low);
    }

    /** The same of a text that stands in bytes, sound UTF-8: what is written is the same. */
    public void text(byte[] utf8, int from, int to, int flags) throws IOException {
        int size = to - from;
        int digest = to - DIGEST_DIGITS;
        if (size >= DIGEST_DIGITS && Hexadecimal.isBits(utf8, digest, DIGEST_DIGITS)) {
            head(DIGEST, flags);
            bytes(utf8, from, digest);
            fixed(Hexadecimal.bits(utf8, digest));
            fixed(Hexadecimal.bits(utf8, digest + DIGEST_DIGITS / 2));
        } else if (size == PointsInTime.LENGTH && PointsInTime.isCanonical(utf8, from)) {
            head(POINT_IN_TIME, flags);
            number(PointsInTime.micros(utf8, from));
        } else if (isNumber(utf8, from, to)) {
            head(NUMBER, flags);
            number(PlainBytes.number(utf8, from, to));
        } else if (isLogPosition(utf8, from, to)) {
            logPosition(LogPosition.sequenceNumber(ascii(utf8, from, to)), flags);
        } else {
            head(PLAIN, flags);
            bytes(utf8, from, to);
        }
    }

    private void head(int form, int flags) throws IOException {
        bits(form | flags << 3);
    }

    private static boolean isNumber(byte[] text, int from, int to) {
        int digits = to - from;
        return digits > 0
                && digits <= MOST_DIGITS
                && (text[from] != '0' || digits == 1)
                && PlainBytes.endOfDigits(text, from) >= to;
    }

    /** Seldom one that stands in bytes: who writes many knows that they are. */
    private static boolean isLogPosition(byte[] text, int from, int to) {
        if (to - from > LONGEST_LOG_POSITION) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text[i] == '/') {
                return LogPosition.isSequenceNumber(ascii(text, from, to));
            }
        }
        return false;
    }

    /** No other byte becomes a digit by it. */
    private static String ascii(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
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
