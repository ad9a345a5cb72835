package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
        CountDelta sum = entries.merge(delta.at(), delta, OperatorCounts::sum);
        if (sum.widestAdded() == 0
                && sum.widestRemoved() == 0
                && sum.narrowestAdded() == 0
                && sum.narrowestRemoved() == 0
                && sum.hash() == 0) {
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

    /** The counts at the end of every legal day from one day to another, both included. */
    public List<PersonCountDay> days(LegalDay from, LegalDay to) {
        List<PersonCountDay> days = new ArrayList<>();
        StoredScan scan = StoredScan.of(this);
        scan.advanceBefore(from.start());
        for (LegalDay day = from; !day.isAfter(to); day = day.plusDays(1)) {
            scan.forgetTurnover();
            scan.advanceBefore(day.plusDays(1).start());
            long low = scan.lowNarrowest();
            long high = scan.highWidest();
            days.add(new PersonCountDay(
                    operator,
                    day,
                    low,
                    high,
                    low == high,
                    scan.widest(CountSeries.RECORDS),
                    scan.widest(CountSeries.RAW_IMAGES),
                    scan.personsAdded(),
                    scan.personsRemoved()));
        }
        return days;
    }

    /** The entries of every series, by instant. */
    Map<String, ? extends Map<Instant, CountDelta>> bySeries() {
        return series;
    }

    private static CountDelta sum(CountDelta one, CountDelta other) {
        return new CountDelta(
                one.operator(),
                one.series(),
                one.at(),
                one.widestAdded() + other.widestAdded(),
                one.widestRemoved() + other.widestRemoved(),
                one.narrowestAdded() + other.narrowestAdded(),
                one.narrowestRemoved() + other.narrowestRemoved(),
                one.hash() + other.hash());
    }
}
