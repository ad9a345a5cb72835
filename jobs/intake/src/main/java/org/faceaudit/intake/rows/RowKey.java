package org.faceaudit.intake.rows;

import java.util.List;
import java.util.stream.Collectors;

/** Spells ids that come from a source: one text, from which the parts can be told. */
public final class RowKey {

    private RowKey() {}

    /** The parts joined by {@code /}; {@code /} and {@code %} inside a part percent-encoded. */
    public static String of(List<String> parts) {
        return parts.stream().map(RowKey::encoded).collect(Collectors.joining("/"));
    }

    /** One part with {@code /} and {@code %} percent-encoded. */
    public static String encoded(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }
}
