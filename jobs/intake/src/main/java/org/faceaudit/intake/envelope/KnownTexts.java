package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names and short texts that were seen before, so that each is one String. Holds a few hundred; not thread-safe. */
final class KnownTexts {

    private static final int SLOTS = 256;
    private static final int LONGEST = 24;

    private final String[] texts = new String[SLOTS];
    private final byte[][] bytes = new byte[SLOTS][];

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

    /** The same of any length, kept in any case; the hash is always the same one of the same bytes. */
    String text(byte[] document, int from, int to, int hash) {
        int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & (SLOTS - 1);
        byte[] known = bytes[slot];
        if (known == null || !Arrays.equals(known, 0, known.length, document, from, to)) {
            bytes[slot] = Arrays.copyOfRange(document, from, to);
            texts[slot] = new String(document, from, to - from, StandardCharsets.UTF_8);
        }
        return texts[slot];
    }
}
