package org.faceaudit.runtime.types;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.faceaudit.intake.rows.LogPosition;

/** Reads what {@link PackedOutput} wrote. Not thread-safe. */
public final class PackedInput {

    private static final int REMEMBERED = 1 << 10;
    private static final int LONGEST_REMEMBERED = 100;
    private static final byte[] NO_BYTES = {};

    private DataInputView in;
    private byte[] scratch = NO_BYTES;
    /** Made when the first word comes: many read numbers only. */
    private String[] words;

    private byte[][] wordBytes;
    private int flags;

    /** From now on from another place. */
    public PackedInput from(DataInputView place) {
        in = place;
        return this;
    }

    public int bits() throws IOException {
        return in.readByte() & 0xff;
    }

    public long fixed() throws IOException {
        return in.readLong();
    }

    public long number() throws IOException {
        long rest = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.readByte();
            rest |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return rest >>> 1 ^ -(rest & 1);
            }
        }
    }

    public byte[] bytes() throws IOException {
        byte[] bytes = new byte[(int) number()];
        in.readFully(bytes);
        return bytes;
    }

    public Instant instant() throws IOException {
        long number = number();
        if ((number & 1) != 0) {
            long second = number();
            return Instant.ofEpochSecond(second, number());
        }
        long micros = number >> 1;
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    public String word() throws IOException {
        int length = (int) number();
        if (length < 0) {
            return null;
        }
        if (length > LONGEST_REMEMBERED) {
            return plain(length);
        }
        if (words == null) {
            scratch = scratch.length < LONGEST_REMEMBERED ? new byte[LONGEST_REMEMBERED] : scratch;
            words = new String[REMEMBERED];
            wordBytes = new byte[REMEMBERED][];
        }
        in.readFully(scratch, 0, length);
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + scratch[i];
        }
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & (REMEMBERED - 1);
        byte[] known = wordBytes[slot];
        if (known == null || !Arrays.equals(known, 0, known.length, scratch, 0, length)) {
            wordBytes[slot] = Arrays.copyOf(scratch, length);
            words[slot] = new String(scratch, 0, length, StandardCharsets.UTF_8);
        }
        return words[slot];
    }

    private String plain(int length) throws IOException {
        if (length > scratch.length) {
            scratch = new byte[2 * length];
        }
        in.readFully(scratch, 0, length);
        return new String(scratch, 0, length, StandardCharsets.UTF_8);
    }

    /** A text; {@link #flags} are those that were written with it. */
    public String text() throws IOException {
        int head = bits();
        flags = head >>> 3;
        return switch (head & 7) {
            case PackedOutput.NONE -> null;
            case PackedOutput.PLAIN -> plain((int) number());
            case PackedOutput.NUMBER -> Long.toString(number());
            case PackedOutput.DIGEST -> digest();
            case PackedOutput.LOG_POSITION ->
                LogPosition.ofSequenceNumber(fixed()).text();
            case PackedOutput.POINT_IN_TIME -> PointsInTime.text(number());
            default -> throw new IOException("no form of text is numbered " + (head & 7));
        };
    }

    /** What was written with the last text. */
    public int flags() {
        return flags;
    }

    private String digest() throws IOException {
        int before = (int) number();
        int length = before + PackedOutput.DIGEST_DIGITS;
        if (length > scratch.length) {
            scratch = new byte[2 * length];
        }
        in.readFully(scratch, 0, before);
        Hexadecimal.write(fixed(), scratch, before);
        Hexadecimal.write(fixed(), scratch, before + PackedOutput.DIGEST_DIGITS / 2);
        return new String(scratch, 0, length, StandardCharsets.UTF_8);
    }
}
