package org.faceaudit.core.judgement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The numbers of persons that matter on one legal day.
 *
 * @param reached persons that trigger the filing duty (Art. 15 ¶1)
 * @param level2 fewest persons of the first warning level
 * @param level3 fewest persons of the second
 * @param level4 fewest persons of the third
 * @param calm below so many persons a warning ends
 */
record StorageThresholds(long reached, long level2, long level3, long level4, long calm) {

    static final String REACHED = StorageReached.RULE_ID + ".threshold";

    static StorageThresholds on(LegalDay day, String operator, Registry registry) {
        BigDecimal reached = registry.decimal(REACHED, operator, day);
        BigDecimal first = registry.decimal(StorageApproaching.RULE_ID + ".level-2", operator, day);
        BigDecimal hysteresis = registry.decimal(StorageApproaching.RULE_ID + ".hysteresis", operator, day);
        return new StorageThresholds(
                reached.setScale(0, RoundingMode.CEILING).longValueExact(),
                share(reached, first),
                share(reached, registry.decimal(StorageApproaching.RULE_ID + ".level-3", operator, day)),
                share(reached, registry.decimal(StorageApproaching.RULE_ID + ".level-4", operator, day)),
                share(reached, first.subtract(hysteresis)));
    }

    /** Those of an operator through time: they are asked for day by day, and change every few years. Not thread-safe. */
    static final class Line {
        private final String operator;
        private final Registry registry;
        private final TreeSet<LegalDay> changes;
        private LegalDay since;
        private StorageThresholds thresholds;

        Line(String operator, Registry registry) {
            this.operator = operator;
            this.registry = registry;
            this.changes = new TreeSet<>(daysOfChange(operator, registry));
        }

        StorageThresholds on(LegalDay day) {
            LegalDay change = changes.floor(day);
            if (thresholds == null || !Objects.equals(since, change)) {
                thresholds = StorageThresholds.on(day, operator, registry);
                since = change;
            }
            return thresholds;
        }

        /** The legal days from which other numbers hold. */
        Set<LegalDay> changes() {
            return changes;
        }
    }

    /** The legal days from which other numbers hold. */
    static Set<LegalDay> daysOfChange(String operator, Registry registry) {
        Set<LegalDay> days = new TreeSet<>();
        for (String parameter : List.of(
                REACHED,
                StorageApproaching.RULE_ID + ".level-2",
                StorageApproaching.RULE_ID + ".level-3",
                StorageApproaching.RULE_ID + ".level-4",
                StorageApproaching.RULE_ID + ".hysteresis")) {
            days.addAll(registry.daysOfChange(parameter, operator));
        }
        return days;
    }

    /** The fewest whole persons that are at least so many percent. */
    private static long share(BigDecimal whole, BigDecimal percent) {
        return whole.multiply(percent)
                .movePointLeft(2)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** The warning level of a count, 0 below the first. */
    int level(long persons) {
        if (persons >= level4) {
            return 4;
        }
        if (persons >= level3) {
            return 3;
        }
        return persons >= level2 ? 2 : 0;
    }
}
