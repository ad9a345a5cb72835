package org.faceaudit.core.event;

import java.util.Objects;

/**
 * A natural person, known only by a keyed token.
 *
 * @param identifies what the token stands for: {@code id-card}, {@code phone}, {@code member-no}, {@code local-id},
 *     {@code free-text}
 * @param keyId id of the key the token was made with
 * @param normalisation how the identifier was normalised before it was keyed
 * @param scope empty for identifiers that compare everywhere; {@code system} or {@code system/collection} for a
 *     product's own ids, which compare only inside their scope
 * @param digest 128 bits, hexadecimal
 */
public record PersonToken(String identifies, String keyId, String normalisation, String scope, String digest) {

    public PersonToken {
        Objects.requireNonNull(identifies, "identifies");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(normalisation, "normalisation");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(digest, "digest");
    }

    /** Tokens with the same group compare: equal digests are one person, distinct digests are distinct persons. */
    public String group() {
        return identifies + '|' + keyId + '|' + normalisation + '|' + scope;
    }
}
