package org.faceaudit.intake.envelope;

/** The names that came more than once; what comes once drives none out. Holds a thousand; not thread-safe. */
final class KnownNames {

    private static final int SLOTS = 1_024;

    private final KnownName[] names = new KnownName[SLOTS];
    /** Hash of the name that came last and was not known. */
    private final int[] missed = new int[SLOTS];

    /** The name of some bytes, which are sound UTF-8; {@code null} if it comes for the first time. */
    KnownName of(byte[] document, int from, int to, int hash) {
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & (SLOTS - 1);
        KnownName known = names[slot];
        if (known != null && known.is(document, from, to, hash)) {
            return known;
        }
        if (missed[slot] != hash) {
            missed[slot] = hash;
            return null;
        }
        names[slot] = new KnownName(document, from, to, hash);
        return names[slot];
    }
}
