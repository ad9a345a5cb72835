package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Walks an operator's counts forward through time; all changes of one instant are taken together.
 *
 * <p>What stays stored is told by silence, and silence tells only as far as a source is known. Whoever is held by systems
 * that are all known to an earlier instant only was stored there as last told, and nobody vouches for more.
 */
public final class StoredScan {

    private static final class Cursor {
        private final String series;
        private final boolean persons;
        /** Number of the token group, -1 for records without a person and for what is no person. */
        private final int group;

        private final Instant knownThrough;
        private final Iterator<CountDelta> entries;
        private CountDelta next;
        private long widest;
        private long narrowest;

        private Cursor(String series, int group, Instant knownThrough, Iterator<CountDelta> entries) {
            this.series = series;
            this.persons = CountSeries.isPersons(series);
            this.group = group;
            this.knownThrough = knownThrough;
            this.entries = entries;
            this.next = entries.next();
        }

        private void take() {
            widest += next.widest();
            narrowest += next.narrowest();
            next = entries.hasNext() ? entries.next() : null;
        }
    }

    private final List<Cursor> cursors = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final Map<String, Instant> knownThrough;
    private long[] sums = new long[0];
    private long added;
    private long removed;
    private Instant firstChange;
    private long changes;
    private long hash;

    private StoredScan(Map<String, Instant> knownThrough) {
        this.knownThrough = knownThrough;
    }

    private StoredScan add(String series, Iterator<CountDelta> changes) {
        if (changes.hasNext()) {
            cursors.add(new Cursor(series, group(series), known(series), changes));
            sums = new long[groups.size()];
        }
        return this;
    }

    /**
     * Walks all series day by day; the stop of a day is its first instant.
     *
     * @param knownThrough how far each system is known; one that is not has no entry
     */
    public static StoredScan ofDays(OperatorCounts counts, Map<String, Instant> knownThrough) {
        StoredScan scan = new StoredScan(knownThrough);
        counts.days().forEach((series, days) -> scan.add(series, days.all()));
        return scan;
    }

    /**
     * Walks the series of persons alone: only their instants are stops, and the first instants of days that are not looked at
     * closely.
     */
    public static StoredScan ofPersons(OperatorCounts counts, Map<String, Instant> knownThrough) {
        StoredScan scan = new StoredScan(knownThrough);
        for (String series : counts.series()) {
            if (CountSeries.concernsPersons(series)) {
                scan.add(series, counts.changes(series));
            }
        }
        return scan;
    }

    private int group(String series) {
        if (!CountSeries.isPersons(series) || CountSeries.group(series).equals(PersonHolding.TOKENLESS)) {
            return -1;
        }
        String group = CountSeries.group(series);
        int known = groups.indexOf(group);
        if (known >= 0) {
            return known;
        }
        groups.add(group);
        return groups.size() - 1;
    }

    /** How far somebody speaks for the persons of a series: as far as the best known of the systems that hold them. */
    private Instant known(String series) {
        Instant best = Instant.MIN;
        if (CountSeries.isPersons(series)) {
            for (String system : CountSeries.systems(series)) {
                Instant known = knownThrough.get(system);
                best = known != null && known.isAfter(best) ? known : best;
            }
        }
        return best;
    }

    /** The next instant at which anything changes, {@code null} at the end. */
    public Instant next() {
        Instant next = null;
        for (Cursor cursor : cursors) {
            if (cursor.next != null && (next == null || cursor.next.at().isBefore(next))) {
                next = cursor.next.at();
            }
        }
        return next;
    }

    /** Takes all changes of the next instant together. */
    public void step() {
        Instant at = next();
        for (Cursor cursor : cursors) {
            if (cursor.next == null || !cursor.next.at().equals(at)) {
                continue;
            }
            CountDelta delta = cursor.next;
            cursor.take();
            if (cursor.persons) {
                // Who leaves one series for another neither begins nor ends; over all series the moves cancel out.
                int begun = delta.widestAdded() - delta.widestMoved();
                int ended = delta.widestRemoved() - delta.widestMoved();
                added += begun;
                removed += ended;
                firstChange = firstChange == null ? at : firstChange;
                changes += begun + ended;
                hash += delta.hash();
            }
        }
    }

