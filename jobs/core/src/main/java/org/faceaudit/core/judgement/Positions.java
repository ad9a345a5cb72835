package org.faceaudit.core.judgement;

import java.util.Collection;
import java.util.List;
import org.faceaudit.core.event.Position;

/** The order of evidence. */
final class Positions {

    private Positions() {}

    /** Sorted by commit time, log position and key hash, without repeats and without {@code null}. */
    static List<Position> sorted(Collection<Position> positions) {
        return positions.stream()
                .filter(position -> position != null)
                .distinct()
                .sorted(Position.EVIDENCE_ORDER)
                .toList();
    }
}
