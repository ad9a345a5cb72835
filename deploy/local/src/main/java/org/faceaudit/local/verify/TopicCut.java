package org.faceaudit.local.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.SourceProgressBook;
import org.faceaudit.intake.rows.SourceProgressState;

/**
 * Reads one evidence topic in its order, as the job does, up to where the tables say that it is known, and looks on its way at
 * the records that an alert rests on.
 */
final class TopicCut {
    private final Mapping mapping;
    private final Instant knownThrough;
    private final EnvelopeDecoder decoder;
    private final SourceProgressBook book;
    private final Map<Long, List<EvidencePosition>> wanted = new HashMap<>();
    private final Set<EvidencePosition> missing = new HashSet<>();
    private final List<String> contradictions = new ArrayList<>();
    private Instant reached;

    /**
     * A reading of a mapping's topic.
     *
     * @param knownThrough how far the tables say that it is known
     * @param evidence positions in the topic that are to be looked at
     */
    TopicCut(Mapping mapping, Instant knownThrough, Collection<EvidencePosition> evidence) {
        this.mapping = mapping;
        this.knownThrough = knownThrough;
        this.decoder = new EnvelopeDecoder(mapping);
        this.book = new SourceProgressBook(SourceProgressState.empty(mapping.operator(), mapping.system()));
        for (EvidencePosition position : evidence) {
            wanted.computeIfAbsent(position.offset(), none -> new ArrayList<>()).add(position);
            missing.add(position);
        }
    }

    /**
     * Takes the next record.
     *
     * @return whether it tells more than the tables know: it and all behind it are not part of what they know
     */
    boolean isBeyond(long offset, long appendedAtMillis, byte[] key, byte[] value) {
        Decoded decoded = decoder.decode(mapping.topic(), 0, offset, appendedAtMillis, key, value);
        List<RowChange> onward = decoded.rejected() ? List.of() : book.accept(decoded.change());
        Instant known = book.progress().knownThrough();
        if (known != null && known.isAfter(knownThrough)) {
            return true;
        }
        reached = known;
        for (EvidencePosition position : wanted.getOrDefault(offset, List.of())) {
            missing.remove(position);
            if (onward.stream().map(RowChange::position).noneMatch(position::isAt)) {
                contradictions.add(position.place() + ": the table says " + position.words()
                        + "; the record there says " + (onward.isEmpty() ? "nothing that is judged" : words(onward)));
            }
        }
        return false;
    }

    /** A change stands last among those that one record makes. */
    private static String words(List<RowChange> onward) {
        Position position = onward.get(onward.size() - 1).position();
        return EvidencePosition.words(position);
    }

    /** How far the topic is known by what is part of the cut; {@code null} before its first snapshot has ended. */
    Instant knownThrough() {
        return reached;
    }

    /** A sentence for each position whose record says something else. */
    List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** The positions at which nothing was read. */
    Set<EvidencePosition> missing() {
        return Set.copyOf(missing);
    }
}
