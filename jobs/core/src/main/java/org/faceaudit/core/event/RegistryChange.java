package org.faceaudit.core.event;

import java.util.Map;
import java.util.Objects;

/**
 * The newest state of one row of the registry.
 *
 * @param table table name without schema, for example {@code filing}
 * @param key the primary key, columns joined by {@code /}
 * @param present {@code false} once the row is deleted
 * @param values column name to text; SQL NULL is a missing entry; dates as ISO text, arrays as JSON text
 * @param position the change this state rests on
 */
public record RegistryChange(String table, String key, boolean present, Map<String, String> values, Position position) {

    public RegistryChange {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(position, "position");
        values = Map.copyOf(values);
    }
}
