package org.faceaudit.capture;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes the text that stands for an identifier everywhere outside its own database:
 * {@code t1:<identifies>:<key id>:<normalisation>:<32 hex digits>}.
 *
 * <p>The digits are the first 128 bits of HMAC-SHA-256 over the UTF-8 text {@code t1 LF identifies LF normalisation LF value},
 * so that a phone and a card number with the same digits never meet. An identifier of which normalisation leaves nothing but
 * blanks identifies nobody: its last part is {@code empty}, for every kind, neither null (the row did say something) nor a person that
 * all such rows would share.
 *
 * @param identifies what it identifies, one of {@link #KINDS}
 * @param normalisation how spellings are made one
 * @param key the key
 */
public record PersonToken(String identifies, Normalisation normalisation, TokenKey key) {
    /** What a token can identify. */
    public static final List<String> KINDS =
            List.of("id-card", "phone", "member-no", "local-id", "free-text", "credential");

    private static final int TOKEN_BYTES = 16;

    /**
     * Checks the kind.
     *
     * @throws IllegalArgumentException naming the kinds there are
     */
    public PersonToken {
        if (!KINDS.contains(identifies)) {
            throw new IllegalArgumentException(
                    "'" + identifies + "' is nothing a token identifies; there are " + String.join(", ", KINDS) + ".");
        }
    }

    /** The token of an identifier's canonical text; never null. */
    public String of(String value) {
        String prefix = "t1:" + identifies + ":" + key.id() + ":" + normalisation + ":";
        String normalised = normalisation.apply(value);
        // A char(n) column pads what nobody filled in: blanks name nobody either.
        if (Normalisation.trim(normalised).isEmpty()) {
            return prefix + "empty";
        }
        String message = "t1\n" + identifies + "\n" + normalisation + "\n" + normalised;
        byte[] digest = key.hmac(message.getBytes(StandardCharsets.UTF_8));
        return prefix + HexFormat.of().formatHex(digest, 0, TOKEN_BYTES);
    }
}
