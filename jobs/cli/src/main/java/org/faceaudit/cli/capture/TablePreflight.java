package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.faceaudit.cli.scan.PersonalColumns;
import org.faceaudit.cli.source.SourceCatalogue;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.cli.source.ValueKind;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;

/** Whether the tables that a mapping names are there, and can be what it takes them for. */
final class TablePreflight {

    private final SourceKind kind;
    private final Mapping mapping;
    private final Findings findings;
    private final Map<String, SourceTable> there = new TreeMap<>();

    TablePreflight(SourceKind kind, Mapping mapping, Findings findings) {
        this.kind = kind;
        this.mapping = mapping;
        this.findings = findings;
    }

    /** Looks at every mapped table and at the heartbeat's; gives those that are there with all their columns. */
    Map<String, SourceTable> check(Connection connection) throws SQLException {
        SourceCatalogue catalogue = new SourceCatalogue(connection, kind);
        Map<String, Set<String>> wanted = new TreeMap<>();
        mapping.tables().forEach(table -> wanted.put(table, new TreeSet<>(mapping.capturedColumns(table))));
        wanted.computeIfAbsent(mapping.heartbeatTable(), table -> new TreeSet<>(List.of("beat_at", "id")));
        for (Map.Entry<String, Set<String>> table : wanted.entrySet()) {
            Optional<SourceTable> found = catalogue.table(table.getKey());
            if (found.isEmpty()) {
                findings.problem(
                        "the source has no table " + table.getKey() + orHidden(table.getKey()), remedy(table.getKey()));
            } else if (hasAll(found.get(), table.getValue())) {
                there.put(table.getKey(), found.get());
            }
        }
        checkTypes();
        there.values().stream()
                .filter(table -> mapping.tables().contains(table.name()))
                .forEach(this::checkRows);
        checkWhatLeaves();
        return there;
    }

    private String orHidden(String table) {
        return table.equals(mapping.heartbeatTable()) ? "" : ", or its user may not see it";
    }

    private String remedy(String table) {
        String instant = kind == SourceKind.POSTGRESQL ? "timestamptz" : "timestamp(6)";
        return table.equals(mapping.heartbeatTable())
                ? "create it: CREATE TABLE " + table + " (id int PRIMARY KEY, beat_at " + instant + " NOT NULL)"
                : "correct the mapping or grant SELECT";
    }

    private boolean hasAll(SourceTable table, Set<String> columns) {
        if (table.view()) {
            findings.problem(
                    table.name() + " is a view, of which the log tells nothing", "map the tables that it is made of");
            return false;
        }
        Set<String> names =
                table.columns().stream().map(SourceColumn::name).collect(Collectors.toCollection(TreeSet::new));
        boolean all = true;
        for (String column : columns) {
            if (!names.contains(column)) {
                findings.problem(
                        "the table " + table.name() + " has no column " + column, "it has " + String.join(", ", names));
                all = false;
            }
        }
        return all;
    }

    private void checkTypes() {
        int uses = 0;
        int misfits = 0;
        for (ColumnUses.Use use : ColumnUses.of(mapping)) {
            SourceTable table = there.get(use.table());
            if (table == null) {
                continue;
            }
            uses++;
            SourceColumn column = table.column(use.column()).orElseThrow();
            List<String> strange = ComparedColumns.neverHeld(use, column.kind());
            if (!strange.isEmpty()) {
                misfits++;
                findings.problem(
                        "column " + use.table() + "." + use.column() + ", read as " + use.as() + ", is compared with "
                                + strange.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", "))
                                + ", which it never holds: its type is " + type(column),
                        "write " + ComparedColumns.spelling(column.kind()));
            }
            if (!use.fitting().contains(column.kind())) {
                misfits++;
                findings.problem(
                        "column " + use.table() + "." + use.column() + " is read as " + use.as() + ", but its type is "
                                + type(column),
                        "correct the mapping: what is read so is "
                                + use.fitting().stream()
                                        .map(ValueKind::words)
                                        .sorted()
                                        .collect(Collectors.joining(" or ")));
            }
        }
        if (uses > 0 && misfits == 0) {
            findings.ok("the types of the " + uses + " mapped columns whose type matters fit");
        }
    }

    private String type(SourceColumn column) {
        boolean utc = kind == SourceKind.MARIADB && column.kind() == ValueKind.INSTANT;
        return column.type() + (utc ? ", which MariaDB keeps in UTC" : "");
    }

    /** A token or a descriptor tells nobody anything; what arrives as it is may name a person. */
    private void checkWhatLeaves() {
        List<String> plain = new ArrayList<>();
        mapping.tablesByName()
                .forEach((name, mapped) -> mapped.columns().forEach((column, form) -> {
                    boolean asItIs = form.kind() == ColumnForm.Kind.PLAIN || form.kind() == ColumnForm.Kind.DATE;
                    Optional.ofNullable(there.get(name))
                            .filter(table -> asItIs)
                            .flatMap(table -> table.column(column))
                            .flatMap(PersonalColumns::held)
                            .ifPresent(held -> plain.add(name + "." + column + " (" + held + ")"));
                }));
        if (!plain.isEmpty()) {
            findings.warning(
                    "columns that look as if they named a person or held a credential leave the source as they are: "
                            + String.join(", ", plain),
                    "name the person by them, which makes tokens of them in keys too, or map other columns");
        }
    }

    private void checkRows(SourceTable table) {
        List<String> key = mapping.table(table.name()).orElseThrow().key();
        if (key.isEmpty() && !table.primaryKey().isEmpty()) {
            findings.warning(
                    "the table " + table.name() + " is mapped as keyless, but has a primary key",
                    "write 'key: [" + String.join(", ", table.primaryKey()) + "]' instead of 'keyless: true'");
        } else if (key.isEmpty()) {
            findings.ok(
                    table.name() + ": " + mapping.capturedColumns(table.name()).size()
                            + " mapped columns are there, and equal rows are counted, for it has no key");
        } else if (!table.tellsApart(key)) {
            findings.warning(
                    table.primaryKey().isEmpty()
                            ? "the table " + table.name() + " has no primary key, and nothing keeps its key ("
                                    + String.join(", ", key) + ") unique: two rows of one key are one here"
                            : "nothing keeps the key of " + table.name() + " (" + String.join(", ", key)
                                    + ") unique: two rows of one key are one here",
                    table.primaryKey().isEmpty()
                            ? "give it a unique key that the mapping names, or write 'keyless: true' instead of the key"
                            : "its primary key is " + String.join(", ", table.primaryKey()));
        } else {
            findings.ok(
                    table.name() + ": " + mapping.capturedColumns(table.name()).size() + " mapped columns are there,"
                            + " and its key is unique");
        }
        List<String> inventing = new ArrayList<>();
        mapping.table(table.name()).orElseThrow().columns().forEach((column, form) -> {
            SourceColumn found = table.column(column).orElseThrow();
            if (found.nullable() && found.defaultValue() != null && form.kind() != ColumnForm.Kind.DESCRIPTOR) {
                inventing.add(column + " (" + found.defaultValue() + ")");
            }
        });
        if (!inventing.isEmpty()) {
            findings.warning(
                    "columns of " + table.name()
                            + " may be NULL and have a default, which a converter may tell instead of" + " the NULL: "
                            + String.join(", ", inventing),
                    "keep value.converter.replace.null.with.default=false in the Connect worker, as ours has it");
        }
    }
}
