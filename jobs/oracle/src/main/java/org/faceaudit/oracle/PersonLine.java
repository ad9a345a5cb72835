package org.faceaudit.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How many persons one operator stored from each instant on at which that number can have changed. */
final class PersonLine {

    /** Above this many looks at a presence, the line is swept instead of looked at instant by instant. */
    private static final long PATIENCE = 20_000_000;

    /**
     * Numbers of persons at an instant.
     *
     * @param lowWidest largest group on the widest time line
     * @param highWidest all groups and records without a person on the widest time line, but those once who are named by
     *     tokens of several groups
     * @param lowNarrowest largest group on the narrowest time line
     * @param knownLowWidest largest group on the widest time line, of persons held by a source that is known so far
     * @param knownLowNarrowest the same on the narrowest time line
     * @param added whether somebody began to be stored at that instant, on the widest time line
     */
    record Count(
            long lowWidest,
            long highWidest,
            long lowNarrowest,
            long knownLowWidest,
            long knownLowNarrowest,
            boolean added) {

        /** The same numbers, with somebody added or not. */
        Count added(boolean somebody) {
            return new Count(lowWidest, highWidest, lowNarrowest, knownLowWidest, knownLowNarrowest, somebody);
        }
    }

    /** From when to when a presence counts on one time line; the last two end with what is known. */
    private enum Line {
        WIDEST,
        NARROWEST,
        KNOWN_WIDEST,
        KNOWN_NARROWEST;

        private boolean isWide() {
            return this == WIDEST || this == KNOWN_WIDEST;
        }

        private boolean ofTheKnown() {
            return this == KNOWN_WIDEST || this == KNOWN_NARROWEST;
        }

        private Instant start(Presence presence) {
            return isWide() ? presence.startEarliest() : presence.startLatest();
        }

        /** The first instant no more, {@code null} while it counts. */
        private Instant end(Presence presence) {
            Instant end = isWide() ? presence.endLatest() : presence.endEarliest();
            Instant unknown = presence.knownThrough().plusNanos(1);
            return ofTheKnown() && (end == null || unknown.isBefore(end)) ? unknown : end;
        }

        private boolean holds(Presence presence, Instant at) {
            return (isWide() ? presence.onWidest(at) : presence.onNarrowest(at))
                    && (!ofTheKnown() || presence.isKnownAt(at));
        }
    }

    private final Collection<Presence> presences;
    private final Collection<TokenLink> links;
    private final TreeMap<Instant, Count> counts;

    private PersonLine(Collection<Presence> presences, Collection<TokenLink> links, TreeMap<Instant, Count> counts) {
        this.presences = presences;
        this.links = links;
        this.counts = counts;
    }

    /** @param links which tokens are one person's */
    static PersonLine of(Collection<Presence> presences, Collection<TokenLink> links) {
        Set<Instant> instants = instants(presences);
        return !links.isEmpty() || (long) instants.size() * presences.size() <= PATIENCE
                ? looked(presences, links, instants)
                : swept(presences, instants);
    }

    private static Set<Instant> instants(Collection<Presence> presences) {
        Set<Instant> instants = new TreeSet<>();
        for (Presence presence : presences) {
            instants.add(presence.startEarliest());
            instants.add(presence.startLatest());
            if (presence.endEarliest() != null) {
                instants.add(presence.endEarliest());
                instants.add(presence.endLatest());
            }
        }
        return instants;
    }

    /** At every instant, who is there. */
    static PersonLine looked(Collection<Presence> presences, Collection<TokenLink> links, Set<Instant> instants) {
        TreeMap<Instant, Count> counts = new TreeMap<>();
        Map<String, Set<String>> earlier = Map.of();
        for (Instant at : instants) {
            Map<String, Set<String>> widest = there(presences, Line.WIDEST, at);
            boolean added = false;
            for (Map.Entry<String, Set<String>> group : widest.entrySet()) {
                added |= !earlier.getOrDefault(group.getKey(), Set.of()).containsAll(group.getValue());
            }
            earlier = widest;
            counts.put(at, look(presences, links, at).added(added));
        }
        return new PersonLine(presences, links, counts);
    }

