package org.faceaudit.pipeline.convergence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.PersonDay;
import org.faceaudit.runtime.sink.TableRow;

/** Brings the job's counts by day and the oracle's into one form, and tells them apart. */
final class PersonDays {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DAYS_COMPARED = 400;

    private PersonDays() {}

    /** Operator and day, or the operator alone for the row that says how far it is known. */
    static String key(TableRow row) {
        JsonNode json = json(row);
        return json.path("operator_id").asText() + '/' + json.path("day").asText();
    }

    static TableRow newer(TableRow one, TableRow other) {
        JsonNode before = json(one);
        JsonNode after = json(other);
        int byGeneration = Long.compare(
                before.path("generation").asLong(), after.path("generation").asLong());
        int order = byGeneration != 0
                ? byGeneration
                : Long.compare(
                        before.path("position").asLong(), after.path("position").asLong());
        return order > 0 ? one : other;
    }

    static JsonNode json(TableRow row) {
        try {
            return JSON.readTree(row.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the job writes JSON", e);
        }
    }

    /** One line per difference in the newest days of every operator, empty when there is none. */
    static List<String> differences(Oracle oracle, Collection<TableRow> job) {
        Map<String, TreeMap<LocalDate, PersonDay>> changes = new TreeMap<>();
        Map<String, LocalDate> known = new TreeMap<>();
        for (TableRow row : job) {
            JsonNode json = json(row);
            String operator = json.path("operator_id").asText();
            if (json.has("known_to")) {
                known.put(operator, LocalDate.parse(json.path("known_to").asText()));
            } else if (!json.path("deleted").asBoolean()) {
                LocalDate day = LocalDate.parse(json.path("day").asText());
                changes.computeIfAbsent(operator, name -> new TreeMap<>())
                        .put(
                                day,
                                new PersonDay(
                                        operator,
                                        day,
                                        json.path("persons_low").asLong(),
                                        json.path("persons_high").asLong(),
                                        json.path("exact").asBoolean()));
            }
        }
        List<String> differences = new ArrayList<>();
        for (String operator : oracle.operators()) {
            TreeMap<LocalDate, PersonDay> days = changes.getOrDefault(operator, new TreeMap<>());
            LocalDate newest = oracle.newestDay(operator);
            if (!newest.equals(known.get(operator))) {
                differences.add(operator + " is known to " + newest + ", not " + known.get(operator));
                continue;
            }
            for (PersonDay day : oracle.personDays(operator, newest.minusDays(DAYS_COMPARED), newest)) {
                Map.Entry<LocalDate, PersonDay> carried = days.floorEntry(day.day());
                if (carried == null
                        ? day.personsHigh() != 0
                        : !carriedTo(day.day(), carried.getValue()).equals(day)) {
                    differences.add(operator + " oracle " + day + ", job " + carried);
                }
            }
        }
        return differences;
    }

    /** The days between two rows carry on, as the view has it. */
    private static PersonDay carriedTo(LocalDate day, PersonDay from) {
        return new PersonDay(from.operator(), day, from.personsLow(), from.personsHigh(), from.exact());
    }
}
