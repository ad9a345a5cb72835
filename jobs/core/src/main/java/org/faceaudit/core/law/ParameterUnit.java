package org.faceaudit.core.law;

import java.math.BigDecimal;
import java.util.Locale;
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

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final Pattern spelling;

    ParameterUnit(String spelling) {
        this.spelling = Pattern.compile(spelling);
    }

    /** @throws IllegalArgumentException if there is no such unit */
    static ParameterUnit of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
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
