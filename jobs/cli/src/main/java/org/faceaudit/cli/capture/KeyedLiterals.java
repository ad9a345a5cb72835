package org.faceaudit.cli.capture;

import java.util.Objects;
import org.faceaudit.capture.Normalisation;
import org.faceaudit.capture.PersonToken;
import org.faceaudit.capture.TokenKey;
import org.faceaudit.intake.mapping.TokenColumn;
import org.faceaudit.intake.operator.LiteralTokens;

/** Makes the tokens of one operator's filters with its key, exactly as its connector makes those of the columns. */
public final class KeyedLiterals implements LiteralTokens {

    private final String secret;

    /** @param secret the operator's token key, as the connector is given it */
    public KeyedLiterals(String secret) {
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    @Override
    public String of(TokenColumn column, String keyId, String text) {
        String token = new PersonToken(
                        column.identifies(), Normalisation.parse(column.normalise()), TokenKey.parse(keyId, secret))
                .of(text);
        if (token.endsWith(":empty")) {
            throw new IllegalArgumentException("Normalised like " + column.table() + "." + column.column() + " ("
                    + column.normalise() + "), nothing is left of this.");
        }
        return token;
    }

    @Override
    public String toString() {
        return "KeyedLiterals";
    }
}
