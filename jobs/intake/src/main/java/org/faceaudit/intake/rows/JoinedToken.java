package org.faceaudit.intake.rows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The token over several columns, made of the columns' own: a converter sees one column at a time. The first 128 bits of
 * SHA-256 over {@code t1 LF <kind> LF <digest> LF <digest> …}, in the order of the mapping. It needs no key, since each
 * column's digest was made with it: without the key no part of it can be found by trying.
 */
final class JoinedToken {

    private static final int TOKEN_BYTES = 16;

    private JoinedToken() {}

    /** The digest, hexadecimal. */
    static String digest(String kind, List<String> digests) {
        String text = "t1\n" + kind + "\n" + String.join("\n", digests);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, TOKEN_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform provides SHA-256", missing);
        }
    }
}
