package org.faceaudit.intake.envelope;

import com.fasterxml.jackson.core.JsonToken;
import java.nio.charset.StandardCharsets;

/**
 * Reads the JSON that connectors write nearly always, without a tree, a context or a copy: plain names, numbers that fit a
 * long, sound UTF-8. Whatever is not plain, wrong or merely rare, is {@link Unusual}, and the general parser has to
 * say what it is. What is read here is read alike there. Reads one document after another; not thread-safe.
 */
final class PlainJsonParser extends TokenParser {

    private static final int DEEPEST = 60;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_LONG = 19;
    private static final int MOST_NAMES = 64;

    private byte[] bytes = new byte[0];
    private int at;
    private boolean ended;

    private int depth;
    private final boolean[] inArray = new boolean[DEEPEST + 1];
    /** Something stands before in the object or array, by depth. */
    private final boolean[] begun = new boolean[DEEPEST + 1];
    /** Hashes of the names so far, by depth. */
    private final int[][] names = new int[DEEPEST + 1][MOST_NAMES];

    private final int[] nameCount = new int[DEEPEST + 1];
    /** A bit for each of them, so that most new names are seen to be new at once. */
    private final long[] nameBits = new long[DEEPEST + 1];

    private boolean afterName;
    private int nameFrom;
    private int nameTo;
    private int textFrom;
    private int textTo;
    private boolean escaped;
    private int entered;

    private final KnownTexts known = new KnownTexts();
    private final KnownNames knownNames = new KnownNames();

    /** The name that came last in the object, by depth; {@code null} before the first. */
    private final KnownName[] newest = new KnownName[DEEPEST + 1];
    /** Whose value the object inside is, by depth. */
    private final KnownName[] opened = new KnownName[DEEPEST + 1];
    /** Stand for the document, for a part of one, and for a name that comes for the first time. */
    private final KnownName whole = new KnownName(new byte[0], 0, 0, 0);

    private final KnownName inner = new KnownName(new byte[0], 0, 0, 0);
    private final KnownName nobody = new KnownName(new byte[0], 0, 0, 0);
    private boolean colonToCome;

    /** Begins with another document. */
    PlainJsonParser reset(byte[] document) {
        return resetAt(document, 0);
    }

    /** Begins with an object inside a document that was read to its end before, at a {@link #place}. */
    PlainJsonParser resetAt(byte[] document, int place) {
        bytes = document;
        at = place;
        ended = false;
        depth = 0;
        afterName = false;
        _currToken = null;
        opened[0] = place == 0 ? whole : inner;
        return this;
    }

    /** Where the object or array begins that was entered last. */
    int place() {
        return entered;
    }

    private static Unusual unusual() {
        return Unusual.ONLY;
    }

    @Override
    public JsonToken nextToken() {
        if (ended) {
            return end();
        }
        byte next = nextByte();
        if (afterName) {
            afterName = false;
            if (colonToCome) {
                if (next != ':') {
                    throw unusual();
                }
                at++;
                next = nextByte();
            }
            return value(next);
        }
        if (depth == 0) {
            if (next != '{') {
                throw unusual();
            }
            return value(next);
        }
        if (next == (inArray[depth] ? ']' : '}')) {
            at++;
            boolean array = inArray[depth];
            depth--;
            ended = depth == 0;
            return _currToken = array ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
        }
        if (begun[depth]) {
            if (next != ',') {
                throw unusual();
            }
            at++;
            next = nextByte();
        }
        begun[depth] = true;
        return inArray[depth] ? value(next) : name(next);
    }

    private JsonToken end() {
        for (; at < bytes.length; at++) {
            if (!isSpace(bytes[at])) {
                throw unusual();
            }
        }
        return _currToken = null;
    }

