package org.faceaudit.cli.source;

import java.util.Objects;

/**
 * One column of a source's table.
 *
 * @param kind what it can hold
 * @param type as the database calls it
 * @param defaultValue what stands in a row that says nothing, as SQL; {@code null} for none, and where it is NULL
 * @param comment what its owner wrote about it; empty for nothing
 */
public record SourceColumn(
        String name, ValueKind kind, String type, boolean nullable, String defaultValue, String comment) {

    public SourceColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(comment, "comment");
    }
}
