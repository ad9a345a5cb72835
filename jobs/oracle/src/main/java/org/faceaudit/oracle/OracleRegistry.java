package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The registry's rows as they are now, and how far they are known. */
final class OracleRegistry {

    private static final String EVERYONE = "*";

    private final RowBook book;
    private final LocalDate today;
    private final Map<String, List<JsonNode>> rows = new HashMap<>();
    private final OracleCalendar calendar;

    /** @param today what the rows date later has not come to pass; {@code LocalDate.MAX} to take them as they are */
    OracleRegistry(RowBook book, LocalDate today) {
        this.book = book;
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

    private List<JsonNode> read(String table) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode current : book.current("registry." + table)) {
            ObjectNode row = current.deepCopy();
            if (come(row, "submitted_on", "changed_on", "started_on")
                    && (!table.equals("exception") || come(row, "valid_from"))) {
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
        for (String scope : List.of(operator, EVERYONE)) {
            LocalDate newest = null;
            String value = null;
            for (JsonNode row : rows("parameter")) {
                LocalDate from = Values.date(row, "valid_from");
                if (Objects.equals(Values.text(row, "name"), name)
                        && Objects.equals(Values.text(row, "scope"), scope)
                        && !from.isAfter(day)
                        && (newest == null || from.isAfter(newest))) {
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

    /** Filings made by the operator or covering it, not withdrawn. */
    List<JsonNode> filings(String operator, String kind) {
        List<JsonNode> filings = new ArrayList<>();
        for (JsonNode row : rows("filing")) {
            boolean covers = operator.equals(Values.text(row, "operator_id"));
            for (JsonNode covered : row.path("covers")) {
                covers |= covered.asText().equals(operator);
            }
            if (covers
                    && kind.equals(Values.text(row, "kind"))
                    && Values.date(row, "submitted_on") != null
                    && Values.date(row, "withdrawn_on") == null) {
                filings.add(row);
            }
        }
        return filings;
    }

    /** The filing deadline, the legacy rule included. */
    Due filingDue(LocalDate trigger, String operator) {
        if (!trigger.isAfter(LocalDate.parse(parameter("filing.legacy-until", operator, LocalDate.MAX)))) {
            LocalDate legacy = LocalDate.parse(parameter("filing.legacy-due", operator, LocalDate.MAX));
            return new Due(legacy, legacy);
        }
        return Due.after(trigger, number("filing.days", operator, trigger).intValueExact(), calendar);
    }
}
