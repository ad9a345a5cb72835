package org.faceaudit.local.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.faceaudit.cli.capture.CatalogueLook;
import org.faceaudit.cli.capture.ColumnNeeds;
import org.faceaudit.intake.operator.OperatorFile;

/**
 * The looks into the catalogue of one source that stand in the registry, which a new one is compared with. Only what differs
 * from the newest is entered.
 */
final class SchemaLooks {

    /** One row of {@code registry.schema_look}, as far as it is compared. */
    record Row(String fileVersion, String columns, String gone, String retyped, String photoLike, String neededFor) {}

    private final OperatorFile file;
    private final List<Row> rows;

    private SchemaLooks(OperatorFile file, List<Row> rows) {
        this.file = file;
        this.rows = rows;
    }

    /** The looks at a file's source so far. */
    static SchemaLooks read(Connection audit, OperatorFile file) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = audit.prepareStatement(
                "SELECT file_version, columns, gone, retyped, photo_like, needed_for FROM registry.schema_look WHERE"
                        + " operator_id = ? AND system_id = ? ORDER BY looked_at, id")) {
            select.setString(1, file.operator());
            select.setString(2, file.system());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(
                            found.getString(1),
                            found.getString(2),
                            found.getString(3),
                            found.getString(4),
                            found.getString(5),
                            found.getString(6)));
                }
            }
        }
        return new SchemaLooks(file, rows);
    }

    /**
     * What a look found, if that is not what the newest look found.
     *
     * @param fileVersion version of the operator's file that was looked with
     */
    Optional<News> compare(String fileVersion, CatalogueLook look) {
        Map<String, String> first = rows.isEmpty() ? look.columns() : columns(rows.get(0));
        Map<String, String> confirmed = rows.stream()
                .filter(row -> row.fileVersion().equals(fileVersion))
                .findFirst()
                .map(SchemaLooks::columns)
                .orElse(Map.of());
        SortedSet<String> retyped = look.retypedSince(confirmed);
        List<String> lost = new ArrayList<>(look.gone());
        lost.addAll(retyped);
        SortedSet<String> gone = new TreeSet<>(look.gone());
        gone.addAll(look.goneTables());
        Row now = new Row(
                fileVersion,
                lines(look.columns().entrySet().stream()
                        .map(column -> column.getKey() + ' ' + column.getValue())
                        .toList()),
                lines(gone),
                lines(retyped),
                lines(look.imageStoresSince(first.keySet(), file.mapping())),
                lines(ColumnNeeds.of(file.mapping(), lost)));
        Row newest = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        if (now.equals(newest)) {
            return Optional.empty();
        }
        SortedSet<String> amiss = amiss(now);
        SortedSet<String> back = new TreeSet<>();
        SortedSet<String> goneTables = new TreeSet<>(look.goneTables());
        if (newest != null) {
            amiss.removeAll(amiss(newest));
            goneTables.removeAll(amiss(newest));
            newest.gone().lines().filter(look::isThere).forEach(back::add);
        }
        return Optional.of(new News(now, amiss, back, goneTables));
    }

    /**
     * A look that is not like the newest one before it.
     *
     * @param amiss what the newest look did not find amiss
     * @param back mapped columns that the newest look missed, and that are there and told: what rows held in them meanwhile, and
     *     hold since, no log tells
     * @param goneTables tables and partitions that the newest look did not miss: which rows went with them no log tells
     */
    record News(Row row, SortedSet<String> amiss, SortedSet<String> back, SortedSet<String> goneTables) {}

    /**
     * The tables and partitions whose absence is to be told: those that were there at the newest look, and those that it missed,
     * until somebody confirms by a change of the operator's file that they are to be gone.
     */
    Set<String> known(String fileVersion) {
        Set<String> known = new TreeSet<>();
        if (!rows.isEmpty()) {
            Row newest = rows.get(rows.size() - 1);
            known.addAll(columns(newest).keySet());
            if (newest.fileVersion().equals(fileVersion)) {
                newest.gone().lines().forEach(known::add);
            }
            known.removeIf(name -> !CatalogueLook.isTable(name));
        }
        return known;
    }

    /** Enters a look. */
    void enter(Connection audit, News news) throws SQLException {
        insert(audit, news.row());
    }

    private void insert(Connection audit, Row row) throws SQLException {
        try (PreparedStatement insert = audit.prepareStatement(
                "INSERT INTO registry.schema_look (operator_id, system_id, file_version, columns,"
                        + " gone, retyped, photo_like, needed_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, file.operator());
            insert.setString(2, file.system());
            insert.setString(3, row.fileVersion());
            insert.setString(4, row.columns());
            insert.setString(5, row.gone());
            insert.setString(6, row.retyped());
            insert.setString(7, row.photoLike());
            insert.setString(8, row.neededFor());
            insert.executeUpdate();
        }
    }

    private static SortedSet<String> amiss(Row row) {
        SortedSet<String> amiss = new TreeSet<>();
        for (String list : List.of(row.gone(), row.retyped(), row.photoLike())) {
            list.lines().forEach(amiss::add);
        }
        return amiss;
    }

    private static String lines(Collection<String> lines) {
        return String.join("\n", lines);
    }

    /** A name may hold a blank, what it holds is one word. */
    private static Map<String, String> columns(Row row) {
        return row.columns()
                .lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> line.substring(line.lastIndexOf(' ') + 1),
                        (one, other) -> other,
                        TreeMap::new));
    }
}