    private byte nextByte() {
        while (at < bytes.length) {
            byte next = bytes[at];
            if (next > ' ' || !isSpace(next)) {
                return next;
            }
            at++;
        }
        throw unusual();
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private JsonToken name(byte first) {
        KnownName before = newest[depth];
        KnownName guess = before == null ? opened[depth - 1].first : before.next;
        if (guess != null && guess.isAt(bytes, at)) {
            remember(guess.hash());
            at += guess.length();
            colonToCome = false;
            newest[depth] = guess;
        } else {
            KnownName name = otherName(first);
            colonToCome = true;
            if (name != null && before != null) {
                before.next = name;
            } else if (name != null && nameCount[depth] == 1) {
                opened[depth - 1].first = name;
            }
            newest[depth] = name == null ? nobody : name;
        }
        afterName = true;
        return _currToken = JsonToken.FIELD_NAME;
    }

    /** Reads a name that was not to be expected; {@code null} if it comes for the first time. */
    private KnownName otherName(byte first) {
        if (first != '"') {
            throw unusual();
        }
        int from = at + 1;
        int hash = 0;
        boolean ascii = true;
        int to = from;
        for (; ; to++) {
            if (to >= bytes.length || to - from > LONGEST_NAME) {
                throw unusual();
            }
            byte next = bytes[to];
            if (next == '"') {
                break;
            }
            if (next < 0) {
                ascii = false;
            } else if (next < ' ' || next == '\\') {
                throw unusual();
            }
            hash = 31 * hash + next;
        }
        if (!ascii && !SoundUtf8.isSound(bytes, from, to)) {
            throw unusual();
        }
        remember(hash);
        nameFrom = from;
        nameTo = to;
        at = to + 1;
        return knownNames.of(bytes, from, to, hash);
    }

    /** Perhaps the same name twice: the general parser compares names, not hashes. */
    private void remember(int hash) {
        int[] before = names[depth];
        int count = nameCount[depth];
        if (count == MOST_NAMES) {
            throw unusual();
        }
        long bit = 1L << (hash ^ hash >>> 6 ^ hash >>> 12);
        if ((nameBits[depth] & bit) != 0) {
            for (int i = 0; i < count; i++) {
                if (before[i] == hash) {
                    throw unusual();
                }
            }
        }
        nameBits[depth] |= bit;
        before[count] = hash;
        nameCount[depth] = count + 1;
    }

    private JsonToken value(byte first) {
        switch (first) {
            case '"':
                string();
                return _currToken = JsonToken.VALUE_STRING;
            case '{':
                enter(false);
                return _currToken = JsonToken.START_OBJECT;
            case '[':
                enter(true);
                return _currToken = JsonToken.START_ARRAY;
            case 'n':
                word("null");
                return _currToken = JsonToken.VALUE_NULL;
            case 't':
                word("true");
                return _currToken = JsonToken.VALUE_TRUE;
            case 'f':
                word("false");
                return _currToken = JsonToken.VALUE_FALSE;
            default:
                return _currToken = number(first);
        }
    }

    private void enter(boolean array) {
        if (depth == DEEPEST) {
            throw unusual();
        }
        entered = at;
        at++;
        if (depth > 0) {
            opened[depth] = newest[depth] == null ? nobody : newest[depth];
        }
        depth++;
        newest[depth] = null;
        inArray[depth] = array;
        begun[depth] = false;
        nameCount[depth] = 0;
        nameBits[depth] = 0;
    }

    private void word(String word) {
        textFrom = at;
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= bytes.length || bytes[at] != word.charAt(i)) {
                throw unusual();
            }
        }
        textTo = at;
        endOfScalar();
    }

    private JsonToken number(byte first) {
        textFrom = at;
        int digits = first == '-' ? at + 1 : at;
        int to = digits;
        while (to < bytes.length && isDigit(bytes[to])) {
            to++;
        }
        boolean whole = to > digits && to - digits <= LONGEST_NUMBER && (bytes[digits] != '0' || to - digits == 1);
        if (!whole) {
            throw unusual();
        }
        at = to;
        JsonToken kind = JsonToken.VALUE_NUMBER_INT;
        if (to < bytes.length && bytes[to] == '.') {
            kind = JsonToken.VALUE_NUMBER_FLOAT;
            do {
                to++;
            } while (to < bytes.length && isDigit(bytes[to]));
            if (to == at + 1 || to - at > LONGEST_NUMBER) {
                throw unusual();
            }
            at = to;
        }
        textTo = at;
        endOfScalar();
        return kind;
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }

    /** An exponent, or letters that run on, are not for this parser. */
    private void endOfScalar() {
        if (at < bytes.length) {
            byte next = bytes[at];
            if (next != ',' && next != '}' && next != ']' && !isSpace(next)) {
                throw unusual();
            }
        }
    }

    private void string() {
        textFrom = at + 1;
        escaped = false;
        boolean ascii = true;
        int to = PlainBytes.endOfPlain(bytes, textFrom);
        for (; ; to++) {
            if (to >= bytes.length) {
                throw unusual();
            }
            byte next = bytes[to];
            if (next == '"') {
                break;
            }
            if (next == '\\') {
                escaped = true;
                to = escape(to + 1);
            } else if (next < 0) {
                ascii = false;
            } else if (next < ' ') {
                throw unusual();
            }
        }
        textTo = to;
        at = to + 1;
        if (!ascii && !SoundUtf8.isSound(bytes, textFrom, textTo)) {
            throw unusual();
        }
    }

    /** The last place of an escape. */
    private int escape(int place) {
        if (place >= bytes.length) {
            throw unusual();
        }
        switch (bytes[place]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return place;
            case 'u':
                for (int i = 1; i <= 4; i++) {
                    if (place + i >= bytes.length || Character.digit(bytes[place + i], 16) < 0) {
                        throw unusual();
                    }
                }
                return place + 4;
            default:
                throw unusual();
        }
    }

    @Override
    public String getCurrentName() {
        KnownName name = newest[depth];
        return name != nobody ? name.text() : new String(bytes, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
    }

    @Override
    public String getText() {
        if (_currToken == JsonToken.VALUE_STRING) {
            if (escaped) {
                throw unusual();
            }
        } else if (!_currToken.isScalarValue()) {
            throw unusual();
        } else if (_currToken.isNumeric()) {
            return new String(bytes, textFrom, textTo - textFrom, StandardCharsets.ISO_8859_1);
        }
        return known.text(bytes, textFrom, textTo);
    }

    @Override
    public NumberType getNumberType() {
        if (_currToken != JsonToken.VALUE_NUMBER_INT) {
            throw unusual();
        }
        long value = getLongValue();
        return value == (int) value ? NumberType.INT : NumberType.LONG;
    }

    @Override
    public int getIntValue() {
        long value = getLongValue();
        if (value != (int) value) {
            throw unusual();
        }
        return (int) value;
    }

    @Override
    public long getLongValue() {
        if (_currToken != JsonToken.VALUE_NUMBER_INT) {
            throw unusual();
        }
        boolean negative = bytes[textFrom] == '-';
        int from = negative ? textFrom + 1 : textFrom;
        if (textTo - from > LONGEST_LONG) {
            throw unusual();
        }
        long value = 0;
        for (int i = from; i < textTo; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        // Nineteen digits overflow into a negative number at most.
        if (value < 0) {
            throw unusual();
        }
        return negative ? -value : value;
    }
}
