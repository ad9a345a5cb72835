package org.faceaudit.capture;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that tokens are made with, and its public id. Nothing here ever shows the secret. */
public final class TokenKey {
    /** The fewest bytes of a key: as many as a token has. */
    public static final int MINIMUM_BYTES = 16;

    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final SecretKeySpec secret;

    private TokenKey(String id, SecretKeySpec secret) {
        this.id = id;
        this.secret = secret;
    }

    /**
     * Reads a key.
     *
     * @param id letters a–z, digits and hyphens, at most 32; appears in every token
     * @param secret the key in hexadecimal (tried first) or base64, standard or URL-safe, at least {@link #MINIMUM_BYTES} bytes
     * @throws IllegalArgumentException with one sentence that says what is wrong and never the secret
     */
    public static TokenKey parse(String id, String secret) {
        if (id == null || !ID.matcher(id.strip()).matches()) {
            throw new IllegalArgumentException(
                    "The key id must be 1 to 32 of a-z, 0-9 and '-', starting with no hyphen.");
        }
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException("The token key is missing.");
        }
        if (secret.strip().startsWith("${")) {
            throw new IllegalArgumentException(
                    "The token key is a reference that no config provider resolved: check 'config.providers' of the Connect worker.");
        }
        byte[] bytes = decode(secret.strip());
        if (bytes.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "The token key has " + bytes.length + " bytes, fewer than " + MINIMUM_BYTES + ".");
        }
        boolean repeated = true;
        for (byte b : bytes) {
            repeated &= b == bytes[0];
        }
        if (repeated) {
            throw new IllegalArgumentException("The token key is one byte repeated: make it from random bytes.");
        }
        return new TokenKey(id.strip(), new SecretKeySpec(bytes, ALGORITHM));
    }

    private static byte[] decode(String secret) {
        if (HEX.matcher(secret).matches()) {
            return HexFormat.of().parseHex(secret);
        }
        try {
            return Base64.getDecoder().decode(secret.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException unreadable) {
            // Not chained: the decoder's message quotes a character of the key.
            throw new IllegalArgumentException("The token key is neither hexadecimal nor base64.");
        }
    }

    /** The public name of the key: tokens compare only under the same. */
    public String id() {
        return id;
    }

    byte[] hmac(byte[] message) {
        try {
            // A Mac per call: converters run in several snapshot threads, and a Mac serves one.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java runtime lacks " + ALGORITHM + ".", missing);
        }
    }

    @Override
    public String toString() {
        return "TokenKey[" + id + "]";
    }
}
