package org.faceaudit.intake.operator;

import org.faceaudit.intake.mapping.TokenColumn;

/** Makes tokens as the operator's connector does: known only to whoever holds the key. */
@FunctionalInterface
public interface LiteralTokens {

    /**
     * The token that the column holds where the source holds the text.
     *
     * @param keyId id of the key that the file asks for
     * @throws IllegalArgumentException with one sentence, which does not show the text, if it identifies nothing
     */
    String of(TokenColumn column, String keyId, String text);
}
