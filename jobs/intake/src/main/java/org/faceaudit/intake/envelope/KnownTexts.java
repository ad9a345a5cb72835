package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names and short texts that come again and again, so that each is one String: the second time that one comes, it is kept, and
 * what comes once drives nothing out. Kept texts are interned, so that they are found in a switch or a map by being the same
 * object. Holds a thousand; not thread-safe.
 */
final class KnownTexts {

    private static final int SLOTS = 1_024;
    private static final int LONGEST = 48;

    private final String[] texts = new String[SLOTS];
    private final byte[][] bytes = new byte[SLOTS][];
    private final int[] hashes = new int[SLOTS];
    /** Hash of the text that came last and was not kept. */
    private final int[] missed = new int[SLOTS];

    /** The text of some bytes, which are sound UTF-8; kept if it is short. */
    String text(byte[] document, int from, int to) {
        if (to - from > LONGEST) {
            return new String(document, from, to - from, StandardCharsets.UTF_8);
        }
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + document[i];
        }
        return text(document, from, to, hash);
    }

    /** The same of any length; equal bytes must come with equal hashes. */
    String text(byte[] document, int from, int to, int hash) {
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & (SLOTS - 1);
        byte[] known = bytes[slot];
        if (known != null && hashes[slot] == hash && Arrays.equals(known, 0, known.length, document, from, to)) {
            return texts[slot];
        }
        String text = new String(document, from, to - from, StandardCharsets.UTF_8);
        if (missed[slot] != hash) {
            missed[slot] = hash;
            return text;
        }
        bytes[slot] = Arrays.copyOfRange(document, from, to);
        hashes[slot] = hash;
        texts[slot] = text.intern();
        return texts[slot];
    }
}
