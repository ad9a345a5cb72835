package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.law.LegalDay;

/**
 * During which times faces are tried: from the first attempt of a legal day to the end of that day, and on where one is made on
 * the next day too. That nothing was tried any more is said when a whole day without an attempt is known to be over.
 */
final class FacesInUse {

    /** Attempts of one legal day. */
    record Day(LegalDay day, int attempts, Instant first, long hash) {

        private Day plus(Day other) {
            return new Day(
                    day,
                    attempts + other.attempts,
                    other.first.isBefore(first) ? other.first : first,
                    hash + other.hash);
        }
    }

    /**
     * Legal days in a row on which faces were tried.
     *
     * @param to the first instant of the day after the last; {@code null} while that day may still bring some
     */
    record Run(List<Day> days, Instant to) {

        Instant from() {
            return days.get(0).first();
        }

        boolean covers(Instant at) {
            return !at.isBefore(from()) && (to == null || at.isBefore(to));
        }
    }

    private final List<Run> runs = new ArrayList<>();

    /**
     * By what was told of all parts of all systems.
     *
     * @param from the first legal day that counts
     * @param known attempts of later instants are left out
     */
    FacesInUse(Collection<FaceAttempts> told, LegalDay from, Instant known, Wake wake) {
        Map<LegalDay, Day> days = new TreeMap<>();
        for (FaceAttempts part : told) {
            if (part.count() == 0 || part.day().isBefore(from)) {
                continue;
            }
            if (part.first().isAfter(known)) {
                wake.at(part.first());
                continue;
            }
            days.merge(
                    part.day(),
                    new Day(part.day(), part.count(), part.first(), part.hash()),
                    (one, other) -> one.plus(other));
        }
        List<Day> row = new ArrayList<>();
        for (Day day : days.values()) {
            if (!row.isEmpty() && !row.get(row.size() - 1).day().plusDays(1).equals(day.day())) {
                end(row, known, wake);
                row = new ArrayList<>();
            }
            row.add(day);
        }
        if (!row.isEmpty()) {
            end(row, known, wake);
        }
    }

    private void end(List<Day> row, Instant known, Wake wake) {
        LegalDay next = row.get(row.size() - 1).day().plusDays(1);
        Instant over = next.plusDays(1).start();
        wake.at(over);
        runs.add(new Run(List.copyOf(row), over.isAfter(known) ? null : next.start()));
    }

    /** The run that an instant falls into, {@code null} for none. */
    Run at(Instant instant) {
        for (Run run : runs) {
            if (run.covers(instant)) {
                return run;
            }
        }
        return null;
    }

    /** The next instant at which a run begins or ends, {@code null} for none. */
    Instant next(Instant after) {
        Instant next = null;
        for (Run run : runs) {
            for (Instant edge : run.to() == null ? List.of(run.from()) : List.of(run.from(), run.to())) {
                if (edge.isAfter(after) && (next == null || edge.isBefore(next))) {
                    next = edge;
                }
            }
        }
        return next;
    }
}
