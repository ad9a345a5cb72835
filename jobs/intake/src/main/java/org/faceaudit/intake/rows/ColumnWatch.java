package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.faceaudit.core.event.ColumnAbsence;
import org.faceaudit.core.event.ColumnAbsences;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;

/**
 * Watches which mapped columns the whole rows of one source carry, in the order of its topic. A column that was carried and
 * is not any more is gone; one that was never carried is none that could go. Under an allow-list a renamed column is not
 * there, and nothing else tells of it.
 *
 * <p>A row that is read again changes nothing. Of each column the newest {@value #MOST_ABSENCES} absences are kept. What the
 * mapping no longer names is forgotten.
 */
public final class ColumnWatch {

    private static final int MOST_ABSENCES = 64;

    private final String operator;
    private final String system;
    private final Mapping mapping;
    private final Map<String, Instant> carriedSince = new HashMap<>();
    private final Map<String, TreeMap<String, List<ColumnAbsence>>> absences = new TreeMap<>();
    /** Tables all of whose columns are known to be carried, and none of which is gone: nothing can change by one more row. */
    private final Set<String> well = new HashSet<>();

    private boolean changed;
    private boolean news;

    /**
     * Watches on.
     *
     * @param mapping which columns are mapped now
     * @param seen what {@link #state} said when it was left; {@link ColumnsSeen#NOTHING} for a new source
     */
    public ColumnWatch(Mapping mapping, ColumnsSeen seen) {
        operator = mapping.operator();
        system = mapping.system();
        this.mapping = mapping;
        seen.carriedSince().forEach((name, since) -> {
            if (isMapped(name)) {
                carriedSince.put(name, since);
            }
        });
        for (ColumnAbsence absence : seen.absences()) {
            if (isMapped(absence.name())) {
                of(absence.table(), absence.column()).add(absence);
            } else {
                news = true;
            }
        }
        changed = news;
    }

    /**
     * Takes the next whole row.
     *
     * @param row as {@link SourceProgressBook#accept} passed it on
     * @param lacking the mapped columns that it does not hold
     */
    public void accept(RowChange row, List<String> lacking) {
        String table = row.position().table();
        if (lacking.isEmpty() && well.contains(table)) {
            return;
        }
        MappedTable entry = mapping.table(row.table()).orElse(null);
        if (entry == null) {
            return;
        }
        Set<String> columns = entry.columns().keySet();
        Position place = row.position();
        boolean allWell = lacking.isEmpty();
        for (String column : columns) {
            if (lacking.contains(column)) {
                lacks(table, column, place);
            } else {
                carries(table, column, place);
            }
            allWell &= !isGone(table, column);
        }
        if (allWell) {
            well.add(table);
        } else {
            well.remove(table);
        }
    }

    private boolean isMapped(String name) {
        int table = name.indexOf('.', name.indexOf('.') + 1);
        return table > 0
                && mapping.tableHolding(name.substring(0, table))
                        .filter(entry -> entry.columns().containsKey(name.substring(table + 1)))
                        .isPresent();
    }

    private boolean isGone(String table, String column) {
        Map<String, List<ColumnAbsence>> ofTable = absences.get(table);
        List<ColumnAbsence> ofColumn = ofTable == null ? null : ofTable.get(column);
        return ofColumn != null
                && !ofColumn.isEmpty()
                && ofColumn.get(ofColumn.size() - 1).to() == null;
    }

    private void lacks(String table, String column, Position place) {
        Instant since = carriedSince.get(name(table, column));
        Instant at = place.committedAt();
        if (since == null || at.isBefore(since)) {
            return;
        }
        List<ColumnAbsence> before = of(table, column);
        for (int i = before.size() - 1; i >= 0; i--) {
            ColumnAbsence absence = before.get(i);
            if (isBefore(place, absence.first())) {
                continue;
            }
            if (absence.next() == null || isBefore(place, absence.next())) {
                if (at.isAfter(absence.last())) {
                    before.set(i, ended(absence, at, absence.next()));
                    told();
                }
                return;
            }
            break;
        }
        // One that stands before what is known already was read before; a row between two absences carried the column.
        if (before.isEmpty() || !isBefore(place, before.get(before.size() - 1).first())) {
            before.add(new ColumnAbsence(table, column, at, place, at, null, null));
            if (before.size() > MOST_ABSENCES) {
                before.remove(0);
            }
            told();
        }
    }

    private void carries(String table, String column, Position place) {
        Instant at = place.committedAt();
        Instant since = carriedSince.get(name(table, column));
        if (since == null || at.isBefore(since)) {
            carriedSince.put(name(table, column), at);
            changed = true;
        }
        Map<String, List<ColumnAbsence>> ofTable = absences.get(table);
        List<ColumnAbsence> before = ofTable == null ? null : ofTable.get(column);
        if (before == null || before.isEmpty()) {
            return;
        }
        int newest = before.size() - 1;
        ColumnAbsence absence = before.get(newest);
        if (absence.to() == null && isBefore(absence.first(), place) && !at.isBefore(absence.last())) {
            before.set(newest, ended(absence, absence.last(), place));
            told();
        }
    }

    private static ColumnAbsence ended(ColumnAbsence absence, Instant last, Position next) {
        return new ColumnAbsence(
                absence.table(),
                absence.column(),
                absence.from(),
                absence.first(),
                last,
                next == null ? null : next.committedAt(),
                next);
    }

    /** By commit time and log: a binary log dates whole seconds. */
    private static boolean isBefore(Position one, Position other) {
        int order = one.committedAt().compareTo(other.committedAt());
        return order != 0 ? order < 0 : Long.compareUnsigned(number(one), number(other)) < 0;
    }

    private static long number(Position place) {
        return place.logPosition() == null
                ? 0
                : LogPosition.parse(place.logPosition())
                        .map(LogPosition::number)
                        .orElse(0L);
    }

    private void told() {
        changed = true;
        news = true;
    }

    private List<ColumnAbsence> of(String table, String column) {
        return absences.computeIfAbsent(table, name -> new TreeMap<>())
                .computeIfAbsent(column, name -> new ArrayList<>());
    }

    private static String name(String table, String column) {
        return table + "." + column;
    }

    /** The state to go on from, if it changed since this was asked last; {@code null} if it did not. */
    public ColumnsSeen changedState() {
        if (!changed) {
            return null;
        }
        changed = false;
        return new ColumnsSeen(carriedSince, all());
    }

    /** The absences, if there are others than when this was asked last; {@code null} if there are not. */
    public ColumnAbsences news() {
        if (!news) {
            return null;
        }
        news = false;
        return new ColumnAbsences(operator, system, all());
    }

    private List<ColumnAbsence> all() {
        return absences.values().stream()
                .flatMap(table -> table.values().stream())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(ColumnAbsence::name).thenComparing(ColumnAbsence::from))
                .toList();
    }
}
