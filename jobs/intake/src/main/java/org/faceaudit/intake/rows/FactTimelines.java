package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Reading;

/**
 * Cuts a row's time line at every instant at which it, or a row that it refers to, changes, and judges its filter there. What
 * a fact makes of each cut is the business of the fact's own class.
 */
final class FactTimelines {

    private FactTimelines() {}

    /**
     * One cut.
     *
     * @param from since when it holds
     * @param row the row's version
     * @param position the change that made the cut: the row's own before any of a row that it refers to
     */
    record Cut(TimeBounds from, RowVersion row, Position position) {

        boolean ofItsOwn() {
            return position.equals(row.position());
        }

        Instant at() {
            return from.latest();
        }
    }

    /** Whether a row is the operator's own. */
    enum Kept {
        YES,
        NO,
        /** A row that the filter needs is not there yet. */
        NOT_KNOWN
    }

    static List<Cut> cuts(RowHistory own, Collection<Reading> readings, RowView view) {
        List<TimeBounds> times = References.times(own);
        if (readings.isEmpty() && times.size() == 1) {
            RowVersion only = own.newest();
            return List.of(new Cut(times.get(0), only, only.position()));
        }
        TreeMap<Instant, Cut> cuts = new TreeMap<>();
        for (int i = 0; i < own.versions().size(); i++) {
            RowVersion version = own.versions().get(i);
            cuts.put(times.get(i).latest(), new Cut(times.get(i), version, version.position()));
        }
        Instant start = times.get(0).latest();
        for (Reading reading : readings) {
            if (!reading.via().isEmpty()) {
                References.visit(reading, own, view, other -> cutBy(other, start, cuts));
            }
        }
        return List.copyOf(cuts.values());
    }

    private static void cutBy(RowHistory other, Instant start, TreeMap<Instant, Cut> cuts) {
        List<TimeBounds> times = References.times(other);
        for (int i = 0; i < times.size(); i++) {
            RowVersion version = other.versions().get(i);
            boolean held = i == 0 && version.snapshotId() != 0;
            Instant at = times.get(i).latest();
            if (held || !at.isAfter(start)) {
                continue;
            }
            Map.Entry<Instant, Cut> before = cuts.floorEntry(at);
            if (before.getKey().equals(at)) {
                Cut same = before.getValue();
                if (!same.ofItsOwn()
                        && same.position().offset() < version.position().offset()) {
                    cuts.put(at, new Cut(same.from(), same.row(), version.position()));
                }
            } else {
                cuts.put(at, new Cut(times.get(i), before.getValue().row(), version.position()));
            }
        }
    }

    static Kept kept(MappedTable table, Cut cut, RowView view) {
        Kept kept = Kept.YES;
        for (Condition condition : table.where()) {
            switch (holds(condition, cut, view)) {
                case NO -> {
                    return Kept.NO;
                }
                case NOT_KNOWN -> kept = Kept.NOT_KNOWN;
                case YES -> {
                    // As the others decide.
                }
            }
        }
        return kept;
    }

    /** Whether a row is one of those that a condition means. */
    static Kept holds(Condition condition, Cut cut, RowView view) {
        FieldValue value = References.read(condition.column(), cut.row(), cut.at(), view);
        if (value.state() == FieldState.UNKNOWN) {
            return Kept.NOT_KNOWN;
        }
        return condition.isMetBy(value) ? Kept.YES : Kept.NO;
    }

    /** Everything that cuts the row's time line: what the fact reads and what the filter reads. */
    static List<Reading> readings(MappedTable table, Collection<Reading> ofFact) {
        List<Reading> readings = new ArrayList<>(ofFact);
        table.where().forEach(condition -> readings.add(condition.column()));
        return readings;
    }
}
