package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tells which verification methods an access point offers: exactly one of constant, flags and column.
 *
 * @param constant methods that every row offers; empty for none
 * @param flags boolean column to the method it switches on; empty for none
 * @param column a column that lists methods; {@code null} for none
 * @param delimiter what separates the methods in the column; {@code null} for a JSON array
 * @param values the product's spelling to ours; empty if the product uses ours (in any letter case)
 */
public record MethodsReading(
        List<String> constant, Map<String, String> flags, Reading column, String delimiter, Map<String, String> values)
        implements Serializable {

    /** The methods there are. */
    public static final List<String> METHODS = List.of(
            "FACE", "CARD", "QR", "PIN", "FINGERPRINT", "PALM", "IRIS", "STAFF", "DOCUMENT", "APP", "DEVICE", "OTHER");

    public MethodsReading {
        constant = List.copyOf(constant);
        flags = Collections.unmodifiableMap(new TreeMap<>(flags));
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
