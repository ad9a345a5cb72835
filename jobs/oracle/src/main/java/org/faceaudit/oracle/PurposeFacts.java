package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.oracle.SourceFacts.Told;

/** What the memberships of a gym say of a person: until when there is a purpose for which its image is kept (PIPL 47). */
final class PurposeFacts {

    private final SourceFacts facts;
    private final RowBook book;
    private final Map<String, List<Told>> rows = new HashMap<>();

    PurposeFacts(SourceFacts facts) {
        this.facts = facts;
        this.book = facts.book();
    }

    /** When a person's last purpose ended, and the changes that say so. */
    record Ended(LocalDate day, Set<OraclePosition> rests) {}

    private List<Told> rows(String key) {
        return rows.computeIfAbsent(key, one -> facts.told(SourceFacts.MEMBERSHIP, one));
    }

    /** Every instant at which anything is said of a person's purposes. */
    TreeSet<Instant> instants(String person) {
        TreeSet<Instant> instants = new TreeSet<>();
        for (String key : book.keys(SourceFacts.MEMBERSHIP)) {
            if (rows(key).stream().anyMatch(told -> told.isOf(person))) {
                rows(key).forEach(told -> instants.add(told.from()));
            }
        }
        return instants;
    }

    /** When a person's last purpose ended, {@code null} while one goes on or if there never was one. */
    Ended of(String person, Instant at) {
        Ended last = null;
        for (String key : book.keys(SourceFacts.MEMBERSHIP)) {
            Ended end = of(rows(key), person, at);
            if (end == null) {
                continue;
            }
            if (end.day() == null) {
                return null;
            }
            if (last == null || end.day().isAfter(last.day())) {
                last = new Ended(end.day(), new HashSet<>());
            }
            if (end.day().equals(last.day())) {
                last.rests().addAll(end.rests());
            }
        }
        return last;
    }

    /**
     * When one membership of a person ended, without a day while it goes on; {@code null} if it never was that person's. What
     * is deleted, or is somebody else's from then on, has ended by that day.
     */
    private static Ended of(List<Told> said, String person, Instant at) {
        Ended end = null;
        boolean runs = false;
        for (int i = 0; i < said.size() && !said.get(i).from().isAfter(at); i++) {
            Told told = said.get(i);
            if (told.isOf(person)) {
                end = new Ended(Values.date(told.row(), "ended_on"), Set.of(saidOf(person, said, i)));
                runs = true;
            } else if (runs) {
                LocalDate gone = Values.day(told.latest());
                end = end.day() == null || gone.isBefore(end.day()) ? new Ended(gone, Set.of(told.position())) : end;
                runs = false;
            }
        }
        return end;
    }

    /** The change that first said of a person what a membership has said since of its end. */
    private static OraclePosition saidOf(String person, List<Told> said, int number) {
        int first = number;
        while (first > 0
                && said.get(first - 1).present()
                && Objects.equals(
                        Values.date(said.get(first - 1).row(), "ended_on"),
                        Values.date(said.get(number).row(), "ended_on"))
                && (said.get(first - 1).person() == null || said.get(first - 1).isOf(person))) {
            first--;
        }
        return said.get(first).position();
    }
}
