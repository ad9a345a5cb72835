package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The registry's rows as they are now, and how far they are known. */
final class OracleRegistry {

    static final String INITIAL = "INITIAL";
    static final String CHANGE = "CHANGE";
    static final String DEREGISTRATION = "DEREGISTRATION";

    private static final String EVERYONE = "*";

    private final RowBook book;
    private final LocalDate today;
    private final OwnRecords own;
    private final Map<String, List<JsonNode>> rows = new HashMap<>();
    private final Map<List<Object>, String> parameters = new HashMap<>();
    private final OracleCalendar calendar;

    /**
     * @param today what the rows date later has not come to pass; {@code LocalDate.MAX} to take them as they are
     * @param own what the operators' own databases say
     */
    OracleRegistry(RowBook book, LocalDate today, OwnRecords own) {
        this.book = book;
        this.own = own;
        this.today = today;
        this.calendar = new OracleCalendar(texts("calendar_notice"), texts("calendar_day"));
    }

    private List<Map<String, String>> texts(String table) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode row : rows(table)) {
            Map<String, String> texts = new HashMap<>();
            row.fields().forEachRemaining(column -> {
                if (!Values.isNull(column.getValue())) {
                    LocalDate day = column.getValue().isNumber() ? Values.date(row, column.getKey()) : null;
                    texts.put(column.getKey(), day == null ? column.getValue().asText() : day.toString());
                }
            });
            rows.add(texts);
        }
        return rows;
    }

    Instant knownThrough() {
        return book.knownThrough();
    }

    OracleCalendar calendar() {
        return calendar;
    }

    List<JsonNode> rows(String table) {
        return rows.computeIfAbsent(table, this::read);
    }

    /** What was seen of one source, by when it was seen, then id. */
    List<JsonNode> seen(String table, String operator, String system, String at) {
        return rows(table).stream()
                .filter(row -> operator.equals(Values.text(row, "operator_id")))
                .filter(row -> system.equals(Values.text(row, "system_id")))
                .sorted(Comparator.comparing((JsonNode row) -> Values.zoned(row, at))
                        .thenComparing(row -> Values.text(row, "id")))
                .toList();
    }

    /** What was seen at an instant was not seen on an earlier day. */
    private boolean isSeen(String table, String of, JsonNode row, String at) {
        return !table.equals(of) || !Values.day(Values.zoned(row, at)).isAfter(today);
    }

    private List<JsonNode> read(String table) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode current : book.current("registry." + table)) {
            ObjectNode row = current.deepCopy();
            if (come(row, "submitted_on", "changed_on", "started_on")
                    && (!table.equals("exception") || come(row, "valid_from"))
                    && isSeen(table, "reconciliation", row, "checked_at")
                    && isSeen(table, "schema_look", row, "looked_at")) {
                for (String end : List.of("returned_on", "accepted_on", "withdrawn_on", "terminated_on")) {
                    if (!come(row, end)) {
                        row.putNull(end);
                    }
                }
                if (!come(row, "published_on")) {
                    row.put("active", false);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Whether none of these days lies after today; a column that is not there, or empty, is no day. */
    private boolean come(JsonNode row, String... columns) {
        for (String column : columns) {
            LocalDate day = Values.isNull(row.get(column)) ? null : Values.date(row, column);
            if (day != null && day.isAfter(today)) {
                return false;
            }
        }
        return true;
    }

    /** The value in force on a day: the operator's own row before everyone's, the newest first. */
    String parameter(String name, String operator, LocalDate day) {
        return parameters.computeIfAbsent(List.of(name, operator, day), asked -> readParameter(name, operator, day));
    }

    private String readParameter(String name, String operator, LocalDate day) {
        for (String scope : List.of(operator, EVERYONE)) {
            LocalDate newest = null;
            String value = null;
            for (JsonNode row : rows("parameter")) {
                if (!Objects.equals(Values.text(row, "name"), name)
                        || !Objects.equals(Values.text(row, "scope"), scope)) {
                    continue;
                }
                LocalDate from = Values.date(row, "valid_from");
                if (!from.isAfter(day) && (newest == null || from.isAfter(newest))) {
                    newest = from;
                    value = Values.text(row, "value");
                }
            }
            if (value != null) {
                return value;
            }
        }
        throw new IllegalStateException("the registry has no parameter " + name + " on " + day);
    }

    BigDecimal number(String name, String operator, LocalDate day) {
        return new BigDecimal(parameter(name, operator, day));
    }

    /** Days on which a number that storage is judged by changes. */
    List<LocalDate> daysOfChange(String operator) {
        List<LocalDate> days = new ArrayList<>();
        for (JsonNode row : rows("parameter")) {
            String name = Values.text(row, "name");
            if ((name.equals("storage-reached.threshold") || name.startsWith("storage-approaching."))
                    && List.of(operator, EVERYONE).contains(Values.text(row, "scope"))) {
                days.add(Values.date(row, "valid_from"));
            }
        }
        return days;
    }

    int severity(String ruleId, String verdict, String operator, LocalDate day) {
        return number(ruleId + ".severity." + verdict.toLowerCase(java.util.Locale.ROOT), operator, day)
                .intValueExact();
    }

    /** Approved exceptions of an operator from a rule, in force or not. */
    List<JsonNode> exceptions(String ruleId, String operator) {
        return rows("exception").stream()
                .filter(row -> ruleId.equals(Values.text(row, "rule_id"))
                        && operator.equals(Values.text(row, "operator_id"))
                        && Values.text(row, "approved_by") != null)
                .toList();
    }

    /** A day, but for what is older than the Measures their first one: from then on their periods run. */
    LocalDate countedFrom(LocalDate day) {
        LocalDate inForce = Values.day(inForce());
        return day.isBefore(inForce) ? inForce : day;
    }

    /** The first instant of the Measures. */
    Instant inForce() {
        return Values.start(LocalDate.parse(parameter("measures.in-force", EVERYONE, LocalDate.MAX)));
    }

    /** The row of an operator, {@code null} if the registry does not know it. */
    JsonNode operator(String id) {
        return rows("operator").stream()
                .filter(row -> id.equals(Values.text(row, "id")))
                .findFirst()
                .orElse(null);
    }

    /** The legal day up to which the registry is known: what it dates later has not happened. */
    LocalDate asOf() {
        return Values.day(knownThrough());
    }

    /** Whoever took over from the operator, one after the other (PIPL 22). */
    List<String> successors(String operator) {
        List<String> successors = new ArrayList<>();
        String next = successor(operator);
        while (next != null && !next.equals(operator) && !successors.contains(next)) {
            successors.add(next);
            next = successor(next);
        }
        return successors;
    }

    private String successor(String operator) {
        JsonNode row = operator(operator);
        return row == null ? null : Values.text(row, "successor_id");
    }

    /** Filings of some kinds for the operator: its own, and those that cover it. */
    Submissions filings(String operator, String... kinds) {
        return filings(List.of(operator), List.of(operator), kinds);
    }

    /**
     * What was filed, from a day on, for those who took over from the operator; one that names the operator besides may have
     * gone to its province too.
     */
    Submissions successorFilings(String operator, LocalDate from, String... kinds) {
        List<String> seats = new ArrayList<>(successors(operator));
        seats.add(operator);
        return filings(successors(operator), seats, kinds)
                .only(filing -> !filing.submitted().isBefore(from));
    }

    /** Whether somebody who took over from the operator was on file before a day, by a filing that still stands. */
    boolean successorOnFile(String operator, LocalDate before) {
        List<Filing> earlier = successorFilings(operator, LocalDate.MIN, INITIAL, CHANGE).filings().stream()
                .filter(filing -> filing.submitted().isBefore(before) && filing.standsOn(asOf()))
                .toList();
        for (String successor : successors(operator)) {
            LocalDate ended = deregistrations(successor).lower(before);
            for (Filing filing : earlier) {
                boolean its =
                        filing.filer().equals(successor) || filing.covers().contains(successor);
                if (its && (ended == null || filing.submitted().isAfter(ended))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @param seats whose authority is asked for, as far as the filing is for them */
    private Submissions filings(List<String> handlers, List<String> seats, String... kinds) {
        List<Filing> filings = new ArrayList<>();
        for (JsonNode row : rows("filing")) {
            List<String> covers = new ArrayList<>();
            row.path("covers").forEach(covered -> covers.add(covered.asText()));
            String filer = Values.text(row, "operator_id");
            List<String> meant = new ArrayList<>(covers);
            meant.add(filer);
            if (handlers.stream().anyMatch(meant::contains) && List.of(kinds).contains(Values.text(row, "kind"))) {
                String declared = Values.text(row, "declared_persons");
                filings.add(new Filing(
                        Values.text(row, "id"),
                        filer,
                        Values.text(row, "kind"),
                        Values.date(row, "submitted_on"),
                        Values.date(row, "accepted_on"),
                        Values.date(row, "returned_on"),
                        Values.date(row, "withdrawn_on"),
                        seats.stream()
                                .filter(meant::contains)
                                .anyMatch(handler -> rightAuthority(handler, Values.text(row, "authority"))),
                        declared == null ? null : new BigDecimal(declared),
                        covers));
            }
        }
        return new Submissions(filings);
    }

    /** Of an operator whose region is unknown no province can be said to be the wrong one. */
    private boolean rightAuthority(String operator, String authority) {
        JsonNode row = operator(operator);
        String region = row == null ? null : Values.text(row, "region");
        String province = region == null ? authority.substring(0, 2) : region.substring(0, 2);
        return "000000".equals(authority) || (province + "0000").equals(authority);
    }

    /** The legal days on which the operator was deregistered: only what still stands ended anything. */
    TreeSet<LocalDate> deregistrations(String operator) {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (Filing filing : filings(operator, DEREGISTRATION).filings()) {
            if (filing.standsOn(asOf())) {
                days.add(filing.submitted());
            }
        }
        return days;
    }

    /**
     * The end of all use of the technology.
     *
     * @param id id of the use that ended last
     * @param stated the newest change of that use
     */
    record Termination(String id, LocalDate on, OraclePosition stated) {}

    /** {@code null} while any use that the operator declared goes on, or if it declared none. */
    Termination termination(String operator) {
        Termination last = null;
        for (OwnRecords.Use use : uses(operator)) {
            LocalDate ended = ended(use);
            if (ended == null) {
                return null;
            }
            String id = use.id();
            if (last == null || ended.isAfter(last.on()) || (ended.equals(last.on()) && id.compareTo(last.id()) > 0)) {
                last = new Termination(id, ended, use.stated());
            }
        }
        return last;
    }

    /** The newest change of a row of the registry. */
    OraclePosition stated(String table, String id) {
        List<RowState> states = book.states("registry." + table, id);
        return states.get(states.size() - 1).position();
    }

    /** What was entered, and what the operator's own database says. */
    private List<OwnRecords.Use> uses(String operator) {
        List<OwnRecords.Use> uses = new ArrayList<>(own.uses(operator));
        for (JsonNode row : rows("technology_use")) {
            if (operator.equals(Values.text(row, "operator_id"))) {
                String id = Values.text(row, "id");
                uses.add(
                        new OwnRecords.Use(id, Values.date(row, "terminated_on"), false, stated("technology_use", id)));
            }
        }
        return uses;
    }

    /** {@code null} while it goes on, or if that is not known: an end that is only planned is none. */
    private LocalDate ended(OwnRecords.Use use) {
        return use.ended() == null || use.ended().isAfter(asOf()) ? null : use.ended();
    }

    /** What the operators' own databases say. */
    OwnRecords own() {
        return own;
    }

    /** Something filed that is no longer so. */
    record FiledChange(String id, String field, LocalDate on) {}

    /** Changes that were declared, and scenes that ended while others went on. */
    List<FiledChange> changes(String operator) {
        List<FiledChange> changes = new ArrayList<>();
        for (JsonNode row : rows("substantive_change")) {
            if (operator.equals(Values.text(row, "operator_id"))) {
                changes.add(new FiledChange(
                        Values.text(row, "id"), Values.text(row, "field"), Values.date(row, "changed_on")));
            }
        }
        for (OwnRecords.Use use : uses(operator)) {
            LocalDate ended = ended(use);
            boolean othersGoOn = uses(operator).stream()
                    .filter(other -> !other.unknown())
                    .anyMatch(other -> ended(other) == null
                            || (ended != null && ended(other).isAfter(ended)));
            if (ended != null && othersGoOn) {
                changes.add(new FiledChange(use.id(), "scene", ended));
            }
        }
        changes.removeIf(change -> change.on().isAfter(asOf()));
        return changes;
    }

    /**
     * Whether a change of that field is substantive; of a field that nobody listed it cannot be said. People write Storage
     * Location or storage_location for storage-location.
     */
    boolean substantive(String field, String operator, LocalDate day) {
        String name = "change-filing-overdue.substantive."
                + String.join(
                        "-", field.strip().toLowerCase(java.util.Locale.ROOT).split("[ \\t_]+"));
        boolean listed = rows("parameter").stream()
                .anyMatch(row -> name.equals(Values.text(row, "name"))
                        && List.of(operator, EVERYONE).contains(Values.text(row, "scope"))
                        && !Values.date(row, "valid_from").isAfter(day));
        return listed && number(name, operator, day).signum() > 0;
    }

    /** Deadline of a change's filing or of a deregistration. */
    Due due(String duty, LocalDate trigger, String operator) {
        return Due.after(trigger, number(duty + ".days", operator, trigger).intValueExact(), calendar);
    }

    /** The filing deadline, the legacy rule included. */
    Due filingDue(LocalDate trigger, String operator) {
        if (!trigger.isAfter(LocalDate.parse(parameter("filing.legacy-until", operator, LocalDate.MAX)))) {
            LocalDate legacy = LocalDate.parse(parameter("filing.legacy-due", operator, LocalDate.MAX));
            return new Due(legacy, legacy, true);
        }
        return due("filing", trigger, operator);
    }

    /** A last day by the calendar now in force. */
    OracleAlert.Deadline deadline(LocalDate trigger, Due due) {
        boolean provisional = !due.fixed() && calendar.isProvisional(trigger, due.on());
        return new OracleAlert.Deadline(due.on(), provisional, calendar.version());
    }
}
