package org.faceaudit.cli.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;

/**
 * The rows of one table, packed: of the key and of each value that is kept 128 bits, which tell it from every other. Rows are
 * known by number until they are removed. Not thread-safe.
 *
 * <p>A row takes 16 bytes for its key, 16 for each column and up to 12 to be found; where rows have to be put in the order of their
 * keys, the key's text as well.
 */
final class PackedRows {

    /** One value: what it is, as far as a comparison can ask. */
    record Value(long high, long low) {

        FieldState state() {
            return high != 0 ? FieldState.PRESENT : FieldState.values()[(int) low];
        }

        boolean isToken() {
            return high != 0 && (low & TOKEN) != 0;
        }

        boolean isEmptyImage() {
            return high != 0 && (low & EMPTY_IMAGE) != 0;
        }
    }

    private static final int TOKEN = 1;
    private static final int EMPTY_IMAGE = 2;
    private static final int MARKS = TOKEN | EMPTY_IMAGE;
    private static final int TOKEN_PARTS = 5;
    /** Where a row's values begin: behind the key's digest. */
    private static final int VALUES = 2;

    private static final int ROWS_PER_BLOCK = 1 << 12;
    private static final int FIRST_PLACES = 1 << 6;
    private static final int NOBODY = -1;
    private static final int GONE = -2;

    private final int columns;
    private final int width;
    private final Digester digester;
    private final List<long[]> blocks = new ArrayList<>();
    /** By hash of the key, a row's number. */
    private int[] places;

    private int used;
    private int taken;
    private int rows;
    private int[] free = new int[0];
    private int freed;
    /** By a row's number its key, {@code null} if none are kept. */
    private String[] keys;

    /**
     * No rows.
     *
     * @param columns how many values a row has
     * @param keepsKeys whether rows may be compared by their keys
     */
    PackedRows(int columns, Digester digester, boolean keepsKeys) {
        this.columns = columns;
        this.keys = keepsKeys ? new String[0] : null;
        this.width = VALUES + 2 * columns;
        this.digester = digester;
        places = emptyPlaces(FIRST_PLACES);
    }

    private static int[] emptyPlaces(int number) {
        int[] places = new int[number];
        Arrays.fill(places, NOBODY);
        return places;
    }

    int size() {
        return rows;
    }

    /** The row's number, negative if it is not there. */
    int find(String key) {
        Value digest = digester.of(key);
        int place = place(digest.high(), digest.low());
        return places[place] < 0 ? NOBODY : places[place];
    }

    /** Puts a row in the place of the one with the same key. */
    void put(String key, Value[] values) {
        Value digest = digester.of(key);
        int place = place(digest.high(), digest.low());
        int row = places[place];
        if (row < 0) {
            row = freed > 0 ? free[--freed] : used++;
            if (row / ROWS_PER_BLOCK == blocks.size()) {
                blocks.add(new long[ROWS_PER_BLOCK * width]);
            }
            places[place] = row;
            taken++;
            rows++;
            if (keys != null) {
                if (row >= keys.length) {
                    keys = Arrays.copyOf(keys, 2 * row + FIRST_PLACES);
                }
                keys[row] = key;
            }
        }
        long[] block = blocks.get(row / ROWS_PER_BLOCK);
        int at = row % ROWS_PER_BLOCK * width;
        block[at] = digest.high();
        block[at + 1] = digest.low();
        for (int i = 0; i < columns; i++) {
            block[at + VALUES + 2 * i] = values[i].high();
            block[at + VALUES + 1 + 2 * i] = values[i].low();
        }
        if (taken * 3L > places.length * 2L) {
            rehash();
        }
    }

    void remove(String key) {
        remove(digester.of(key));
    }

    /** Removes every row of which this holds, by its number. */
    void removeIf(IntPredicate unwanted) {
        List<Value> gone = new ArrayList<>();
        forEach(row -> {
            if (unwanted.test(row)) {
                long[] block = blocks.get(row / ROWS_PER_BLOCK);
                int at = row % ROWS_PER_BLOCK * width;
                gone.add(new Value(block[at], block[at + 1]));
            }
        });
        gone.forEach(this::remove);
    }

    private void remove(Value digest) {
        int place = place(digest.high(), digest.low());
        int row = places[place];
        if (row < 0) {
            return;
        }
        places[place] = GONE;
        if (freed == free.length) {
            free = Arrays.copyOf(free, Math.max(16, 2 * freed));
        }
        free[freed++] = row;
        rows--;
        if (keys != null) {
            keys[row] = null;
        }
        blocks.get(row / ROWS_PER_BLOCK)[row % ROWS_PER_BLOCK * width] = 0;
    }

    void clear() {
        blocks.clear();
        places = emptyPlaces(FIRST_PLACES);
        used = 0;
        taken = 0;
        rows = 0;
        freed = 0;
        keys = keys == null ? null : new String[0];
    }

    Value value(int row, int column) {
        long[] block = blocks.get(row / ROWS_PER_BLOCK);
        int at = row % ROWS_PER_BLOCK * width + VALUES + 2 * column;
        return new Value(block[at], block[at + 1]);
    }

    /** Orders two rows by their keys, which are kept. */
    int compareKeys(int one, int other) {
        return keys[one].compareTo(keys[other]);
    }

    /** Gives the number of every row. */
    void forEach(IntConsumer taker) {
        for (int row = 0; row < used; row++) {
            // A key's first half is never 0.
            if (blocks.get(row / ROWS_PER_BLOCK)[row % ROWS_PER_BLOCK * width] != 0) {
                taker.accept(row);
            }
        }
    }

    /** The numbers that rows have are below this one. */
    int numbers() {
        return used;
    }

    /** Where the key is, or where it may be put. */
    private int place(long high, long low) {
        int mask = places.length - 1;
        int at = (int) (low >>> 2) & mask;
        int gone = NOBODY;
        while (places[at] != NOBODY) {
            int row = places[at];
            if (row == GONE) {
                gone = gone < 0 ? at : gone;
            } else {
                long[] block = blocks.get(row / ROWS_PER_BLOCK);
                int there = row % ROWS_PER_BLOCK * width;
                if (block[there] == high && block[there + 1] == low) {
                    return at;
                }
            }
            at = (at + 1) & mask;
        }
        return gone < 0 ? at : gone;
    }

    private void rehash() {
        int number = places.length;
        while (rows * 3L > number) {
            number = Math.multiplyExact(number, 2);
        }
        places = emptyPlaces(number);
        taken = rows;
        forEach(row -> {
            long[] block = blocks.get(row / ROWS_PER_BLOCK);
            int there = row % ROWS_PER_BLOCK * width;
            places[place(block[there], block[there + 1])] = row;
        });
    }

    /** Makes values of texts. Not thread-safe. */
    static final class Digester {

        private final MessageDigest sha256;

        Digester() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        }

        Value of(FieldValue value) {
            return value.state() == FieldState.PRESENT
                    ? of(value.text())
                    : new Value(0, value.state().ordinal());
        }

        Value of(String text) {
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
            long high = digest.getLong();
            long low = digest.getLong() & ~MARKS;
            if (text.startsWith("d1:empty:")) {
                low |= EMPTY_IMAGE;
            }
            if (text.chars().filter(character -> character == ':').count() == TOKEN_PARTS - 1) {
                low |= TOKEN;
            }
            return new Value(high == 0 ? 1 : high, low);
        }
    }
}
