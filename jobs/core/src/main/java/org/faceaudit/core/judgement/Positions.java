package org.faceaudit.core.judgement;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.faceaudit.core.event.Position;

/** The order of evidence. */
final class Positions {

    /** Lists of positions by their first, then by their second, and so on; a list before what goes on after it. */
    static final Comparator<List<Position>> LISTS = Positions::compare;

    private Positions() {}

    private static int compare(List<Position> one, List<Position> other) {
        int common = Math.min(one.size(), other.size());
        for (int i = 0; i < common; i++) {
            int order = Position.EVIDENCE_ORDER.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Sorted by commit time, log position and key hash, without repeats and without {@code null}. */
    static List<Position> sorted(Collection<Position> positions) {
        return positions.stream()
                .filter(position -> position != null)
                .distinct()
                .sorted(Position.EVIDENCE_ORDER)
                .toList();
    }
}
