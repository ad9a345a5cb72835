package org.faceaudit.runtime.step;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.runtime.types.PackedOutput;

/**
 * Where one entry of a page is written to: its shape, all that many persons have alike (what there is, how many, which words), and
 * beside it the values, which everybody has of their own. A page keeps each shape once. {@link PageInput} is its mirror. Not
 * thread-safe.
 */
final class PageOutput {

    // Bounds.
    static final int EXACT = 1;
    static final int DECLARED = 2;

    // A position.
    static final int SNAPSHOT = 1;
    static final int OF_TABLE = 2;
    static final int COMMITTED_THEN = 4;
    static final int KEY_HASH_FOLLOWS = 8;
    static final int SEQUENCE_NUMBER = 16;

    // A text.
    static final int NONE = 0;
    static final int NUMBER = 1;
    static final int ANY = 2;

    /** Seconds that can be told in millionths. */
    static final long FAR = 1L << 36;

    static final int DIGITS = 16;

    private final DataOutputSerializer shapeBytes = new DataOutputSerializer(64);
    private final DataOutputSerializer valueBytes = new DataOutputSerializer(256);
    private final PackedOutput shape = new PackedOutput().to(shapeBytes);
    private final PackedOutput values = new PackedOutput().to(valueBytes);
    private final PageWords words;
    private final PageBase base;
    private boolean apart;

    PageOutput(PageWords words, PageBase base) {
        this.words = words;
        this.base = base;
    }

    void begin() {
        shapeBytes.clear();
        valueBytes.clear();
        apart = false;
    }

    /** Whether the shape names words that are not shared. */
    boolean apart() {
        return apart;
    }

    byte[] shape() {
        return shapeBytes.getCopyOfBuffer();
    }

    byte[] values() {
        return valueBytes.getCopyOfBuffer();
    }

    /** What there is. */
    void bits(int bits) throws IOException {
        shape.bits(bits);
    }

    /** How many there are, or which one of few. */
    void count(long count) throws IOException {
        shape.number(count);
    }

    void word(String word) throws IOException {
        int number = words.number(word);
        apart |= number < 0;
        shape.number(number);
    }

    /** A number that differs from one entry to the next. */
    void number(long number) throws IOException {
        values.number(number);
    }

    void text(String text) throws IOException {
        if (text == null) {
            shape.bits(NONE);
        } else if (PackedOutput.isNumber(text)) {
            shape.bits(NUMBER);
            values.number(Long.parseLong(text));
        } else {
            shape.bits(ANY);
            values.text(text, 0);
        }
    }

    /** A table and the key of a row in it; the table is a word. */
    void key(String key) throws IOException {
        int slash = key.indexOf('/');
        word(slash < 0 ? null : key.substring(0, slash));
        text(key.substring(slash + 1));
    }

    void day(LegalDay day) throws IOException {
        values.number((long) day.epochDay() - base.day());
    }

    void instant(Instant at) throws IOException {
        instant(at, base.second(), values);
    }

    /** In the largest unit that tells it: seconds, thousandths, millionths. */
    static void instant(Instant at, long base, PackedOutput out) throws IOException {
        long second = at.getEpochSecond();
        int nano = at.getNano();
        boolean near = Math.abs(second) < FAR && Math.abs(base) < FAR;
        if (near && nano == 0) {
            out.number((second - base) << 2);
        } else if (near && nano % 1_000_000 == 0) {
            out.number(((second - base) * 1_000 + nano / 1_000_000) << 2 | 1);
        } else if (near && nano % 1_000 == 0) {
            out.number(((second - base) * 1_000_000 + nano / 1_000) << 2 | 2);
        } else {
            out.number(3);
            out.number(second);
            out.number(nano);
        }
    }

    void bounds(TimeBounds bounds) throws IOException {
        bits((bounds.exact() ? EXACT : 0) | (bounds.declared() ? DECLARED : 0));
        instant(bounds.earliest());
        if (!bounds.exact()) {
            instant(bounds.latest());
        }
    }

    /** The parts of a token but its digest; the first three hold no bar. */
    void group(PersonToken token) throws IOException {
        String[] parts = token.group().split("\\|", 4);
        boolean plain = parts.length == 4
                && parts[0].equals(token.identifies())
                && parts[1].equals(token.keyId())
                && parts[2].equals(token.normalisation())
                && parts[3].equals(token.scope());
        if (!plain) {
            throw new IllegalStateException("a token's parts hold no bar: " + token.group());
        }
        word(token.group());
    }

    void token(PersonToken token) throws IOException {
        group(token);
        text(token.digest());
    }

    /** Of 32 hexadecimal digits. */
    void digest(String digest) throws IOException {
        values.fixed(HexFormat.fromHexDigitsToLong(digest, 0, DIGITS));
        values.fixed(HexFormat.fromHexDigitsToLong(digest, DIGITS, 2 * DIGITS));
    }

    static boolean isDigest(String text) {
        if (text.length() != 2 * DIGITS) {
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

    /**
     * A change.
     *
     * @param key of the row that the change is of, as a rule; its hash need not be told
     * @param then when it was committed, as a rule
     */
    void position(Position position, String key, Instant then) throws IOException {
        int slash = key.indexOf('/');
        String table = slash < 0 ? null : key.substring(0, slash);
        boolean ofTable = Objects.equals(position.table(), table);
        boolean committedThen = position.committedAt().equals(then);
        String hash = slash < 0 ? null : EnvelopeDecoder.keyHash(table, key.substring(slash + 1));
        boolean hashFollows = Objects.equals(position.keyHash(), hash);
        boolean sequenceNumber = position.logPosition() != null && LogPosition.isSequenceNumber(position.logPosition());
        bits((position.snapshot() ? SNAPSHOT : 0)
                | (ofTable ? OF_TABLE : 0)
                | (committedThen ? COMMITTED_THEN : 0)
                | (hashFollows ? KEY_HASH_FOLLOWS : 0)
                | (sequenceNumber ? SEQUENCE_NUMBER : 0));
        word(position.topic());
        count(position.partition());
        number(position.offset());
        if (sequenceNumber) {
            number(LogPosition.sequenceNumber(position.logPosition()) - base.sequence());
        } else {
            text(position.logPosition());
        }
        text(position.transaction());
        if (!ofTable) {
            word(position.table());
        }
        if (!hashFollows) {
            text(position.keyHash());
        }
        if (!committedThen) {
            instant(position.committedAt());
        }
    }
}
