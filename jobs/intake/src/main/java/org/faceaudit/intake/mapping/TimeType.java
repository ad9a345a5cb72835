package org.faceaudit.intake.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a column spells time. */
public enum TimeType {
    /** Date and time without a zone: local to the source's zone, even if the text ends in {@code Z}. */
    TIMESTAMP,
    /** Date and time with an offset. */
    TIMESTAMPTZ,
    /** A calendar day. */
    DATE,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    EPOCH_MICROS,
    EPOCH_NANOS;

    /** The name as a mapping writes it, for example {@code epoch-millis}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<TimeType> parse(String spelling) {
        return Arrays.stream(values())
                .filter(type -> type.spelling().equals(spelling))
                .findFirst();
    }

    public static List<String> spellings() {
        return Arrays.stream(values()).map(TimeType::spelling).toList();
    }
}
