package org.faceaudit.core.law;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a parameter is measured in, and which values of it a judgement can count with. */
enum ParameterUnit {
    SECONDS("[0-9]{1,7}"),
    HOURS("[0-9]{1,7}"),
    DAYS("[0-9]{1,7}"),
    WORKING_DAYS("[1-9][0-9]{0,3}"),
    PERSONS("[1-9][0-9]{0,14}"),
    PERCENT("[0-9]{1,3}(\\.[0-9]{1,15})?"),
    COUNT("[0-9]{1,7}"),
    SEVERITY("[1-5]"),
    DATE("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** Parameters whose last word people choose, so that no other row tells their unit: what each family is read in. */
    private static final Map<String, ParameterUnit> FAMILIES = Map.of(
            "raw-image-retained.floor.", DAYS, "change-filing-overdue.substantive.", COUNT, "processed-by.", COUNT);

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final Pattern spelling;

    ParameterUnit(String spelling) {
        this.spelling = Pattern.compile(spelling);
    }

    /**
     * The unit of a parameter as its row states it.
     *
     * @throws IllegalArgumentException if there is no such unit, or no rule reads a parameter of that family in it
     */
    static ParameterUnit of(String name, String text) {
        ParameterUnit stated = valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        for (Map.Entry<String, ParameterUnit> family : FAMILIES.entrySet()) {
            if (name.startsWith(family.getKey()) && stated != family.getValue()) {
                throw new IllegalArgumentException(
                        "parameter " + name + " is read in " + family.getValue() + ", not in " + stated);
            }
        }
        return stated;
    }

    /** @throws IllegalArgumentException or {@link java.time.DateTimeException} if the value is none of this unit */
    void check(String value) {
        if (!spelling.matcher(value).matches() || (this == PERCENT && new BigDecimal(value).compareTo(WHOLE) > 0)) {
            throw new IllegalArgumentException("no parameter in " + this + ": " + value);
        }
        if (this == DATE) {
            LegalDay.parse(value);
        }
    }
}
