package org.faceaudit.oracle;

import java.time.Instant;
import java.util.Collection;
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
     * @param highWidest all groups and records without a person on the widest time line
     * @param lowNarrowest largest group on the narrowest time line
     * @param added whether somebody began to be stored at that instant, on the widest time line
     */
    record Count(long lowWidest, long highWidest, long lowNarrowest, boolean added) {

        static final Count NONE = new Count(0, 0, 0, false);
    }

    private final TreeMap<Instant, Count> counts;

    private PersonLine(TreeMap<Instant, Count> counts) {
        this.counts = counts;
    }

    static PersonLine of(Collection<Presence> presences) {
        Set<Instant> instants = instants(presences);
        return (long) instants.size() * presences.size() <= PATIENCE
                ? looked(presences, instants)
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
    static PersonLine looked(Collection<Presence> presences, Set<Instant> instants) {
        TreeMap<Instant, Count> counts = new TreeMap<>();
        Map<String, Set<String>> earlier = Map.of();
        for (Instant at : instants) {
            Map<String, Set<String>> widest = new HashMap<>();
            Map<String, Set<String>> narrowest = new HashMap<>();
            for (Presence presence : presences) {
                if (presence.onWidest(at)) {
                    widest.computeIfAbsent(presence.group(), group -> new HashSet<>())
                            .add(presence.person());
                }
                if (presence.onNarrowest(at)) {
                    narrowest
                            .computeIfAbsent(presence.group(), group -> new HashSet<>())
                            .add(presence.person());
                }
            }
            boolean added = false;
            for (Map.Entry<String, Set<String>> group : widest.entrySet()) {
                added |= !earlier.getOrDefault(group.getKey(), Set.of()).containsAll(group.getValue());
            }
            earlier = widest;
            counts.put(at, new Count(low(sizes(widest)), high(sizes(widest)), low(sizes(narrowest)), added));
        }
        return new PersonLine(counts);
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

    private record Step(boolean widest, String group, String person, int by) {}

    /** The same by adding and taking away, for histories too long to look at. */
    static PersonLine swept(Collection<Presence> presences, Set<Instant> instants) {
        TreeMap<Instant, List<Step>> steps = new TreeMap<>();
        for (Presence presence : presences) {
            for (boolean widest : List.of(true, false)) {
                Instant start = widest ? presence.startEarliest() : presence.startLatest();
                Instant end = widest ? presence.endLatest() : presence.endEarliest();
                if (end == null || end.isAfter(start)) {
                    steps.computeIfAbsent(start, at -> new java.util.ArrayList<>())
                            .add(new Step(widest, presence.group(), presence.person(), 1));
                    if (end != null) {
                        steps.computeIfAbsent(end, at -> new java.util.ArrayList<>())
                                .add(new Step(widest, presence.group(), presence.person(), -1));
                    }
                }
            }
        }
        TreeMap<Instant, Count> counts = new TreeMap<>();
        Map<Step, Integer> holders = new HashMap<>();
        Map<String, Integer> widest = new HashMap<>();
        Map<String, Integer> narrowest = new HashMap<>();
        for (Instant at : instants) {
            Map<Step, Integer> net = new HashMap<>();
            for (Step step : steps.getOrDefault(at, List.of())) {
                net.merge(new Step(step.widest(), step.group(), step.person(), 0), step.by(), Integer::sum);
            }
            boolean added = false;
            for (Map.Entry<Step, Integer> change : net.entrySet()) {
                Step person = change.getKey();
                int before = holders.getOrDefault(person, 0);
                int after = before + change.getValue();
                holders.put(person, after);
                int more = (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
                added |= person.widest() && more > 0;
                (person.widest() ? widest : narrowest).merge(person.group(), more, Integer::sum);
            }
            counts.put(at, new Count(low(widest), high(widest), low(narrowest), added));
        }
        return new PersonLine(counts);
    }

    static Set<Instant> instantsOf(Collection<Presence> presences) {
        return instants(presences);
    }

    /** The numbers at an instant, all changes of that instant counted. */
    Count at(Instant instant) {
        Map.Entry<Instant, Count> entry = counts.floorEntry(instant);
        return entry == null ? Count.NONE : entry.getValue();
    }

    /** The numbers just before an instant. */
    Count before(Instant instant) {
        Map.Entry<Instant, Count> entry = counts.lowerEntry(instant);
        return entry == null ? Count.NONE : entry.getValue();
    }

    Map<Instant, Count> counts() {
        return counts;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}
