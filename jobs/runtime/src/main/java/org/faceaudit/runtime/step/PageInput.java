package org.faceaudit.runtime.step;

import static org.faceaudit.runtime.step.PageOutput.*;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.runtime.types.PackedInput;

/** Reads what {@link PageOutput} wrote with the same words and base. Not thread-safe. */
final class PageInput {

    private static final HexFormat HEX = HexFormat.of();

    private final DataInputDeserializer shapeBytes = new DataInputDeserializer();
    private final DataInputDeserializer valueBytes = new DataInputDeserializer();
    private final PackedInput shape = new PackedInput().from(shapeBytes);
    private final PackedInput values = new PackedInput().from(valueBytes);
    private final PageWords words;
    private final PageBase base;
    private final Map<String, String[]> groups = new HashMap<>();
    private final Map<Integer, Instant> starts = new HashMap<>();

    PageInput(PageWords words, PageBase base) {
        this.words = words;
        this.base = base;
    }

    void begin(byte[] entryShape, byte[] entryValues) {
        shapeBytes.setBuffer(entryShape);
        valueBytes.setBuffer(entryValues);
    }

    int bits() throws IOException {
        return shape.bits();
    }

    int count() throws IOException {
        return (int) shape.number();
    }

    String word() throws IOException {
        return words.word((int) shape.number());
    }

    long number() throws IOException {
        return values.number();
    }

    String text() throws IOException {
        return switch (shape.bits()) {
            case NONE -> null;
            case NUMBER -> Long.toString(values.number());
            default -> values.text();
        };
    }

    String key() throws IOException {
        String table = word();
        String rest = text();
        return table == null ? rest : table + '/' + rest;
    }

    LegalDay day() throws IOException {
        return new LegalDay((int) (values.number() + base.day()));
    }

    /** When a legal day begins; days fall together. */
    Instant start(int epochDay) {
        return starts.computeIfAbsent(epochDay, day -> new LegalDay(day).start());
    }

    Instant instant() throws IOException {
        return instant(base.second(), values);
    }

    static Instant instant(long base, PackedInput in) throws IOException {
        long number = in.number();
        long value = number >> 2;
        return switch ((int) (number & 3)) {
            case 0 -> Instant.ofEpochSecond(base + value);
            case 1 ->
                Instant.ofEpochSecond(base + Math.floorDiv(value, 1_000L), Math.floorMod(value, 1_000L) * 1_000_000);
            case 2 ->
                Instant.ofEpochSecond(
                        base + Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000);
            default -> Instant.ofEpochSecond(in.number(), in.number());
        };
    }

    TimeBounds bounds() throws IOException {
        int bits = bits();
        Instant earliest = instant();
        return new TimeBounds(earliest, (bits & EXACT) != 0 ? earliest : instant(), (bits & DECLARED) != 0);
    }

    PersonToken token() throws IOException {
        return token(word(), text());
    }

    PersonToken token(String group, String digest) {
        String[] parts = groups.computeIfAbsent(group, text -> text.split("\\|", 4));
        return new PersonToken(parts[0], parts[1], parts[2], parts[3], digest);
    }

    String digest() throws IOException {
        return HEX.toHexDigits(values.fixed()) + HEX.toHexDigits(values.fixed());
    }

    /**
     * A change.
     *
     * @param key of the row that it is of, as a rule
     * @param then when it was committed, as a rule
     * @param wanted whether it is looked at, or only passed: then the answer is {@code null}
     */
    Position position(String key, Instant then, boolean wanted) throws IOException {
        int bits = bits();
        String topic = word();
        int partition = count();
        long offset = number();
        long number = (bits & SEQUENCE_NUMBER) != 0 ? number() + base.sequence() : 0;
        String place = (bits & SEQUENCE_NUMBER) != 0 ? null : text();
        String transaction = text();
        int slash = key.indexOf('/');
        String ownTable = slash < 0 ? null : key.substring(0, slash);
        String table = (bits & OF_TABLE) != 0 ? ownTable : word();
        String hash = (bits & KEY_HASH_FOLLOWS) != 0 ? null : text();
        Instant committed = (bits & COMMITTED_THEN) != 0 ? then : instant();
        if (!wanted) {
            return null;
        }
        if ((bits & KEY_HASH_FOLLOWS) != 0 && slash >= 0) {
            hash = EnvelopeDecoder.keyHash(ownTable, key.substring(slash + 1));
        }
        return new Position(
                topic,
                partition,
                offset,
                (bits & SEQUENCE_NUMBER) != 0
                        ? LogPosition.ofSequenceNumber(number).text()
                        : place,
                transaction,
                table,
                hash,
                committed,
                (bits & SNAPSHOT) != 0);
    }
}
