package org.faceaudit.runtime.step;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The 128 bits by which a person is known within its group. */
record PersonDigest(long high, long low) {

    private static final int DIGITS = 32;

    /** The token of a digest of 32 hexadecimal digits; any other name of a person is digested first. */
    static PersonDigest of(String person) {
        if (isDigest(person)) {
            return new PersonDigest(
                    HexFormat.fromHexDigitsToLong(person, 0, DIGITS / 2),
                    HexFormat.fromHexDigitsToLong(person, DIGITS / 2, DIGITS));
        }
        try {
            ByteBuffer digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(person.getBytes(StandardCharsets.UTF_8)));
            return new PersonDigest(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
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

    /** Bits that spread persons over pages, whatever the tokens are. */
    int spread() {
        long mixed = (high ^ low * 0x9e3779b97f4a7c15L) * 0xff51afd7ed558ccdL;
        return (int) (mixed >>> 33);
    }
}
