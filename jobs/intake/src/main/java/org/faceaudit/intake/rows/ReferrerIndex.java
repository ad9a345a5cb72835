package org.faceaudit.intake.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The rows under a value of one column, in small portions: all subjects of a collection have one value, and a store rewrites a
 * portion for each row that joins it. A full portion has {@value #BRANCHES} further ones, chosen by the row's hash.
 */
final class ReferrerIndex {

    private static final int PORTION = 64;
    private static final int BRANCHES = 64;
    private static final int BITS = 6;
    private static final int DEEPEST = Integer.SIZE / BITS;

    private final RowStore store;
    private final String name;

    ReferrerIndex(RowStore store, String name) {
        this.store = store;
        this.name = name;
    }

    void add(String value, String rowKey) {
        int hash = spread(rowKey.hashCode());
        String portion = name;
        for (int depth = 0; ; depth++) {
            List<String> rows = portion(portion, value);
            if (rows.contains(rowKey)) {
                return;
            }
            if (rows.size() < PORTION || depth == DEEPEST) {
                store.index(portion, value, rowKey);
                return;
            }
            portion = branch(portion, hash >>> (depth * BITS) & (BRANCHES - 1));
        }
    }

    /** Forgets every row under the value. */
    void clear(String value) {
        clear(name, value, 0);
    }

    private void clear(String portion, String value, int depth) {
        List<String> rows = portion(portion, value);
        if (rows.size() >= PORTION && depth < DEEPEST) {
            for (int next = 0; next < BRANCHES; next++) {
                clear(branch(portion, next), value, depth + 1);
            }
        }
        rows.forEach(row -> store.unindex(portion, value, row));
    }

    /** The rows that were ever added under the value, sorted. */
    Iterable<String> rowsUnder(String value) {
        TreeSet<String> rows = new TreeSet<>();
        collect(name, value, 0, rows);
        return rows;
    }

    private void collect(String portion, String value, int depth, TreeSet<String> into) {
        List<String> rows = portion(portion, value);
        into.addAll(rows);
        if (rows.size() >= PORTION && depth < DEEPEST) {
            for (int next = 0; next < BRANCHES; next++) {
                collect(branch(portion, next), value, depth + 1, into);
            }
        }
    }

    private List<String> portion(String portion, String value) {
        List<String> rows = new ArrayList<>();
        store.indexed(portion, value).forEach(rows::add);
        return rows;
    }

    private static String branch(String portion, int number) {
        return portion + String.format(Locale.ROOT, "#%02x", number);
    }

    /** String hashes of keys that count up differ in their last bits only. */
    private static int spread(int hash) {
        return hash * 0x9E3779B1 ^ hash >>> Short.SIZE;
    }
}
