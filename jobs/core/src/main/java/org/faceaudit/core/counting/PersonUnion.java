package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When one person is stored at all: the union over everything that holds it. A person begins once, with the first holder,
 * and ends once, with the last.
 */
public final class PersonUnion {

    private static final class Change {
        private int widestAdded;
        private int widestRemoved;
        private int narrowestAdded;
        private int narrowestRemoved;
    }

    private record Stretch(Instant from, Instant to) {}

    private PersonUnion() {}

    /**
     * The difference that a change of a person's holdings makes to a series: net by instant, empty when there is none, by
     * instant.
     *
     * @param before all holdings of one person before the change
     * @param after all holdings of the same person after it
     */
    public static List<CountDelta> deltas(
            String operator, String series, Collection<PersonHolding> before, Collection<PersonHolding> after) {
        Map<Instant, Change> changes = new TreeMap<>();
        count(changes, before, -1);
        count(changes, after, 1);
        long hash = hash(series, before, after);
        List<CountDelta> deltas = new ArrayList<>();
        changes.forEach((at, change) -> {
            if (change.widestAdded != 0
                    || change.widestRemoved != 0
                    || change.narrowestAdded != 0
                    || change.narrowestRemoved != 0) {
                deltas.add(new CountDelta(
                        operator,
                        series,
                        at,
                        change.widestAdded,
                        change.widestRemoved,
                        change.narrowestAdded,
                        change.narrowestRemoved,
                        hash * change.widestAdded));
            }
        });
        return deltas;
    }

    private static long hash(String series, Collection<PersonHolding> before, Collection<PersonHolding> after) {
        Collection<PersonHolding> any = before.isEmpty() ? after : before;
        return any.isEmpty() ? 0 : ThingHash.of(series, any.iterator().next().person());
    }

    private static void count(Map<Instant, Change> changes, Collection<PersonHolding> holdings, int sign) {
        List<Stretch> widest = new ArrayList<>();
        List<Stretch> narrowest = new ArrayList<>();
        for (PersonHolding holding : holdings) {
            for (Presence presence : holding.presences()) {
                add(widest, presence.startEarliest(), presence.endLatest());
                add(narrowest, presence.startLatest(), presence.endEarliest());
            }
        }
        for (Stretch stretch : union(widest)) {
            at(changes, stretch.from()).widestAdded += sign;
            if (stretch.to() != null) {
                at(changes, stretch.to()).widestRemoved += sign;
            }
        }
        for (Stretch stretch : union(narrowest)) {
            at(changes, stretch.from()).narrowestAdded += sign;
            if (stretch.to() != null) {
                at(changes, stretch.to()).narrowestRemoved += sign;
            }
        }
    }

    private static Change at(Map<Instant, Change> changes, Instant instant) {
        return changes.computeIfAbsent(instant, key -> new Change());
    }

    /** A stretch that ends before it begins is one of which nothing is certain. */
    private static void add(List<Stretch> stretches, Instant from, Instant to) {
        if (to == null || from.isBefore(to)) {
            stretches.add(new Stretch(from, to));
        }
    }

    private static List<Stretch> union(List<Stretch> stretches) {
        stretches.sort(Comparator.comparing(Stretch::from));
        List<Stretch> union = new ArrayList<>();
        for (Stretch next : stretches) {
            Stretch last = union.isEmpty() ? null : union.get(union.size() - 1);
            if (last == null || (last.to() != null && last.to().isBefore(next.from()))) {
                union.add(next);
            } else if (last.to() != null && (next.to() == null || next.to().isAfter(last.to()))) {
                union.set(union.size() - 1, new Stretch(last.from(), next.to()));
            }
        }
        return union;
    }
}
