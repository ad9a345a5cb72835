package org.faceaudit.core.counting;

/**
 * A 64-bit hash of a thing counted. Sums of such hashes, wrapping, name a set of things whatever their order, so that
 * evidence over many changes stays one number.
 */
public final class ThingHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private ThingHash() {}

    /** FNV-1a over the UTF-16 units of the parts, each ended by U+0000, then mixed so that sums spread. */
    public static long of(String... parts) {
        long hash = FNV_OFFSET;
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                char unit = part.charAt(i);
                hash = (hash ^ (unit & 0xff)) * FNV_PRIME;
                hash = (hash ^ (unit >>> 8)) * FNV_PRIME;
            }
            hash = hash * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** The spelling of a hash in evidence: 16 hexadecimal digits. */
    public static String text(long hash) {
        String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
