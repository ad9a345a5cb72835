package org.faceaudit.cli.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One table of a source as its catalogue describes it to whoever asks: what one may not see is not there.
 *
 * @param name {@code schema.table}; of a MariaDB {@code database.table}
 * @param view whether it is a view, whose rows no log knows
 * @param comment what its owner wrote about it; empty for nothing
 * @param columns in the table's order
 * @param primaryKey in the key's order; empty for none
 * @param uniqueKeys every set of columns that the database keeps unique, the primary key among them
 */
public record SourceTable(
        String name,
        boolean view,
        String comment,
        List<SourceColumn> columns,
        List<String> primaryKey,
        List<Set<String>> uniqueKeys,
        List<ForeignKey> foreignKeys) {

    public SourceTable {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(comment, "comment");
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniqueKeys = List.copyOf(uniqueKeys);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** The name without its schema. */
    public String shortName() {
        return name.substring(name.indexOf('.') + 1);
    }

    public Optional<SourceColumn> column(String column) {
        return columns.stream().filter(one -> one.name().equals(column)).findFirst();
    }

    /** Whether the database lets no two rows have the same values in these columns. */
    public boolean tellsApart(List<String> key) {
        return uniqueKeys.stream().anyMatch(key::containsAll);
    }
}
