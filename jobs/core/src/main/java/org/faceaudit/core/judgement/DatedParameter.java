package org.faceaudit.core.judgement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/** A parameter by the legal day of an instant. Remembers the day asked for last, for instants that come in their order. */
final class DatedParameter {

    private final Registry registry;
    private final String name;
    private final String operator;
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;
    private BigDecimal value;

    DatedParameter(Registry registry, String name, String operator) {
        this.registry = registry;
        this.name = name;
        this.operator = operator;
    }

    BigDecimal at(Instant instant) {
        if (instant.isBefore(from) || !instant.isBefore(to)) {
            LegalDay day = LegalDay.of(instant);
            from = day.start();
            to = day.plusDays(1).start();
            value = registry.decimal(name, operator, day);
        }
        return value;
    }

    int integerAt(Instant instant) {
        return at(instant).intValueExact();
    }

    /** A number of things of which there must be one at least. */
    int countAt(Instant instant) {
        return Math.max(1, integerAt(instant));
    }

    /** The largest value that any day knows. */
    int largest() {
        return registry.daysOfChange(name, operator).stream()
                .map(day -> registry.integer(name, operator, day))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("the registry has no parameter " + name));
    }
}
