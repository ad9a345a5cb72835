package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What operators' own databases say, in the sample schemas, of the scenes in which they use face recognition ({@code
 * public.scene_use}) and of what they filed ({@code public.own_filing}). Of every row the newest state counts.
 */
final class OwnRecords {

    private static final String USE = "public.scene_use";
    private static final String FILING = "public.own_filing";

    private final Map<String, RowBook> sources;
    private final LocalDate today;
    private final Map<String, List<Use>> uses = new HashMap<>();
    private final Map<String, List<Filing>> filings = new HashMap<>();

    /**
     * @param sources by topic, {@code cdc.<operator>.<system>}
     * @param today what the rows date later has not come to pass; {@code LocalDate.MAX} to take them as they are
     */
    OwnRecords(Map<String, RowBook> sources, LocalDate today) {
        this.sources = sources;
        this.today = today;
    }

    /**
     * A scene.
     *
     * @param ended {@code null} while it goes on, and if nobody can read whether it does
     * @param unknown whether nobody can
     * @param stated the newest change of the row
     */
    record Use(String id, LocalDate ended, boolean unknown, OraclePosition stated) {}

    /** A day as a row says it: it may be there, not be there, or be unreadable. */
    private record Day(LocalDate on, boolean unknown) {

        private static Day of(JsonNode row, String column) {
            String text = Values.text(row, column);
            if (text == null) {
                return new Day(null, false);
            }
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}Z?")
                    ? new Day(LocalDate.parse(text.substring(0, 10)), false)
                    : new Day(null, true);
        }

        private boolean isBefore(Day other) {
            return on != null && other.on != null && on.isBefore(other.on);
        }

        private LocalDate by(LocalDate today) {
            return on == null || on.isAfter(today) ? null : on;
        }
    }

    private interface Reader {
        void read(String id, RowState newest);
    }

    private void read(String operator, String table, Reader reader) {
        sources.forEach((topic, book) -> {
            String[] parts = topic.split("\\.", -1);
            if (parts[1].equals(operator) && book.snapshotComplete()) {
                for (String key : book.keys(table)) {
                    List<RowState> states = book.states(table, key);
                    RowState newest = states.get(states.size() - 1);
                    if (newest.present()) {
                        reader.read(parts[2] + '/' + table + "%2F" + key, newest);
                    }
                }
            }
        });
    }

    /** Its scenes; of one that ended before it began nobody knows when it did either. */
    List<Use> uses(String operator) {
        return uses.computeIfAbsent(operator, this::readUses);
    }

    private List<Use> readUses(String operator) {
        List<Use> uses = new ArrayList<>();
        read(operator, USE, (id, newest) -> {
            Day started = Day.of(newest.row(), "started_on");
            Day ended = Day.of(newest.row(), "terminated_on");
            boolean absurd = ended.isBefore(started);
            if (!absurd && started.on() != null && started.on().isAfter(today)) {
                return;
            }
            uses.add(new Use(id, absurd ? null : ended.by(today), absurd || ended.unknown(), newest.position()));
        });
        return uses;
    }

    /** What it says it submitted, wherever; a row that says so of tomorrow, or not how it went, says nothing. */
    List<Filing> filings(String operator) {
        return filings.computeIfAbsent(operator, this::readFilings);
    }

    private List<Filing> readFilings(String operator) {
        List<Filing> filings = new ArrayList<>();
        read(operator, FILING, (id, newest) -> {
            JsonNode row = newest.row();
            Day submitted = Day.of(row, "submitted_on");
            Day returned = Day.of(row, "returned_on");
            Day accepted = Day.of(row, "accepted_on");
            Day withdrawn = Day.of(row, "withdrawn_on");
            String kind = Values.text(row, "kind");
            boolean says = submitted.on() != null
                    && !submitted.on().isAfter(Values.day(newest.latest()))
                    && !submitted.on().isAfter(today)
                    && List.of(OracleRegistry.INITIAL, OracleRegistry.CHANGE, OracleRegistry.DEREGISTRATION)
                            .contains(kind)
                    && !returned.unknown()
                    && !returned.isBefore(submitted)
                    && !withdrawn.unknown()
                    && !withdrawn.isBefore(submitted);
            if (says) {
                String persons = Values.text(row, "persons");
                filings.add(new Filing(
                        id,
                        operator,
                        kind,
                        submitted.on(),
                        accepted.isBefore(submitted) ? null : accepted.by(today),
                        returned.by(today),
                        withdrawn.by(today),
                        true,
                        persons == null || persons.startsWith("-") ? null : new BigDecimal(persons),
                        List.of()));
            }
        });
        return filings;
    }

    /**
     * Whether the operator says that it met a duty in time, and the registry knows nothing of it: neither a submission that
     * answers the duty, nor one of that kind and day.
     *
     * @param known what the registry has for the duty
     * @param answering which of the operator's own would answer it
     * @param lastDay of the duty
     * @param asOf the day up to which the registry is known
     */
    boolean sayInTime(
            String operator, Submissions known, Predicate<Filing> answering, LocalDate lastDay, LocalDate asOf) {
        List<Filing> made = known.filings().stream()
                .filter(filing -> !filing.submitted().isAfter(asOf))
                .toList();
        if (made.stream().anyMatch(filing -> filing.rightAuthority() && !filing.withdrawnBy(asOf))) {
            return false;
        }
        return filings(operator).stream()
                .filter(answering)
                .filter(own -> !own.submitted().isAfter(lastDay) && own.standsOn(asOf))
                .anyMatch(own -> made.stream().noneMatch(filing -> filing.isLike(own)));
    }
}
