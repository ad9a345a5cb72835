package org.faceaudit.core.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.faceaudit.core.event.Position;

/**
 * A change in a source, and how many findings rest on it: one ended membership may be the ground of many. Negative in a
 * correction.
 */
public record CountedPosition(Position position, int findings) {

    public CountedPosition {
        Objects.requireNonNull(position, "position");
    }

    /** What remains of two lists taken together, in the order of evidence. */
    static List<CountedPosition> sum(List<CountedPosition> one, List<CountedPosition> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Map<Position, Integer> findings = new TreeMap<>(Position.EVIDENCE_ORDER);
        one.forEach(counted -> findings.merge(counted.position(), counted.findings(), Integer::sum));
        other.forEach(counted -> findings.merge(counted.position(), counted.findings(), Integer::sum));
        return list(findings);
    }

    static List<CountedPosition> list(Map<Position, Integer> findings) {
        List<CountedPosition> counted = new ArrayList<>(findings.size());
        findings.forEach((position, count) -> {
            if (count != 0) {
                counted.add(new CountedPosition(position, count));
            }
        });
        return List.copyOf(counted);
    }
}
