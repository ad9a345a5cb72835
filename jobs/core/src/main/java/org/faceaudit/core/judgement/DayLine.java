package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.CountSeries;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.law.LegalDay;

/** Between which bounds an operator's counts of persons moved on each legal day on which they moved, by the day's sums. */
final class DayLine {

    /**
     * Bounds of a count within one day.
     *
     * @param least not fewer at any instant of the day
     * @param most not more at any instant of the day
     * @param end so many at its end
     */
    record Span(long least, long most, long end) {

        /** Whether the count may have been below a number as well as at or above it. */
        boolean passes(long number) {
            return least < number && most >= number;
        }
    }

    /**
     * One day; the counts are those of {@link Stock}.
     *
     * @param begins whether anybody began to be stored
     * @param certainHigh all groups and records without a person, narrowest time line
     */
    record Day(
            LegalDay day,
            boolean begins,
            Span low,
            Span knownLow,
            Span certain,
            Span knownCertain,
            Span high,
            Span certainHigh) {}

    private static final class Series {
        private final String group;
        private final Instant knownThrough;
        private final TreeMap<LegalDay, CountDelta> days;
        private long widest;
        private long narrowest;

        private Series(String group, Instant knownThrough, TreeMap<LegalDay, CountDelta> days) {
            this.group = group;
            this.knownThrough = knownThrough;
            this.days = days;
        }
    }

    /** Bounds that grow series by series. */
    private static final class Bounds {
        private long least;
        private long most;
        private long end;

        /** Moves between the series of one group cancel out at every instant; who moves away is in {@code out}. */
        private void add(long before, long in, long out, long moved) {
            least += before - out + moved;
            most += before + in - moved;
            end += before + in - out;
        }

        /** Without so many who are counted already; no more are stored than all apart. */
        private Span without(long before, long in, long out) {
            return new Span(
                    least - Math.max(0, before + in),
                    most - Math.max(0, before - out),
                    end - Math.max(0, before + in - out));
        }
    }

    private final List<Series> all = new ArrayList<>();
    /** Who is counted by another token already, {@code null} if nobody is. */
    private Series same;

    private final Instant known;

    private DayLine(Instant known) {
        this.known = known;
    }

    /**
     * The days in order.
     *
     * @param knownThrough how far each system is known; one that is not has no entry
     * @param known how far the best known is; nothing later is judged
     */
    static List<Day> of(OperatorCounts counts, Map<String, Instant> knownThrough, Instant known) {
        DayLine line = new DayLine(known);
        TreeSet<LegalDay> days = new TreeSet<>();
        counts.days().forEach((series, sums) -> {
            if (CountSeries.isPersons(series)) {
                Instant through = CountSeries.systems(series).stream()
                        .map(system -> knownThrough.getOrDefault(system, Instant.MIN))
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
                line.all.add(new Series(CountSeries.group(series), through, sums));
                days.addAll(sums.keySet());
            } else if (series.equals(CountSeries.SAME_PERSONS)) {
                line.same = new Series(PersonHolding.TOKENLESS, Instant.MIN, sums);
                days.addAll(sums.keySet());
            }
        });
        List<Day> moved = new ArrayList<>();
        for (LegalDay day : days) {
            moved.add(line.next(day));
        }
        return moved;
    }

    private Day next(LegalDay day) {
        Map<String, Bounds> low = new HashMap<>();
        Map<String, Bounds> knownLow = new HashMap<>();
        Map<String, Bounds> certain = new HashMap<>();
        Map<String, Bounds> knownCertain = new HashMap<>();
        Bounds high = new Bounds();
        Bounds certainHigh = new Bounds();
        long begun = 0;
        for (Series series : all) {
            CountDelta sum = series.days.get(day);
            long in = sum == null ? 0 : sum.widestAdded();
            long out = sum == null ? 0 : sum.widestRemoved();
            long moved = sum == null ? 0 : sum.widestMoved();
            long inNarrowest = sum == null ? 0 : sum.narrowestAdded();
            long outNarrowest = sum == null ? 0 : sum.narrowestRemoved();
            long movedNarrowest = sum == null ? 0 : sum.narrowestMoved();
            begun += in - moved;
            high.add(series.widest, in, out, moved);
            certainHigh.add(series.narrowest, inNarrowest, outNarrowest, movedNarrowest);
            if (!series.group.equals(PersonHolding.TOKENLESS)) {
                bounds(low, series).add(series.widest, in, out, moved);
                bounds(certain, series).add(series.narrowest, inNarrowest, outNarrowest, movedNarrowest);
                known(bounds(knownLow, series), series.knownThrough, day, series.widest, in, out);
                known(
                        bounds(knownCertain, series),
                        series.knownThrough,
                        day,
                        series.narrowest,
                        inNarrowest,
                        outNarrowest);
            }
            series.widest += in - out;
            series.narrowest += inNarrowest - outNarrowest;
        }
        return new Day(
                day,
                begun > 0,
                largest(low),
                largest(knownLow),
                largest(certain),
                largest(knownCertain),
                withoutSame(high, day, true),
                withoutSame(certainHigh, day, false));
    }

    private Span withoutSame(Bounds bounds, LegalDay day, boolean onWidest) {
        if (same == null) {
            return bounds.without(0, 0, 0);
        }
        CountDelta sum = same.days.get(day);
        long before = onWidest ? same.widest : same.narrowest;
        long in = sum == null ? 0 : onWidest ? sum.widestAdded() : sum.narrowestAdded();
        long out = sum == null ? 0 : onWidest ? sum.widestRemoved() : sum.narrowestRemoved();
        if (onWidest) {
            same.widest += in - out;
        } else {
            same.narrowest += in - out;
        }
        return bounds.without(before, in, out);
    }

    /** Persons whom nobody speaks for from some instant of the day on may count and may not. */
    private void known(Bounds bounds, Instant knownThrough, LegalDay day, long before, long in, long out) {
        if (knownThrough.isBefore(day.start())) {
            return;
        }
        bounds.most += before + in;
        if (!knownThrough.isBefore(day.plusDays(1).start()) || !knownThrough.isBefore(known)) {
            bounds.least += before - out;
            bounds.end += before + in - out;
        }
    }

    private static Bounds bounds(Map<String, Bounds> groups, Series series) {
        return groups.computeIfAbsent(series.group, group -> new Bounds());
    }

    private static Span largest(Map<String, Bounds> groups) {
        long least = 0;
        long most = 0;
        long end = 0;
        for (Bounds bounds : groups.values()) {
            least = Math.max(least, bounds.least);
            most = Math.max(most, bounds.most);
            end = Math.max(end, bounds.end);
        }
        return new Span(least, most, end);
    }
}