    /** The numbers at any instant, nobody said to be added. */
    static Count look(Collection<Presence> presences, Collection<TokenLink> links, Instant at) {
        Map<String, Integer> widest = sizes(there(presences, Line.WIDEST, at));
        return new Count(
                low(widest),
                high(widest) - TokenLink.same(links, at),
                low(sizes(there(presences, Line.NARROWEST, at))),
                low(sizes(there(presences, Line.KNOWN_WIDEST, at))),
                low(sizes(there(presences, Line.KNOWN_NARROWEST, at))),
                false);
    }

    /** {@link #look(Collection, Collection, Instant)} at this line. */
    Count look(Instant at) {
        return look(presences, links, at);
    }

    private static Map<String, Set<String>> there(Collection<Presence> presences, Line line, Instant at) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (Presence presence : presences) {
            if (line.holds(presence, at)) {
                groups.computeIfAbsent(presence.group(), group -> new HashSet<>())
                        .add(presence.person());
            }
        }
        return groups;
    }

    private static Map<String, Integer> sizes(Map<String, Set<String>> groups) {
        Map<String, Integer> sizes = new HashMap<>();
        groups.forEach((group, persons) -> sizes.put(group, persons.size()));
        return sizes;
    }

    private static long low(Map<String, Integer> sizes) {
        long low = 0;
        for (Map.Entry<String, Integer> group : sizes.entrySet()) {
            low = group.getKey().isEmpty() ? low : Math.max(low, group.getValue());
        }
        return low;
    }

    private static long high(Map<String, Integer> sizes) {
        return sizes.values().stream().mapToLong(Integer::longValue).sum();
    }

    private record Step(Line line, String group, String person, int by) {}

    /** The same by adding and taking away, for histories too long to look at. */
    static PersonLine swept(Collection<Presence> presences, Set<Instant> instants) {
        TreeMap<Instant, List<Step>> steps = new TreeMap<>();
        for (Presence presence : presences) {
            for (Line line : Line.values()) {
                Instant start = line.start(presence);
                Instant end = line.end(presence);
                if (end == null || end.isAfter(start)) {
                    steps.computeIfAbsent(start, at -> new ArrayList<>())
                            .add(new Step(line, presence.group(), presence.person(), 1));
                    if (end != null) {
                        steps.computeIfAbsent(end, at -> new ArrayList<>())
                                .add(new Step(line, presence.group(), presence.person(), -1));
                    }
                }
            }
        }
        TreeMap<Instant, Count> counts = new TreeMap<>();
        Map<Step, Integer> holders = new HashMap<>();
        Map<Line, Map<String, Integer>> sizes = new EnumMap<>(Line.class);
        for (Line line : Line.values()) {
            sizes.put(line, new HashMap<>());
        }
        boolean added = false;
        for (Map.Entry<Instant, List<Step>> entry : steps.entrySet()) {
            Map<Step, Integer> net = new HashMap<>();
            for (Step step : entry.getValue()) {
                net.merge(new Step(step.line(), step.group(), step.person(), 0), step.by(), Integer::sum);
            }
            added = false;
            for (Map.Entry<Step, Integer> change : net.entrySet()) {
                Step person = change.getKey();
                int before = holders.getOrDefault(person, 0);
                int after = before + change.getValue();
                holders.put(person, after);
                int more = (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
                added |= person.line() == Line.WIDEST && more > 0;
                sizes.get(person.line()).merge(person.group(), more, Integer::sum);
            }
            if (instants.contains(entry.getKey())) {
                counts.put(entry.getKey(), count(sizes, added));
            }
        }
        // An instant without any step changes nothing: a presence of which nothing is certain ends before it begins.
        for (Instant at : instants) {
            if (!counts.containsKey(at)) {
                counts.put(at, look(presences, Set.of(), at));
            }
        }
        return new PersonLine(presences, Set.of(), counts);
    }

    private static Count count(Map<Line, Map<String, Integer>> sizes, boolean added) {
        return new Count(
                low(sizes.get(Line.WIDEST)),
                high(sizes.get(Line.WIDEST)),
                low(sizes.get(Line.NARROWEST)),
                low(sizes.get(Line.KNOWN_WIDEST)),
                low(sizes.get(Line.KNOWN_NARROWEST)),
                added);
    }

    static Set<Instant> instantsOf(Collection<Presence> presences) {
        return instants(presences);
    }

    Map<Instant, Count> counts() {
        return counts;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}
