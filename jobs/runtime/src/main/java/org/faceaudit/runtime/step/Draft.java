package org.faceaudit.runtime.step;

import java.util.Objects;
import org.faceaudit.core.alert.Derivation;

/**
 * What was derived of one alert, on its way to the ledger.
 *
 * @param derivation all episodes of the alert
 * @param lawArticle the articles its rule rests on, as the registry has them; {@code null} if it does not know the rule
 */
public record Draft(Derivation derivation, String lawArticle) {

    public Draft {
        Objects.requireNonNull(derivation, "derivation");
    }
}
