package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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

    /** A series on its way through the days. */
    private static final class Series {
        /** Number of the token group, -1 for records without a person. */
        private final int group;

        private final Instant knownThrough;
        private final Iterator<CountDelta> left;
        private CountDelta next;
        /** Before the day that is looked at. */
        private long widest;

        private long narrowest;
        /** The sum of the day that is looked at, {@code null} if nothing moved. */
        private CountDelta today;

        private Series(int group, Instant knownThrough, Iterator<CountDelta> sums) {
            this.group = group;
            this.knownThrough = knownThrough;
            this.left = sums;
            this.next = left.hasNext() ? left.next() : null;
        }

        private void begin(Instant day) {
            today = null;
            if (next != null && next.at().equals(day)) {
                today = next;
                next = left.hasNext() ? left.next() : null;
            }
        }

        private void end() {
            if (today != null) {
                widest += today.widest();
                narrowest += today.narrowest();
            }
        }
    }

    /** Bounds that grow series by series. */
    private static final class Bounds {
        private long least;
        private long most;
        private long end;

        private void clear() {
            least = 0;
            most = 0;
            end = 0;
        }

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
    private final List<String> groups = new ArrayList<>();
    /** Who is counted by another token already, {@code null} if nobody is. */
    private Series same;

    private final Instant known;
    private final List<Bounds> low = new ArrayList<>();
    private final List<Bounds> knownLow = new ArrayList<>();
    private final List<Bounds> certain = new ArrayList<>();
    private final List<Bounds> knownCertain = new ArrayList<>();
    private final Bounds high = new Bounds();
    private final Bounds certainHigh = new Bounds();

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
        counts.days().forEach((series, sums) -> {
            if (CountSeries.isPersons(series)) {
                Instant through = CountSeries.systems(series).stream()
                        .map(system -> knownThrough.getOrDefault(system, Instant.MIN))
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
                line.all.add(new Series(line.group(CountSeries.group(series)), through, sums.all()));
            } else if (series.equals(CountSeries.SAME_PERSONS)) {
                line.same = new Series(-1, Instant.MIN, sums.all());
            }
        });
        List<Day> moved = new ArrayList<>();
        for (CountDelta first = line.first(); first != null; first = line.first()) {
            moved.add(line.next(first.day(), first.at()));
        }
        return moved;
    }

    private int group(String name) {
        if (name.equals(PersonHolding.TOKENLESS)) {
            return -1;
        }
        int number = groups.indexOf(name);
        if (number >= 0) {
            return number;
        }
        groups.add(name);
        List.of(low, knownLow, certain, knownCertain).forEach(bounds -> bounds.add(new Bounds()));
        return groups.size() - 1;
    }

    /** A sum of the first day that was not looked at yet, {@code null} at the end. */
    private CountDelta first() {
        CountDelta first = same == null ? null : same.next;
        for (Series series : all) {
            if (series.next != null && (first == null || series.next.at().isBefore(first.at()))) {
                first = series.next;
            }
        }
        return first;
    }

    private Day next(LegalDay day, Instant start) {
        List.of(low, knownLow, certain, knownCertain).forEach(bounds -> bounds.forEach(Bounds::clear));
        high.clear();
        certainHigh.clear();
        long begun = 0;
        for (Series series : all) {
            series.begin(start);
            CountDelta sum = series.today;
            long in = sum == null ? 0 : sum.widestAdded();
            long out = sum == null ? 0 : sum.widestRemoved();
            long moved = sum == null ? 0 : sum.widestMoved();
            long inNarrowest = sum == null ? 0 : sum.narrowestAdded();
            long outNarrowest = sum == null ? 0 : sum.narrowestRemoved();
            long movedNarrowest = sum == null ? 0 : sum.narrowestMoved();
            begun += in - moved;
            high.add(series.widest, in, out, moved);
            certainHigh.add(series.narrowest, inNarrowest, outNarrowest, movedNarrowest);
            int group = series.group;
            if (group >= 0) {
                low.get(group).add(series.widest, in, out, moved);
                certain.get(group).add(series.narrowest, inNarrowest, outNarrowest, movedNarrowest);
                known(knownLow.get(group), series.knownThrough, day, series.widest, in, out);
                known(knownCertain.get(group), series.knownThrough, day, series.narrowest, inNarrowest, outNarrowest);
            }
            series.end();
        }
        if (same != null) {
            same.begin(start);
        }
        Day told = new Day(
                day,
                begun > 0,
                largest(low),
                largest(knownLow),
                largest(certain),
                largest(knownCertain),
                withoutSame(high, true),
                withoutSame(certainHigh, false));
        if (same != null) {
            same.end();
        }
        return told;
    }

    private Span withoutSame(Bounds bounds, boolean onWidest) {
        if (same == null) {
            return bounds.without(0, 0, 0);
        }
        CountDelta sum = same.today;
        long before = onWidest ? same.widest : same.narrowest;
        long in = sum == null ? 0 : onWidest ? sum.widestAdded() : sum.narrowestAdded();
        long out = sum == null ? 0 : onWidest ? sum.widestRemoved() : sum.narrowestRemoved();
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

    private static Span largest(List<Bounds> groups) {
        long least = 0;
        long most = 0;
        long end = 0;
        for (Bounds bounds : groups) {
            least = Math.max(least, bounds.least);
            most = Math.max(most, bounds.most);
            end = Math.max(end, bounds.end);
        }
        return new Span(least, most, end);
    }
}
