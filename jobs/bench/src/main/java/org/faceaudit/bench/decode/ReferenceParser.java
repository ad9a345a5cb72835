package org.faceaudit.bench.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The yardstick: a scanner over the bytes of one known envelope that takes out what a count of persons needs, and checks
 * nothing. Frozen: whoever made it faster or slower would move every figure that is given as a share of it. Allocates nothing
 * per record. Not thread-safe.
 */
public final class ReferenceParser {

    private static final byte[] AFTER = bytes("after");
    private static final byte[] BEFORE = bytes("before");
    private static final byte[] SOURCE = bytes("source");
    private static final byte[] OP = bytes("op");
    private static final byte[] ID = bytes("id");
    private static final byte[] ID_CARD = bytes("id_card");
    private static final byte[] CREATED_AT = bytes("created_at");
    private static final byte[] TABLE = bytes("table");
    private static final byte[] FACE = bytes("face");
    private static final byte[] LSN = bytes("lsn");
    private static final byte[] TS_US = bytes("ts_us");
    private static final byte[] TX_ID = bytes("txId");
    private static final int TOKEN_DIGITS = 32;

    private byte[] record;
    private int at;

    private char op;
    private boolean face;
    private long id;
    private long tokenHigh;
    private long tokenLow;
    private long createdAt;
    private long lsn;
    private long committedAt;
    private long transaction;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads one record; what it says is asked of the parser until the next one. */
    public void read(byte[] value) {
        record = value;
        at = 0;
        op = 0;
        face = false;
        id = 0;
        tokenHigh = 0;
        tokenLow = 0;
        createdAt = 0;
        object(0);
    }

    /** {@code c}, {@code u}, {@code d} or {@code r}. */
    public char op() {
        return op;
    }

    /** Whether the record is of the table of faces. */
    public boolean face() {
        return face;
    }

    /** The row's key. */
    public long id() {
        return id;
    }

    /** The first half of the person's token, 0 if the record tells none. */
    public long tokenHigh() {
        return tokenHigh;
    }

    /** The second half of the person's token. */
    public long tokenLow() {
        return tokenLow;
    }

    /** Everything that was read as one number, so that no compiler finds out that nobody wants it. */
    public long checksum() {
        return op + id + tokenHigh + tokenLow + createdAt + lsn + committedAt + transaction + (face ? 1 : 0);
    }

    /** @param within 0 the envelope, 1 a row, 2 the source */
    private void object(int within) {
        at++;
        while (record[at] != '}') {
            int from = at + 1;
            string();
            int to = at - 1;
            at++;
            value(within, from, to);
            if (record[at] == ',') {
                at++;
            }
        }
        at++;
    }

    private void value(int within, int from, int to) {
        byte first = record[at];
        if (first == '{') {
            if (within == 0 && (is(AFTER, from, to) || is(BEFORE, from, to))) {
                object(1);
            } else if (within == 0 && is(SOURCE, from, to)) {
                object(2);
            } else {
                object(3);
            }
        } else if (first == '"') {
            int begin = at + 1;
            string();
            text(within, from, to, begin, at - 1);
        } else if (first == '-' || (first >= '0' && first <= '9')) {
            long number = number();
            if (within == 1 && is(ID, from, to)) {
                id = number;
            } else if (within == 2 && is(LSN, from, to)) {
                lsn = number;
            } else if (within == 2 && is(TS_US, from, to)) {
                committedAt = number;
            } else if (within == 2 && is(TX_ID, from, to)) {
                transaction = number;
            }
        } else {
            while (record[at] != ',' && record[at] != '}') {
                at++;
            }
        }
    }

    private void text(int within, int from, int to, int begin, int end) {
        if (within == 0 && is(OP, from, to)) {
            op = (char) record[begin];
        } else if (within == 1 && is(ID_CARD, from, to) && end - begin > TOKEN_DIGITS) {
            tokenHigh = hex(end - TOKEN_DIGITS);
            tokenLow = hex(end - TOKEN_DIGITS / 2);
        } else if (within == 1 && is(CREATED_AT, from, to)) {
            long digits = 0;
            for (int i = begin; i < end; i++) {
                if (record[i] >= '0' && record[i] <= '9') {
                    digits = digits * 10 + record[i] - '0';
                }
            }
            createdAt = digits;
        } else if (within == 2 && is(TABLE, from, to)) {
            face = is(FACE, begin, end);
        }
    }

    private void string() {
        at++;
        while (record[at] != '"') {
            at += record[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private long number() {
        boolean negative = record[at] == '-';
        long number = 0;
        at += negative ? 1 : 0;
        while (record[at] >= '0' && record[at] <= '9') {
            number = number * 10 + record[at++] - '0';
        }
        while (record[at] != ',' && record[at] != '}') {
            at++;
        }
        return negative ? -number : number;
    }

    private long hex(int from) {
        long bits = 0;
        for (int i = from; i < from + TOKEN_DIGITS / 2; i++) {
            bits = bits << 4 | (record[i] <= '9' ? record[i] - '0' : record[i] - 'a' + 10);
        }
        return bits;
    }

    private boolean is(byte[] name, int from, int to) {
        return Arrays.equals(record, from, to, name, 0, name.length);
    }
}
