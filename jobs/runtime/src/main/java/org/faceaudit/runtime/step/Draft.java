package org.faceaudit.runtime.step;

import java.util.Objects;
import org.faceaudit.core.alert.Derivation;

/**
 * What was derived of one alert, on its way to the ledger.
 *
 * @param derivation all episodes of the alert
 * @param lawArticle the articles its rule rests on, as the registry has them; {@code null} if it does not know the rule
 * @param calendarNews how the calendar has changed since what was derived before; {@code null} if it has not
 */
public record Draft(Derivation derivation, String lawArticle, String calendarNews) {

    public Draft {
        Objects.requireNonNull(derivation, "derivation");
    }
}
