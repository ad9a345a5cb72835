package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.Position;

/** What a judgement of attempts rests on: the attempts one by one while they are few, else their number and hash. */
final class AttemptEvidence {

    /** So many attempts are listed; beside them there is room for what a point offered and for an exception. */
    static final int MOST_LISTED = Evidence.MAX_POSITIONS - 2;

    private AttemptEvidence() {}

    /**
     * Evidence of these changes, in any order.
     *
     * @param from when the first of the attempts was made
     * @param to when the last of them was made, or was settled
     */
    static Evidence of(Collection<Position> positions, Instant from, Instant to) {
        List<Position> sorted = Positions.sorted(positions);
        return sorted.size() <= Evidence.MAX_POSITIONS
                ? Evidence.of(sorted)
                : Evidence.range(
                        from,
                        to,
                        sorted.size(),
                        ThingHash.text(
                                sorted.stream().mapToLong(AttemptEvidence::hash).sum()));
    }

    /** The evidence and one more position. */
    static Evidence and(Evidence evidence, Position position) {
        List<Position> positions = new ArrayList<>(evidence.positions());
        positions.add(position);
        return new Evidence(
                Positions.sorted(positions),
                evidence.rangeFrom(),
                evidence.rangeTo(),
                evidence.count(),
                evidence.hash());
    }

    /** Adds up, in any order, to the hash of a range. Of the source's own position: a repeated record stands elsewhere in the topic. */
    static long hash(Position position) {
        return ThingHash.of(
                String.valueOf(position.table()),
                String.valueOf(position.keyHash()),
                String.valueOf(position.logPosition()),
                position.committedAt().toString());
    }
}
