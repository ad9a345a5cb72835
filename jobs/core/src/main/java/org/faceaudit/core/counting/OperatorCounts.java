package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.core.law.LegalDay;

/** How much one operator stores, through time: the sum of all {@link CountDelta}s by series and instant. Not thread-safe. */
public final class OperatorCounts {

    private final String operator;
    private final TreeMap<String, TreeMap<Instant, CountDelta>> series = new TreeMap<>();

    public OperatorCounts(String operator) {
        this.operator = operator;
    }

    /** Adds a delta; what becomes all zero vanishes. */
    public void add(CountDelta delta) {
        TreeMap<Instant, CountDelta> entries = series.computeIfAbsent(delta.series(), name -> new TreeMap<>());
        CountDelta sum = entries.merge(delta.at(), delta, CountDelta::plus);
        if (sum.isNothing()) {
            entries.remove(delta.at());
            if (entries.isEmpty()) {
                series.remove(delta.series());
            }
        }
    }

    /** What a step keeps to restore the counts: by series, then instant. */
    public Collection<CountDelta> entries() {
        List<CountDelta> all = new ArrayList<>();
        series.values().forEach(entries -> all.addAll(entries.values()));
        return all;
    }

    /** The legal day of the first change, empty while nothing was ever stored. */
    public Optional<LegalDay> firstDay() {
        return series.values().stream()
                .map(entries -> entries.firstKey())
                .min(Instant::compareTo)
                .map(LegalDay::of);
    }

    /** The first instant after another at which a person begins, ends or moves; empty if there is none. */
    public Optional<Instant> nextChange(Instant after) {
        return series.entrySet().stream()
                .filter(entry -> CountSeries.isPersons(entry.getKey()))
                .map(entry -> entry.getValue().higherKey(after))
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
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
        StoredScan scan = StoredScan.of(this, knownThrough);
        List<PersonCountDay> days = new ArrayList<>();
        PersonCountDay before = null;
        LegalDay first = firstDay().orElse(null);
        for (LegalDay day = first; day != null && !day.isAfter(to); day = next(day, candidates, scan)) {
            scan.forgetTurnover();
            scan.advanceBefore(day.plusDays(1).start());
            PersonCountDay counted = counted(day, day.equals(to), scan, systems, knownThrough);
            if (!counted.carriesOn(before)) {
                days.add(counted);
            }
            before = counted;
        }
        return days;
    }

    private static LegalDay next(LegalDay day, TreeSet<LegalDay> candidates, StoredScan scan) {
        LegalDay candidate = candidates.higher(day);
        LegalDay change = scan.next() == null ? null : LegalDay.of(scan.next());
        if (candidate == null || change == null) {
            return candidate == null ? change : candidate;
        }
        return change.isBefore(candidate) ? change : candidate;
    }

    private PersonCountDay counted(
            LegalDay day,
            boolean newest,
            StoredScan scan,
            Collection<String> systems,
            Map<String, Instant> knownThrough) {
        Instant spokenFor = newest ? day.start() : day.plusDays(1).start();
        long low = scan.lowNarrowest(spokenFor);
        long high = scan.highWidest();
        boolean all =
                systems.stream().map(knownThrough::get).allMatch(known -> known != null && !known.isBefore(spokenFor));
        return new PersonCountDay(
                operator,
                day,
                low,
                high,
                all && low == high,
                scan.widest(CountSeries.RECORDS),
                scan.widest(CountSeries.RAW_IMAGES),
                scan.personsAdded(),
                scan.personsRemoved());
    }

    /** The entries of every series, by instant. */
    Map<String, ? extends Map<Instant, CountDelta>> bySeries() {
        return series;
    }
}
