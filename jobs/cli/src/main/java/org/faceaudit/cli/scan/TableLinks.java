package org.faceaudit.cli.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.cli.source.ForeignKey;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;

/** Where the rows of a database's tables point: each table's references are looked for once, of hundreds of tables too. */
final class TableLinks {

    /** A key's name that more tables share, such as id, tells nothing. */
    private static final int MOST_OF_ONE_KEY = 2;

    /** A reference from a row to another, by a foreign key or by its name. */
    record Link(String column, SourceTable to, String otherColumn, String because) {}

    private final List<SourceTable> tables;
    private final Map<String, SourceTable> byName = new HashMap<>();
    /** Tables with a key of one column, by what a column that refers to them may be called after, in their order. */
    private final Map<String, List<SourceTable>> byStem = new HashMap<>();
    /** The same tables by their key. */
    private final Map<String, List<SourceTable>> byKey = new HashMap<>();

    private final Map<String, List<Link>> links = new HashMap<>();

    TableLinks(List<SourceTable> tables) {
        this.tables = List.copyOf(tables);
        for (SourceTable table : tables) {
            byName.put(table.name(), table);
            if (table.primaryKey().size() == 1) {
                stems(table)
                        .forEach(stem -> byStem.computeIfAbsent(stem, none -> new ArrayList<>())
                                .add(table));
                byKey.computeIfAbsent(table.primaryKey().get(0), none -> new ArrayList<>())
                        .add(table);
            }
        }
    }

    List<SourceTable> tables() {
        return tables;
    }

    /** Where the rows of a table point, by foreign keys first, then by what columns and at last what keys are called. */
    List<Link> of(SourceTable table) {
        List<Link> known = links.get(table.name());
        if (known == null) {
            known = find(table);
            links.put(table.name(), known);
        }
        return known;
    }

    private List<Link> find(SourceTable table) {
        List<Link> found = new ArrayList<>();
        for (ForeignKey key : table.foreignKeys()) {
            SourceTable other = byName.get(key.table());
            if (key.columns().size() == 1 && other != null) {
                found.add(new Link(
                        key.columns().get(0),
                        other,
                        key.otherColumns().get(0),
                        "is a foreign key to " + other.shortName()));
            }
        }
        for (SourceColumn column : table.columns()) {
            if (found.stream().noneMatch(link -> link.column().equals(column.name()))) {
                byName(column, table).or(() -> byKey(column, table)).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private Optional<Link> byName(SourceColumn column, SourceTable table) {
        String stem = column.name().toLowerCase(Locale.ROOT).replaceFirst("(_?(id|uuid)|编号)$", "");
        if (stem.isEmpty() || stem.equals(column.name().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return byStem.getOrDefault(stem, List.of()).stream()
                .filter(other -> !other.name().equals(table.name()))
                .filter(other -> other.column(other.primaryKey().get(0))
                        .map(SourceColumn::kind)
                        .filter(column.kind()::equals)
                        .isPresent())
                .findFirst()
                .map(other -> new Link(
                        column.name(),
                        other,
                        other.primaryKey().get(0),
                        "is called after " + other.shortName() + others(keyedBy(column, table), other)));
    }

    /** A column that is called as the key of few other tables is. */
    private Optional<Link> byKey(SourceColumn column, SourceTable table) {
        List<SourceTable> keyed = keyedBy(column, table);
        return keyed.isEmpty() || keyed.size() > MOST_OF_ONE_KEY
                ? Optional.empty()
                : Optional.of(new Link(
                        column.name(),
                        keyed.get(0),
                        column.name(),
                        "is called as the key of " + keyed.get(0).shortName() + others(keyed, keyed.get(0))));
    }

    private List<SourceTable> keyedBy(SourceColumn column, SourceTable table) {
        if (table.primaryKey().contains(column.name())) {
            return List.of();
        }
        return byKey.getOrDefault(column.name(), List.of()).stream()
                .filter(other -> !other.name().equals(table.name()))
                .filter(other ->
                        other.column(column.name()).map(SourceColumn::kind).equals(Optional.of(column.kind())))
                .toList();
    }

    /** The tables that may be meant too. */
    private static String others(List<SourceTable> keyed, SourceTable chosen) {
        List<String> others = keyed.stream()
                .filter(other -> !other.name().equals(chosen.name()))
                .map(SourceTable::shortName)
                .toList();
        return others.isEmpty() || others.size() >= MOST_OF_ONE_KEY
                ? ""
                : " (" + String.join(", ", others) + " has a key of that name too: which is meant, nothing says)";
    }

    private static Set<String> stems(SourceTable table) {
        String name = table.shortName().toLowerCase(Locale.ROOT);
        String bare = name.replaceFirst("^(t|tb|tbl|sys)_", "").replaceFirst("_(info|table|tbl)$", "");
        Set<String> stems = new TreeSet<>();
        for (String one : List.of(name, bare)) {
            stems.add(one);
            stems.add(one.replaceFirst("s$", ""));
        }
        return stems;
    }
}
