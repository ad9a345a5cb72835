package org.faceaudit.core.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.faceaudit.core.law.LegalDay;

/**
 * A legal day on which images were stored, at the latest, and by how many of them a count changes: negative where they cease
 * to count.
 */
public record CountedDay(LegalDay day, int images) {

    public CountedDay {
        Objects.requireNonNull(day, "day");
    }

    /** What remains of two lists taken together, by day. */
    static List<CountedDay> sum(List<CountedDay> one, List<CountedDay> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Map<LegalDay, Integer> images = new TreeMap<>();
        one.forEach(counted -> images.merge(counted.day(), counted.images(), Integer::sum));
        other.forEach(counted -> images.merge(counted.day(), counted.images(), Integer::sum));
        return list(images);
    }

    static List<CountedDay> list(Map<LegalDay, Integer> images) {
        List<CountedDay> counted = new ArrayList<>(images.size());
        images.forEach((day, count) -> {
            if (count != 0) {
                counted.add(new CountedDay(day, count));
            }
        });
        return List.copyOf(counted);
    }
}
