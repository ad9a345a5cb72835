package org.faceaudit.intake.rows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TablePattern;

/**
 * Follows references between rows through time.
 *
 * <p>A row that the first snapshot found is taken to have always been so: who referred to it earlier means the same. A row that
 * is gone still answers with its last values: an image stays the image of its person when the person's row is deleted.
 *
 * <p>Backwards, a row belongs to whoever refers to it first if nobody did before: a photo whose template is stored a moment later
 * was that person's all along. A row that nobody ever refers to has no value there, once it is certain that nobody will come
 * with the same transaction or the same snapshot ({@link Settling}).
 */
final class References {

    /** The least that one commit is before another. */
    private static final Duration INSTANT = Duration.ofNanos(1_000);

    private References() {}

    /**
     * The value read at an instant, UNKNOWN as long as a row on the way is not there, ABSENT where nobody refers to the row on
     * the way.
     */
    static FieldValue read(Reading reading, RowVersion row, Instant at, RowView view) {
        return follow(reading, 0, row, at, view);
    }

    private static FieldValue follow(Reading reading, int hop, RowVersion row, Instant at, RowView view) {
        if (hop == reading.via().size()) {
            return row.fields().getOrDefault(reading.column(), FieldValue.UNKNOWN);
        }
        Join join = reading.via().get(hop);
        FieldValue here = row.fields().getOrDefault(join.column(), FieldValue.UNKNOWN);
        if (here.state() != FieldState.PRESENT) {
            return here.state() == FieldState.ABSENT ? FieldValue.ABSENT : FieldValue.UNKNOWN;
        }
        List<RowView.Row> candidates = view.rowsMeant(join, row, here.text());
        List<Found> found = new ArrayList<>();
        for (RowView.Row candidate : candidates) {
            Found there = inForce(candidate, at);
            if (there != null && here.equals(there.version().fields().get(join.otherColumn()))) {
                found.add(there);
            }
        }
        found.sort(Comparator.comparing((Found there) -> !there.present()).thenComparing(Found::key));
        for (Found there : found) {
            FieldValue value = follow(reading, hop + 1, there.version(), at, view);
            if (value.state() != FieldState.UNKNOWN) {
                return isContradicted(value, there, found, reading, hop, at, view) ? FieldValue.UNKNOWN : value;
            }
        }
        if (!join.reverse() || !found.isEmpty() || (candidates.isEmpty() && view.waits(row))) {
            return FieldValue.UNKNOWN;
        }
        List<First> later = candidates.stream()
                .flatMap(candidate -> first(candidate, join.otherColumn(), here, at).stream())
                .sorted(Comparator.comparing(First::at).thenComparing(First::key))
                .toList();
        for (First referrer : later) {
            FieldValue value = follow(reading, hop + 1, referrer.version(), referrer.at(), view);
            if (value.state() != FieldState.UNKNOWN) {
                return value;
            }
        }
        return later.isEmpty() ? FieldValue.ABSENT : FieldValue.UNKNOWN;
    }

    /**
     * Whether a row of another of many tables says something else of the same value. Ids may count anew in each of them; then
     * nobody can say whose row was meant.
     */
    private static boolean isContradicted(
            FieldValue value, Found by, List<Found> found, Reading reading, int hop, Instant at, RowView view) {
        Join join = reading.via().get(hop);
        if (join.reverse() || !TablePattern.isPattern(join.table())) {
            return false;
        }
        return found.stream()
                .filter(other -> other.present() == by.present())
                .filter(other -> !view.tableOf(join, other.key()).equals(view.tableOf(join, by.key())))
                .map(other -> follow(reading, hop + 1, other.version(), at, view))
                .anyMatch(other -> other.state() != FieldState.UNKNOWN && !other.equals(value));
    }

    private record First(String key, RowVersion version, Instant at) {}

