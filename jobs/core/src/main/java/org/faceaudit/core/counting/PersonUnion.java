package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * When one person is stored at all: the union over everything that holds it. A person begins once, with the first holder,
 * and ends once, with the last; between the two it moves from one set of systems that hold it to the next.
 *
 * <p>A token that a record links with one of a lower group, and with none of a higher one, names a person who is counted
 * there already: it counts in {@link CountSeries#SAME_PERSONS} as well. So at most one step leads from such a token to the
 * one that is counted, and each token knows by itself which of the two it is. Distinct ids of one group are distinct persons
 * whatever links say: a token linked with two of one group shows that one of the two links is wrong, and both do not count.
 * What is counted is the number of persons where each is linked in one star, and not fewer in any other case.
 */
public final class PersonUnion {

    private record Slot(Instant at, String series) implements Comparable<Slot> {

        @Override
        public int compareTo(Slot other) {
            int byInstant = at.compareTo(other.at);
            return byInstant != 0 ? byInstant : series.compareTo(other.series);
        }
    }

    /** What one time line gains at one slot. */
    private static final class Change {
        private int added;
        private int removed;
        private int moved;

        private boolean isNothing() {
            return added == 0 && removed == 0 && moved == 0;
        }
    }

    private record Changes(Change widest, Change narrowest) {}

    private record Stretch(String system, Instant from, Instant to) {}

    private record Edge(Instant at, String system, int by) {}

    private record Named(String group, String person) {}

    private record LinkEdge(Instant at, Named other, int by) {}

    private final TreeMap<Slot, Changes> changes = new TreeMap<>();
    private final Function<Set<String>, String> series;

    private PersonUnion(Function<Set<String>, String> series) {
        this.series = series;
    }

    /**
     * The difference that a change of a person's holdings makes to the series of its group: net, empty when there is none,
     * by instant.
     *
     * @param before all holdings of one person before the change
     * @param after all holdings of the same person after it
     */
    public static List<CountDelta> persons(
            String operator, String group, Collection<PersonHolding> before, Collection<PersonHolding> after) {
        PersonHolding only = only(before, after);
        if (only != null) {
            String series = CountSeries.persons(group, Set.of(only.system()));
            return plain(series, "persons:" + group, only, before.isEmpty() ? 1 : -1);
        }
        PersonUnion union = new PersonUnion(systems -> CountSeries.persons(group, systems));
        union.countSame(group, before, -1);
        union.countSame(group, after, 1);
        return union.deltas(operator, "persons:" + group, before, after);
    }

    /** The same for things that one system alone holds, in a series of their own. */
    static List<CountDelta> things(
            String operator, String series, Collection<PersonHolding> before, Collection<PersonHolding> after) {
        if (isNothing(before) && isNothing(after)) {
            return List.of();
        }
        PersonHolding only = only(before, after);
        return only != null
                ? plain(series, series, only, before.isEmpty() ? 1 : -1)
                : new PersonUnion(systems -> series).deltas(operator, series, before, after);
    }

    private static boolean isNothing(Collection<PersonHolding> holdings) {
        for (PersonHolding holding : holdings) {
            if (!holding.presences().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The holding of whoever is held once before the change or after it, still is, and by no other name; else {@code null}. */
    private static PersonHolding only(Collection<PersonHolding> before, Collection<PersonHolding> after) {
        if (before.size() + after.size() != 1) {
            return null;
        }
        PersonHolding only =
                before.isEmpty() ? after.iterator().next() : before.iterator().next();
        boolean plain = only.links().isEmpty()
                && only.presences().size() == 1
                && only.presences().get(0).endEarliest() == null;
        return plain ? only : null;
    }

    /** What {@link #deltas} gives for such a holding, which nearly all are. */
    private static List<CountDelta> plain(String series, String kind, PersonHolding only, int sign) {
        String operator = only.operator();
        Presence presence = only.presences().get(0);
        Instant earliest = presence.startEarliest();
        Instant latest = presence.startLatest();
        long hash = sign * ThingHash.of(kind, only.person());
        if (earliest.equals(latest)) {
            return List.of(new CountDelta(operator, series, earliest, sign, 0, 0, sign, 0, 0, hash));
        }
        CountDelta widest = new CountDelta(operator, series, earliest, sign, 0, 0, 0, 0, 0, hash);
        CountDelta narrowest = new CountDelta(operator, series, latest, 0, 0, 0, sign, 0, 0, 0);
        return earliest.isBefore(latest) ? List.of(widest, narrowest) : List.of(narrowest, widest);
    }

    private List<CountDelta> deltas(
            String operator, String kind, Collection<PersonHolding> before, Collection<PersonHolding> after) {
        count(before, -1);
        count(after, 1);
        Collection<PersonHolding> any = before.isEmpty() ? after : before;
        long hash = any.isEmpty() ? 0 : ThingHash.of(kind, any.iterator().next().person());
        List<CountDelta> deltas = new ArrayList<>();
        changes.forEach((slot, change) -> {
            if (!change.widest.isNothing() || !change.narrowest.isNothing()) {
                deltas.add(new CountDelta(
                        operator,
                        slot.series(),
                        slot.at(),
                        change.widest.added,
                        change.widest.removed,
                        change.widest.moved,
                        change.narrowest.added,
                        change.narrowest.removed,
                        change.narrowest.moved,
                        slot.series().equals(CountSeries.SAME_PERSONS)
                                ? 0
                                : hash * (change.widest.added - change.widest.moved)));
            }
        });
        return deltas;
    }

    private void count(Collection<PersonHolding> holdings, int sign) {
        List<Stretch> widest = new ArrayList<>();
        List<Stretch> narrowest = new ArrayList<>();
        for (PersonHolding holding : holdings) {
            String system = holding.system();
            for (Presence presence : holding.presences()) {
                add(widest, system, presence.startEarliest(), presence.endLatest());
                add(narrowest, system, presence.startLatest(), presence.endEarliest());
            }
        }
        walk(widest, sign, Changes::widest);
        walk(narrowest, sign, Changes::narrowest);
    }

    /** A stretch that ends before it begins is one of which nothing is certain. */
    private static void add(List<Stretch> stretches, String system, Instant from, Instant to) {
        if (to == null || from.isBefore(to)) {
            stretches.add(new Stretch(system, from, to));
        }
    }

    /** Walks through one time line and notes where the set of systems that hold the person changes. */
    private void walk(List<Stretch> stretches, int sign, Function<Changes, Change> line) {
        if (stretches.size() == 1) {
            Stretch only = stretches.get(0);
            Set<String> system = Set.of(only.system());
            at(only.from(), system, line).added += sign;
            if (only.to() != null) {
                at(only.to(), system, line).removed += sign;
            }
            return;
        }
        List<Edge> edges = new ArrayList<>(2 * stretches.size());
        for (Stretch stretch : stretches) {
            edges.add(new Edge(stretch.from(), stretch.system(), 1));
            if (stretch.to() != null) {
                edges.add(new Edge(stretch.to(), stretch.system(), -1));
            }
        }
        edges.sort(Comparator.comparing(Edge::at));
        Map<String, Integer> held = new TreeMap<>();
        Set<String> before = Set.of();
        for (int i = 0; i < edges.size(); ) {
            Instant at = edges.get(i).at();
            for (; i < edges.size() && edges.get(i).at().equals(at); i++) {
                held.merge(edges.get(i).system(), edges.get(i).by(), Integer::sum);
            }
            held.values().removeIf(records -> records == 0);
            Set<String> now = Set.copyOf(held.keySet());
            note(at, before, now, sign, line);
            before = now;
        }
    }

    private void note(Instant at, Set<String> before, Set<String> now, int sign, Function<Changes, Change> line) {
        if (before.equals(now)) {
            return;
        }
        if (before.isEmpty()) {
            at(at, now, line).added += sign;
        } else if (now.isEmpty()) {
            at(at, before, line).removed += sign;
        } else {
            at(at, before, line).removed += sign;
            at(at, now, line).added += sign;
            at(at, now, line).moved += sign;
        }
    }

    private Change at(Instant at, Set<String> systems, Function<Changes, Change> line) {
        return at(at, series.apply(systems), line);
    }

    private Change at(Instant at, String counted, Function<Changes, Change> line) {
        return line.apply(
                changes.computeIfAbsent(new Slot(at, counted), slot -> new Changes(new Change(), new Change())));
    }

    private void countSame(String group, Collection<PersonHolding> holdings, int sign) {
        boolean linked = false;
        for (PersonHolding holding : holdings) {
            linked |= !holding.links().isEmpty();
        }
        if (!linked) {
            return;
        }
        List<LinkEdge> widest = new ArrayList<>();
        List<LinkEdge> narrowest = new ArrayList<>();
        for (PersonHolding holding : holdings) {
            for (PersonLink link : holding.links()) {
                Named other = new Named(link.group(), link.person());
                Presence presence = link.presence();
                add(widest, other, presence.startEarliest(), presence.endLatest());
                add(narrowest, other, presence.startLatest(), presence.endEarliest());
            }
        }
        walkLinks(group, widest, sign, Changes::widest);
        walkLinks(group, narrowest, sign, Changes::narrowest);
    }

    private static void add(List<LinkEdge> edges, Named other, Instant from, Instant to) {
        if (to == null || from.isBefore(to)) {
            edges.add(new LinkEdge(from, other, 1));
            if (to != null) {
                edges.add(new LinkEdge(to, other, -1));
            }
        }
    }

    /** Walks through one time line and notes where the token begins and ceases to be one that is counted elsewhere. */
    private void walkLinks(String group, List<LinkEdge> edges, int sign, Function<Changes, Change> line) {
        edges.sort(Comparator.comparing(LinkEdge::at));
        Map<Named, Integer> linked = new HashMap<>();
        int before = 0;
        for (int i = 0; i < edges.size(); ) {
            Instant at = edges.get(i).at();
            for (; i < edges.size() && edges.get(i).at().equals(at); i++) {
                linked.merge(edges.get(i).other(), edges.get(i).by(), Integer::sum);
            }
            linked.values().removeIf(records -> records == 0);
            int now = countedElsewhere(group, linked.keySet());
            if (now > before) {
                at(at, CountSeries.SAME_PERSONS, line).added += sign * (now - before);
            } else if (now < before) {
                at(at, CountSeries.SAME_PERSONS, line).removed += sign * (before - now);
            }
            before = now;
        }
    }

    /** 1 for a token that is counted elsewhere; for one that others are counted by, minus those of them that contradict. */
    private static int countedElsewhere(String group, Set<Named> linked) {
        Map<String, Integer> lower = new HashMap<>();
        Map<String, Integer> higher = new HashMap<>();
        for (Named other : linked) {
            boolean isLower = PersonLink.GROUPS.compare(other.group(), group) < 0;
            (isLower ? lower : higher).merge(other.group(), 1, Integer::sum);
        }
        if (higher.isEmpty()) {
            return !lower.isEmpty() && lower.values().stream().allMatch(tokens -> tokens == 1) ? 1 : 0;
        }
        return -higher.values().stream()
                .filter(tokens -> tokens > 1)
                .mapToInt(Integer::intValue)
                .sum();
    }
}
