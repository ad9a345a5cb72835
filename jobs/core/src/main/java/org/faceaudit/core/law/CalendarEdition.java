package org.faceaudit.core.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.faceaudit.core.event.Position;

/**
 * Which notices a calendar counts by, and in which state of their rows: a correction keeps the id, but not the position.
 *
 * @param notices active notices by id
 */
public record CalendarEdition(Map<String, Position> notices) {

    public CalendarEdition {
        notices = Map.copyOf(notices);
    }

    /** What has changed since another edition, in words; empty if nothing has. */
    public Optional<String> since(CalendarEdition before) {
        List<String> news = new ArrayList<>();
        new TreeMap<>(notices).forEach((id, position) -> {
            if (!before.notices().containsKey(id)) {
                news.add("notice " + id + " now active");
            } else if (!position.equals(before.notices().get(id))) {
                news.add("notice " + id + " corrected");
            }
        });
        new TreeMap<>(before.notices())
                .keySet().stream()
                        .filter(id -> !notices.containsKey(id))
                        .forEach(id -> news.add("notice " + id + " no longer active"));
        return news.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", news));
    }
}
