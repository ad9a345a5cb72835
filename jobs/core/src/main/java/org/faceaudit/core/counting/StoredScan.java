package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Walks an operator's counts forward through time; all changes of one instant are taken together. */
public final class StoredScan {

    private static final class Cursor {
        private final String series;
        private final boolean persons;
        private final boolean tokenless;
        private final Iterator<CountDelta> entries;
        private CountDelta next;
        private long widest;
        private long narrowest;

        private Cursor(String series, Iterator<CountDelta> entries) {
            this.series = series;
            this.persons = CountSeries.isPersons(series);
            this.tokenless = persons && CountSeries.group(series).equals(PersonHolding.TOKENLESS);
            this.entries = entries;
            this.next = entries.next();
        }

        private void take() {
            widest += next.widestAdded() - next.widestRemoved();
            narrowest += next.narrowestAdded() - next.narrowestRemoved();
            next = entries.hasNext() ? entries.next() : null;
        }
    }

    private final List<Cursor> cursors = new ArrayList<>();
    private long added;
    private long removed;
    private Instant firstChange;
    private long changes;
    private long hash;

    private StoredScan(OperatorCounts counts, Predicate<String> wanted) {
        counts.bySeries().forEach((series, entries) -> {
            if (wanted.test(series)) {
                cursors.add(new Cursor(series, entries.values().iterator()));
            }
        });
    }

    /** Walks all series. */
    public static StoredScan of(OperatorCounts counts) {
        return new StoredScan(counts, series -> true);
    }

    /** Walks the series of persons alone: only their instants are stops. */
    public static StoredScan ofPersons(OperatorCounts counts) {
        return new StoredScan(counts, CountSeries::isPersons);
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
                added += delta.widestAdded();
                removed += delta.widestRemoved();
                firstChange = firstChange == null ? at : firstChange;
                changes += delta.widestAdded() + delta.widestRemoved();
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
        long low = 0;
        for (Cursor cursor : cursors) {
            if (cursor.persons && !cursor.tokenless) {
                low = Math.max(low, cursor.widest);
            }
        }
        return low;
    }

    /** At the least so many persons certainly were stored: the largest comparable group, narrowest time line. */
    public long lowNarrowest() {
        long low = 0;
        for (Cursor cursor : cursors) {
            if (cursor.persons && !cursor.tokenless) {
                low = Math.max(low, cursor.narrowest);
            }
        }
        return low;
    }

    /** At the most so many persons were stored: all groups and all records without a person, widest time line. */
    public long highWidest() {
        long high = 0;
        for (Cursor cursor : cursors) {
            if (cursor.persons) {
                high += cursor.widest;
            }
        }
        return high;
    }

    /** The sum of all groups and of all records without a person, narrowest time line: what certainly was stored. */
    public long highNarrowest() {
        long high = 0;
        for (Cursor cursor : cursors) {
            if (cursor.persons) {
                high += cursor.narrowest;
            }
        }
        return high;
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
