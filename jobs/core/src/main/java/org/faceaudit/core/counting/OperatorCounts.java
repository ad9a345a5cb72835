package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
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
    private final TreeMap<String, DaySums> days = new TreeMap<>();
    private final TreeMap<String, TreeMap<Instant, CountDelta>> instants = new TreeMap<>();
    private final TreeSet<LegalDay> close = new TreeSet<>();
    /** Pages of days that changed since they were asked for last. */
    private final Set<PageName> changed = new HashSet<>();

    private record PageName(String series, int number) {}

    public OperatorCounts(String operator) {
        this.operator = operator;
    }

    /** Adds to the sum of a legal day; what becomes all zero vanishes. */
    public void addToDay(CountDelta delta) {
        DaySums sums = days.computeIfAbsent(delta.series(), series -> new DaySums(operator, series));
        sums.add(delta);
        if (sums.isEmpty()) {
            days.remove(delta.series());
        }
        changed.add(new PageName(delta.series(), DaySums.page(delta.day())));
    }

    /**
     * Gives what there is to remember of the sums of days since it was asked for last: pages of bytes by name, {@code null} for
     * one that is no more. Nobody changes a page, and nobody may.
     */
    public void changedPages(BiConsumer<String, byte[]> memory) {
        for (PageName page : changed) {
            DaySums sums = days.get(page.series());
            memory.accept(page.series() + '/' + page.number(), sums == null ? null : sums.page(page.number()));
        }
        changed.clear();
    }

    /** Takes in a page that was remembered. */
    public void setPage(String name, byte[] page) {
        int slash = name.lastIndexOf('/');
        days.computeIfAbsent(name.substring(0, slash), series -> new DaySums(operator, series))
                .setPage(Integer.parseInt(name.substring(slash + 1)), page);
    }

    /** Adds to the sum of an instant of a day that is looked at closely, which its day's sum has to hold as well. */
    public void addToInstant(CountDelta delta) {
        TreeMap<Instant, CountDelta> entries = instants.computeIfAbsent(delta.series(), series -> new TreeMap<>());
        if (entries.merge(delta.at(), delta, CountDelta::plus).isNothing()) {
            entries.remove(delta.at());
            if (entries.isEmpty()) {
                instants.remove(delta.series());
            }
        }
    }

    /** Whether the instants of a day are known and count, or its sum alone. */
    public void look(LegalDay day, boolean closely) {
        if (closely) {
            close.add(day);
        } else {
            close.remove(day);
        }
    }

    /** The sums of every series by legal day. */
    public Map<String, DaySums> days() {
        return days;
    }

    /** How many sums are kept, of days and of instants. */
    public int size() {
        return days.values().stream().mapToInt(DaySums::size).sum()
                + instants.values().stream().mapToInt(Map::size).sum();
    }

    /** The names of all series. */
    Set<String> series() {
        return days.keySet();
    }

    /** The changes of one series in order: day by day, or by instant where one looks closely. */
    Iterator<CountDelta> changes(String series) {
        return new Changes(series, days.get(series).all());
    }

    /** Goes from day to day, and through the instants of those that are looked at closely. */
    private final class Changes implements Iterator<CountDelta> {
        private final String series;
        private final Iterator<CountDelta> sums;
        private Iterator<CountDelta> closely = Collections.emptyIterator();
        private CountDelta next;

        private Changes(String series, Iterator<CountDelta> sums) {
            this.series = series;
            this.sums = sums;
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                if (closely.hasNext()) {
                    next = closely.next();
                } else if (sums.hasNext()) {
                    CountDelta sum = sums.next();
                    LegalDay day = close.isEmpty() ? null : sum.day();
                    if (day != null && close.contains(day)) {
                        closely = instantsOf(series, day).iterator();
                    } else {
                        next = sum;
                    }
                } else {
                    return false;
                }
            }
            return true;
        }

        @Override
        public CountDelta next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            CountDelta told = next;
            next = null;
            return told;
        }
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
        LegalDay first = null;
        for (DaySums sums : days.values()) {
            LegalDay own = sums.first();
            first = first == null || own.isBefore(first) ? own : first;
        }
        return Optional.ofNullable(first);
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
        Iterator<CountDelta> sums = days.get(series).from(LegalDay.of(after));
        while (sums.hasNext()) {
            LegalDay day = sums.next().day();
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
        LegalDay first = firstDay().orElse(null);
        if (first == null || first.isAfter(to)) {
            return List.of();
        }
        TreeSet<LegalDay> ends = new TreeSet<>();
        knownThrough.values().forEach(known -> ends.add(LegalDay.of(known)));
        ends.add(to);
        Instant allThrough = allKnown(systems, knownThrough);
        StoredScan scan = StoredScan.ofDays(this, knownThrough);
        List<PersonCountDay> changed = new ArrayList<>();
        PersonCountDay before = null;
        for (LegalDay day = first; day != null && !day.isAfter(to); ) {
            scan.forgetTurnover();
            scan.advanceThrough(day.start());
            Instant spokenFor = day.equals(to) ? day.start() : day.plusDays(1).start();
            boolean all = allThrough != null && !allThrough.isBefore(spokenFor);
            PersonCountDay counted = counted(day, scan, scan.lowNarrowest(spokenFor), all);
            if (!counted.carriesOn(before)) {
                changed.add(counted);
            }
            before = counted;
            Instant next = scan.next();
            LegalDay moved = next == null ? null : LegalDay.of(next);
            LegalDay end = ends.higher(day);
            day = moved == null || (end != null && end.isBefore(moved)) ? end : moved;
        }
        return changed;
    }

    /** Up to where all systems are known, {@code null} while one is not; without systems there is nothing to be known. */
    private static Instant allKnown(Collection<String> systems, Map<String, Instant> knownThrough) {
        Instant all = Instant.MAX;
        for (String system : systems) {
            Instant known = knownThrough.get(system);
            if (known == null) {
                return null;
            }
            all = known.isBefore(all) ? known : all;
        }
        return all;
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
