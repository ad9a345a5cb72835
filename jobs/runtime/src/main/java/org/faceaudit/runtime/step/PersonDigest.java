package org.faceaudit.runtime.step;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The 128 bits by which a person is known within its group, mixed one to one, so that any of them spread persons whatever the
 * tokens are.
 */
record PersonDigest(long high, long low) {

    /** Persons of one group are spread over so many buckets, as a power of two. */
    static final int BUCKET_BITS = 7;

    private static final int DIGITS = 32;

    /** The token of a digest of 32 hexadecimal digits; any other name of a person is digested first. */
    static PersonDigest of(String person) {
        if (isDigest(person)) {
            return mixed(
                    HexFormat.fromHexDigitsToLong(person, 0, DIGITS / 2),
                    HexFormat.fromHexDigitsToLong(person, DIGITS / 2, DIGITS));
        }
        try {
            ByteBuffer digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(person.getBytes(StandardCharsets.UTF_8)));
            return mixed(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    /** A Feistel network: different bits stay different. */
    private static PersonDigest mixed(long high, long low) {
        long one = low ^ hash(high);
        long two = high ^ hash(one + 1);
        return new PersonDigest(two, one ^ hash(two + 2));
    }

    private static long hash(long bits) {
        long hash = (bits ^ bits >>> 32) * 0xd6e8feb86659fd93L;
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    private static boolean isDigest(String person) {
        if (person.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            if (!isDigit(person.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    /** The person's bucket, by the first bits. */
    int bucket() {
        return (int) (high >>> Long.SIZE - BUCKET_BITS);
    }

    /** All bits but those that tell the bucket. */
    long highInBucket() {
        return high & -1L >>> BUCKET_BITS;
    }

    /** Bits that spread the persons of a bucket over pages. */
    int spread() {
        return (int) (low >>> 33);
    }
}
