package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What tells in which kind of space an access point stands.
 *
 * @param column the column that names it
 * @param values the product's spelling to ours; empty if the product uses ours (in any letter case)
 */
public record SpaceReading(Reading column, Map<String, String> values) implements Serializable {

    /** The kinds of spaces there are: those that Art. 13 of the Measures calls private, and all others. */
    public static final List<String> SPACES = List.of("GUEST_ROOM", "BATH", "CHANGING_ROOM", "TOILET", "OTHER");

    public SpaceReading {
        Objects.requireNonNull(column, "column");
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
