package org.faceaudit.cli.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Counts distinct texts and keeps nothing of them but 128 bits each. Not thread-safe. */
final class DistinctDigests {

    private static final int FIRST_CAPACITY = 1 << 10;

    private final MessageDigest sha256;
    /** Pairs of longs by open addressing; a pair of zeros is an empty place. */
    private long[] places = new long[2 * FIRST_CAPACITY];

    private int size;

    DistinctDigests() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    void add(String text) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        add(digest.getLong(), digest.getLong());
    }

    /** The same with 128 bits that are a digest already. */
    void add(long high, long low) {
        if (put(places, high, low)) {
            size++;
            // At most two of three places are taken.
            if (size * 3L > places.length) {
                grow();
            }
        }
    }

    long size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(places.length, 2)];
        for (int i = 0; i < places.length; i += 2) {
            if (places[i] != 0 || places[i + 1] != 0) {
                put(larger, places[i], places[i + 1]);
            }
        }
        places = larger;
    }

    private static boolean put(long[] places, long high, long low) {
        int mask = places.length - 1;
        int at = (int) (low << 1) & mask;
        while (places[at] != 0 || places[at + 1] != 0) {
            if (places[at] == high && places[at + 1] == low) {
                return false;
            }
            at = (at + 2) & mask;
        }
        places[at] = high;
        places[at + 1] = low;
        return true;
    }
}