    /** When a row has the value for the first time after an instant. */
    private static Optional<First> first(RowView.Row row, String column, FieldValue value, Instant after) {
        List<RowVersion> versions = row.history().versions();
        List<TimeBounds> times = times(row.history());
        for (int i = 0; i < versions.size(); i++) {
            Instant at = times.get(i).latest();
            if (at.isAfter(after) && value.equals(versions.get(i).fields().get(column))) {
                return Optional.of(new First(row.key(), versions.get(i), at));
            }
        }
        return Optional.empty();
    }

    private record Found(String key, RowVersion version, boolean present) {}

    private static Found inForce(RowView.Row row, Instant at) {
        List<RowVersion> versions = row.history().versions();
        List<TimeBounds> times = times(row.history());
        int newest = versions.size() - 1;
        while (newest >= 0 && times.get(newest).latest().isAfter(at)) {
            newest--;
        }
        if (newest < 0) {
            RowVersion first = versions.get(0);
            return first.snapshotId() != 0 && first.present() ? new Found(row.key(), first, true) : null;
        }
        int shown = newest;
        while (shown >= 0 && !versions.get(shown).present()) {
            shown--;
        }
        return shown < 0 ? null : new Found(row.key(), versions.get(shown), shown == newest);
    }

    /**
     * Since when each version holds. The log orders the versions: a snapshot's instant is taken after the snapshot, so the
     * first changes behind it may carry earlier times.
     */
    static List<TimeBounds> times(RowHistory history) {
        List<RowVersion> versions = history.versions();
        if (versions.size() == 1) {
            return List.of(versions.get(0).from());
        }
        TimeBounds[] times = new TimeBounds[versions.size()];
        Instant limit = Instant.MAX;
        for (int i = versions.size() - 1; i >= 0; i--) {
            TimeBounds own = versions.get(i).from();
            Instant latest = own.latest();
            if (!latest.isBefore(limit)) {
                boolean foundBeforeTheLogWentOn =
                        versions.get(i).snapshotId() != 0 && versions.get(i + 1).snapshotId() == 0;
                latest = foundBeforeTheLogWentOn ? limit.minus(INSTANT) : limit;
            }
            Instant earliest = own.earliest().isAfter(latest) ? latest : own.earliest();
            times[i] = new TimeBounds(earliest, latest, own.declared());
            limit = latest;
        }
        return List.of(times);
    }

    /** Shows every row that was ever on the way of the reading. */
    static void visit(Reading reading, RowHistory start, RowView view, Consumer<RowHistory> visitor) {
        List<RowHistory> here = List.of(start);
        for (Join join : reading.via()) {
            List<RowHistory> there = new ArrayList<>();
            for (String value : values(here, join.column())) {
                view.rowsWith(join.table(), join.otherColumn(), value).forEach(row -> there.add(row.history()));
            }
            there.forEach(visitor);
            here = there;
        }
    }

    /** The keys of the rows from which the way ever led to the row. */
    static Set<String> startsOf(List<Join> way, String startTable, RowHistory end, RowView view) {
        List<RowHistory> here = List.of(end);
        Set<String> keys = new TreeSet<>();
        for (int hop = way.size() - 1; hop >= 0; hop--) {
            Join join = way.get(hop);
            String table = hop == 0 ? startTable : way.get(hop - 1).table();
            List<RowHistory> there = new ArrayList<>();
            keys.clear();
            for (String value : values(here, join.otherColumn())) {
                for (RowView.Row row : view.rowsWith(table, join.column(), value)) {
                    if (keys.add(row.key())) {
                        there.add(row.history());
                    }
                }
            }
            here = there;
        }
        return keys;
    }

    private static Set<String> values(List<RowHistory> rows, String column) {
        Set<String> values = new TreeSet<>();
        for (RowHistory row : rows) {
            for (RowVersion version : row.versions()) {
                FieldValue value = version.fields().get(column);
                if (value != null && value.state() == FieldState.PRESENT) {
                    values.add(value.text());
                }
            }
        }
        return values;
    }
}
