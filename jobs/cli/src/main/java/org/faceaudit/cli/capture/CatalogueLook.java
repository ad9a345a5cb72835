package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.cli.scan.ImageStores;
import org.faceaudit.cli.source.SourceCatalogue;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;

/**
 * What the catalogue of a source shows of the mapped tables, beside what the mapping says of them. Columns are named {@code
 * schema.table.column}. It is seen with the rights of the capture, and no row is read.
 *
 * @param columns every column of the mapped tables and what it can hold, in a word; and every table and partition that holds rows
 *     which facts rest on, as {@link TablesHeld} names them
 * @param mapped the columns that are mapped, there or not
 * @param gone mapped columns that are not there, or that a PostgreSQL's log does not tell: {@link ToldColumns}
 * @param unfit mapped columns whose type cannot be what they are read as
 * @param imageStores columns that look like a store of images, and that are neither mapped nor left out
 * @param goneTables of the tables and partitions that were known before, those that are not there
 * @param allVisible whether a snapshot would read every mapped table that is there
 */
public record CatalogueLook(
        SortedMap<String, String> columns,
        SortedSet<String> mapped,
        SortedSet<String> gone,
        SortedSet<String> unfit,
        SortedSet<String> imageStores,
        SortedSet<String> goneTables,
        boolean allVisible) {

    public CatalogueLook {
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
        mapped = Collections.unmodifiableSortedSet(new TreeSet<>(mapped));
        gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
        unfit = Collections.unmodifiableSortedSet(new TreeSet<>(unfit));
        imageStores = Collections.unmodifiableSortedSet(new TreeSet<>(imageStores));
        goneTables = Collections.unmodifiableSortedSet(new TreeSet<>(goneTables));
    }

    /**
     * Looks for the first time.
     *
     * @throws SQLException if the catalogue cannot be read
     */
    public static CatalogueLook at(Connection connection, SourceKind kind, Mapping written) throws SQLException {
        return at(connection, kind, written, Set.of());
    }

    /**
     * Looks.
     *
     * @param known names of tables and partitions that earlier looks found among {@link #columns}
     * @throws SQLException if the catalogue cannot be read
     */
    public static CatalogueLook at(Connection connection, SourceKind kind, Mapping written, Set<String> known)
            throws SQLException {
        SourceCatalogue catalogue = new SourceCatalogue(connection, kind);
        Mapping mapping = catalogue.over(written);
        SortedMap<String, String> columns = new TreeMap<>();
        SortedSet<String> mapped = new TreeSet<>();
        SortedSet<String> imageStores = new TreeSet<>();
        Map<String, SourceColumn> there = new TreeMap<>();
        for (MappedTable table : mapping.tablesByName().values()) {
            table.columns().keySet().forEach(column -> mapped.add(name(table.name(), column)));
            Optional<SourceTable> found = catalogue.table(table.name());
            if (found.isEmpty()) {
                continue;
            }
            for (SourceColumn column : catalogue.definedColumns(found.get())) {
                String name = name(table.name(), column.name());
                columns.put(name, column.kind().name());
                there.put(name, column);
                if (!table.columns().containsKey(column.name())
                        && !table.leftOut().contains(column.name())
                        && ImageStores.mayBe(column)) {
                    imageStores.add(name);
                }
            }
        }
        TablesHeld held = new TablesHeld(connection, kind, written);
        SortedSet<String> tables = held.there(mapping);
        tables.forEach(table -> columns.put(table, TablesHeld.WORD));
        SortedSet<String> gone = new TreeSet<>(mapped);
        gone.removeAll(columns.keySet());
        if (kind == SourceKind.POSTGRESQL) {
            gone.addAll(new ToldColumns(connection, mapping).untold());
        }
        SortedSet<String> unfit = new TreeSet<>();
        for (ColumnUses.Use use : ColumnUses.of(mapping)) {
            SourceColumn column = there.get(name(use.table(), use.column()));
            if (column != null && !use.fitting().contains(column.kind())) {
                unfit.add(name(use.table(), use.column()));
            }
        }
        return new CatalogueLook(
                columns, mapped, gone, unfit, imageStores, held.gone(known, tables), held.allVisible());
    }

    /** Whether a name among {@link #columns} is of a table or a partition. */
    public static boolean isTable(String name) {
        return TablesHeld.isTable(name);
    }

    /** A name is told in a line. */
    static String name(String table, String column) {
        return (table + "." + column).replaceAll("\\p{Cntrl}", "?");
    }

    /** Whether a column is mapped, there, and told. */
    public boolean isThere(String column) {
        return mapped.contains(column) && !gone.contains(column);
    }

    /**
     * The mapped columns whose type is not what it was, or does not fit.
     *
     * @param confirmed the columns as they were when the operator's file, as it is now, was first looked at
     */
    public SortedSet<String> retypedSince(Map<String, String> confirmed) {
        SortedSet<String> retyped = new TreeSet<>(unfit);
        for (String column : mapped) {
            String now = columns.get(column);
            String then = confirmed.get(column);
            if (now != null && then != null && !now.equals(then)) {
                retyped.add(column);
            }
        }
        return retyped;
    }

    /**
     * The columns that look like a store of images and were not there before.
     *
     * @param first the columns at the first look of all
     * @param written by which a column that one of many tables had is not new in the next
     */
    public SortedSet<String> imageStoresSince(Set<String> first, Mapping written) {
        Set<String> known = new TreeSet<>(first);
        first.forEach(column -> known.add(entry(column, written)));
        SortedSet<String> since = new TreeSet<>(imageStores);
        since.removeIf(column -> known.contains(column) || known.contains(entry(column, written)));
        return since;
    }

    /** A column named by the mapping's entry for its table, if that stands for many. */
    static String entry(String column, Mapping written) {
        int table = column.indexOf('.', column.indexOf('.') + 1);
        return written.tableHolding(column.substring(0, Math.max(0, table)))
                .filter(MappedTable::isPattern)
                .map(held -> held.name() + column.substring(table))
                .orElse(column);
    }
}