    /** Takes all changes earlier than an instant. */
    public void advanceBefore(Instant instant) {
        for (Instant next = next(); next != null && next.isBefore(instant); next = next()) {
            step();
        }
    }

    /** Takes all changes up to an instant, included. */
    public void advanceThrough(Instant instant) {
        for (Instant next = next(); next != null && !next.isAfter(instant); next = next()) {
            step();
        }
    }

    /** At the least so many persons may have been stored: the largest comparable group, widest time line. */
    public long lowWidest() {
        return largestGroup(cursor -> cursor.widest);
    }

    /** {@link #lowWidest}, of persons held by a system that is known at least up to an instant. */
    public long lowWidest(Instant at) {
        return largestGroup(cursor -> cursor.knownThrough.isBefore(at) ? 0 : cursor.widest);
    }

    /** At the least so many persons were stored as last told: the largest comparable group, narrowest time line. */
    public long lowNarrowest() {
        return largestGroup(cursor -> cursor.narrowest);
    }

    /** {@link #lowNarrowest}, of persons held by a system that is known at least up to an instant: they certainly were. */
    public long lowNarrowest(Instant at) {
        return largestGroup(cursor -> cursor.knownThrough.isBefore(at) ? 0 : cursor.narrowest);
    }

    private long largestGroup(ToLongFunction<Cursor> count) {
        Arrays.fill(sums, 0);
        for (Cursor cursor : cursors) {
            if (cursor.group >= 0) {
                sums[cursor.group] += count.applyAsLong(cursor);
            }
        }
        return Arrays.stream(sums).max().orElse(0);
    }

    /**
     * At the most so many persons were stored as far as told, widest line: all groups and all records without a person, but
     * those once who are named by tokens of several groups.
     */
    public long highWidest() {
        return high(cursor -> cursor.widest);
    }

    /** The same on the narrowest time line: what certainly was stored. */
    public long highNarrowest() {
        return high(cursor -> cursor.narrowest);
    }

    private long high(ToLongFunction<Cursor> count) {
        long sum = 0;
        long same = 0;
        for (Cursor cursor : cursors) {
            if (cursor.persons) {
                sum += count.applyAsLong(cursor);
            } else if (cursor.series.equals(CountSeries.SAME_PERSONS)) {
                same += count.applyAsLong(cursor);
            }
        }
        // Links that contradict each other count negatively; no more are stored than all apart.
        return sum - Math.max(0, same);
    }

    /** Whether somebody was stored for certain: on the narrowest time line, in a system that is known at least up to an instant. */
    public boolean certainlyStored(Instant at) {
        return cursors.stream()
                .anyMatch(cursor -> cursor.persons && cursor.narrowest > 0 && !cursor.knownThrough.isBefore(at));
    }

    /** The count of one series, widest time line. */
    public long widest(String series) {
        for (Cursor cursor : cursors) {
            if (cursor.series.equals(series)) {
                return cursor.widest;
            }
        }
        return 0;
    }

    /** Persons whose storing began since the start or the last {@link #forgetTurnover}. */
    public long personsAdded() {
        return added;
    }

    /** Persons whose storing ended since the start or the last {@link #forgetTurnover}. */
    public long personsRemoved() {
        return removed;
    }

    public void forgetTurnover() {
        added = 0;
        removed = 0;
    }

    /** First instant at which a person began or ended, {@code null} while none did. */
    public Instant firstChange() {
        return firstChange;
    }

    /** Beginnings and ends of persons taken so far. */
    public long changes() {
        return changes;
    }

    /** Order-independent hash of the persons that began so far. */
    public long hash() {
        return hash;
    }
}
