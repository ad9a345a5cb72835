package org.faceaudit.core.judgement;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.faceaudit.core.event.Position;

/** The order of evidence. */
final class Positions {

    private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    private static final Comparator<Position> ORDER = Comparator.comparing(Position::committedAt)
            .thenComparing(Position::logPosition, TEXT)
            .thenComparing(Position::keyHash, TEXT)
            .thenComparing(Position::table, TEXT)
            .thenComparing(Position::topic)
            .thenComparing(Position::partition)
            .thenComparing(Position::offset);

    private Positions() {}

    /** Sorted by commit time, log position and key hash, without repeats and without {@code null}. */
    static List<Position> sorted(Collection<Position> positions) {
        return positions.stream()
                .filter(position -> position != null)
                .distinct()
                .sorted(ORDER)
                .toList();
    }
}
