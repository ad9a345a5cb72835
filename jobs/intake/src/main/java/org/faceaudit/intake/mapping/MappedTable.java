package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * One table of a source as the mapping describes it.
 *
 * @param name {@code schema.table}; of many tables of one shape as {@link TablePattern} spells it
 * @param key the columns that identify a row, in order; empty where only all that was captured of a row tells it from others,
 *     and equal rows are told by their number alone
 * @param facts what a row means; empty for a table that is only referred to
 * @param where rows that fail one of these are not the operator's (demo data, tests)
 * @param columns every captured column and how its value arrives
 * @param leftOut columns that the mapping leaves out with a reason
 */
public record MappedTable(
        String name,
        List<String> key,
        List<FactMapping> facts,
        List<Condition> where,
        Map<String, ColumnForm> columns,
        Set<String> leftOut)
        implements Serializable {

    public MappedTable {
        Objects.requireNonNull(name, "name");
        key = List.copyOf(key);
        facts = List.copyOf(facts);
        where = List.copyOf(where);
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
        leftOut = Set.copyOf(leftOut);
    }

    /** A table of which nothing is left out. */
    public MappedTable(
            String name,
            List<String> key,
            List<FactMapping> facts,
            List<Condition> where,
            Map<String, ColumnForm> columns) {
        this(name, key, facts, where, columns, Set.of());
    }

    /** Whether nothing names a row: the table is a multiset of what was captured of its rows. */
    public boolean isKeyless() {
        return key.isEmpty();
    }

    /** Whether the entry stands for many tables of the source. */
    public boolean isPattern() {
        return TablePattern.isPattern(name);
    }

    /**
     * What names a row among all that the entry stands for: rows of different tables are different rows.
     *
     * @param table the row's own table, {@code schema.table}
     * @param key what names it there
     */
    public String rowKey(String table, String key) {
        return isPattern() ? table + '/' + key : key;
    }

    /** A row's own table, {@code schema.table}, by what {@link #rowKey} made. */
    public String tableOf(String rowKey) {
        return isPattern() ? rowKey.substring(0, rowKey.indexOf('/')) : name;
    }

    /** A row with its own table: {@code schema.table/key}. */
    public String rowName(String rowKey) {
        return isPattern() ? rowKey : name + '/' + rowKey;
    }
}
