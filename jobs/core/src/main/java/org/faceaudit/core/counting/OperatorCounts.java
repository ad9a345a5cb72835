package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.faceaudit.core.law.LegalDay;

/**
 * How much one operator stores, through time: the sums of all {@link CountDelta}s by series and legal day, and by instant for
 * the days that are looked at closely. Not thread-safe.
 *
 * <p>An operator of a hundred million persons has as many instants, and a few thousand days; at which instant of a day
 * something changed matters only where the day may decide something.
 */
public final class OperatorCounts {

    private final String operator;
    private final TreeMap<String, TreeMap<LegalDay, CountDelta>> days = new TreeMap<>();
    private final TreeMap<String, TreeMap<Instant, CountDelta>> instants = new TreeMap<>();
    private final TreeSet<LegalDay> close = new TreeSet<>();

    public OperatorCounts(String operator) {
        this.operator = operator;
    }

    /** Adds to the sum of a legal day; what becomes all zero vanishes. */
    public void addToDay(CountDelta delta) {
        add(days, delta.day(), delta.ofDay());
    }

    /** Adds to the sum of an instant of a day that is looked at closely, which its day's sum has to hold as well. */
    public void addToInstant(CountDelta delta) {
        add(instants, delta.at(), delta);
    }

    /** Whether the instants of a day are known and count, or its sum alone. */
    public void look(LegalDay day, boolean closely) {
        if (closely) {
            close.add(day);
        } else {
            close.remove(day);
        }
    }

    private static <K> void add(TreeMap<String, TreeMap<K, CountDelta>> sums, K key, CountDelta delta) {
        TreeMap<K, CountDelta> entries = sums.computeIfAbsent(delta.series(), name -> new TreeMap<>());
        if (entries.merge(key, delta, CountDelta::plus).isNothing()) {
            entries.remove(key);
            if (entries.isEmpty()) {
                sums.remove(delta.series());
            }
        }
    }

    /** The sums of every series by legal day. */
    public Map<String, TreeMap<LegalDay, CountDelta>> days() {
        return days;
    }

    /** How many sums are kept, of days and of instants. */
    public int size() {
        return Stream.concat(days.values().stream(), instants.values().stream())
                .mapToInt(Map::size)
                .sum();
    }

    /** The names of all series. */
    Set<String> series() {
        return days.keySet();
    }

    /** The changes of one series in order: day by day, or by instant where one looks closely. */
    Iterator<CountDelta> changes(String series) {
        return days.get(series).entrySet().stream()
                .flatMap(day -> close.contains(day.getKey())
                        ? instantsOf(series, day.getKey()).stream()
                        : Stream.of(day.getValue()))
                .iterator();
    }

    private Collection<CountDelta> instantsOf(String series, LegalDay day) {
        TreeMap<Instant, CountDelta> entries = instants.get(series);
        return entries == null
                ? List.of()
                : entries.subMap(day.start(), true, day.plusDays(1).start(), false)
                        .values();
    }

    /** The legal day of the first change, empty while nothing was ever stored. */
    public Optional<LegalDay> firstDay() {
        return days.values().stream().map(TreeMap::firstKey).min(LegalDay::compareTo);
    }

    /** The first instant after another at which persons change, as closely as one looks; empty if there is none. */
    public Optional<Instant> nextChange(Instant after) {
        return days.keySet().stream()
                .filter(CountSeries::concernsPersons)
                .map(series -> nextChange(series, after))
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    private Instant nextChange(String series, Instant after) {
        for (LegalDay day : days.get(series).tailMap(LegalDay.of(after), true).keySet()) {
            if (!close.contains(day)) {
                if (day.start().isAfter(after)) {
                    return day.start();
                }
                continue;
            }
            for (CountDelta change : instantsOf(series, day)) {
                if (change.at().isAfter(after)) {
                    return change.at();
                }
            }
        }
        return null;
    }

    /**
     * The counts at the end of every legal day from one to another, both included, as last told: right for days through which
     * every source is known.
     */
    public List<PersonCountDay> days(LegalDay from, LegalDay to) {
        StoredScan scan = StoredScan.ofDays(this, Map.of());
        scan.advanceThrough(from.plusDays(-1).start());
        List<PersonCountDay> told = new ArrayList<>();
        for (LegalDay day = from; !day.isAfter(to); day = day.plusDays(1)) {
            scan.forgetTurnover();
            scan.advanceThrough(day.start());
            told.add(counted(day, scan, scan.lowNarrowest(), true));
        }
        return told;
    }

    /**
     * The counts at the end of every legal day on which they differ from the day before, from the first day known on.
     *
     * <p>A source speaks for a day once it is known through its end, and for the newest day as soon as it is known to have
     * begun. Persons held by systems alone that do not speak for a day count in the upper bound only; and as long as one
     * system of the operator does not, the day is not exact, since it may have taken in others too.
     *
     * @param to the newest day
     * @param systems all systems of the operator that store persons
     * @param knownThrough how far each system is known; one that is not has no entry
     */
    public List<PersonCountDay> changedDays(
            LegalDay to, Collection<String> systems, Map<String, Instant> knownThrough) {
        TreeSet<LegalDay> candidates = new TreeSet<>();
        knownThrough.values().forEach(known -> candidates.add(LegalDay.of(known)));
        candidates.add(to);
        days.values().forEach(sums -> candidates.addAll(sums.keySet()));
        StoredScan scan = StoredScan.ofDays(this, knownThrough);
        List<PersonCountDay> changed = new ArrayList<>();
        PersonCountDay before = null;
        for (LegalDay day : candidates.headSet(to, true)) {
            if (day.isBefore(firstDay().orElse(to.plusDays(1)))) {
                continue;
            }
            scan.forgetTurnover();
            scan.advanceThrough(day.start());
            Instant spokenFor = day.equals(to) ? day.start() : day.plusDays(1).start();
            boolean all = systems.stream()
                    .map(knownThrough::get)
                    .allMatch(known -> known != null && !known.isBefore(spokenFor));
            PersonCountDay counted = counted(day, scan, scan.lowNarrowest(spokenFor), all);
            if (!counted.carriesOn(before)) {
                changed.add(counted);
            }
            before = counted;
        }
        return changed;
    }

    private PersonCountDay counted(LegalDay day, StoredScan scan, long low, boolean allSpeak) {
        long high = scan.highWidest();
        return new PersonCountDay(
                operator,
                day,
                low,
                high,
                allSpeak && low == high,
                scan.widest(CountSeries.RECORDS),
                scan.widest(CountSeries.RAW_IMAGES),
                scan.personsAdded(),
                scan.personsRemoved());
    }
}
