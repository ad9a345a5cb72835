package org.faceaudit.local.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How an alert in the table differs from the same alert derived again, in the convergent columns.
 *
 * @param lines one per episode and column, with both values; none when they are the same
 */
record EpisodeComparison(List<String> lines) {
    private static final String NULL = "(nothing)";

    EpisodeComparison {
        lines = List.copyOf(lines);
    }

    /** Compares episode by episode; one that the table has WITHDRAWN must not be derived again. */
    static EpisodeComparison between(List<AlertEpisode> table, List<AlertEpisode> derived) {
        Map<Integer, AlertEpisode> rest = new LinkedHashMap<>();
        derived.forEach(episode -> rest.put(episode.episode(), episode));
        List<String> lines = new ArrayList<>();
        for (AlertEpisode one : table) {
            AlertEpisode other = rest.remove(one.episode());
            String name = "episode " + one.episode();
            if (one.withdrawn()) {
                if (other != null) {
                    lines.add(name + ": WITHDRAWN in the table, " + outcome(other) + " derived again");
                }
            } else if (other == null) {
                lines.add(name + ": " + outcome(one) + " in the table, not there derived again");
            } else {
                columns(name, one, other, lines);
            }
        }
        for (AlertEpisode other : rest.values()) {
            lines.add("episode " + other.episode() + ": not in the table, " + outcome(other) + " derived again");
        }
        return new EpisodeComparison(lines);
    }

    private static String outcome(AlertEpisode episode) {
        return episode.columns().get("verdict") + ' ' + episode.columns().get("status");
    }

    private static void columns(String name, AlertEpisode one, AlertEpisode other, List<String> lines) {
        one.columns().forEach((column, value) -> {
            String again = other.columns().get(column);
            if (!Objects.equals(value, again)) {
                lines.add(name + ": " + column + " is " + text(value) + " in the table, " + text(again)
                        + " derived again");
            }
        });
        evidence(name, one.evidencedBy(), other.evidencedBy(), lines);
    }

    private static String text(String value) {
        return value == null ? NULL : value;
    }

    /** Of evidence, which may be long, the first element that differs is told. */
    private static void evidence(String name, JsonNode one, JsonNode other, List<String> lines) {
        if (one.equals(other)) {
            return;
        }
        int index = 0;
        while (index < one.size() && index < other.size() && one.get(index).equals(other.get(index))) {
            index++;
        }
        lines.add(name + ": evidence has " + one.size() + " elements in the table, " + other.size()
                + " derived again; element " + (index + 1) + " is " + element(one, index) + " in the table, "
                + element(other, index) + " derived again");
    }

    private static String element(JsonNode evidence, int index) {
        return index < evidence.size() ? evidence.get(index).toString() : NULL;
    }

    boolean same() {
        return lines.isEmpty();
    }
}
