package org.faceaudit.cli.reconcile;

import org.faceaudit.core.event.Position;

/**
 * What one snapshot of a source sees, and a position of its log before which all of that stands. With the two a topic can be
 * read up to exactly that snapshot: whatever of it the snapshot does not see is left out, and nothing of what it sees comes
 * after the first change past the position, since a topic is in the order of commits.
 */
public interface SourceSnapshot {

    /** The position, as the database spells it. */
    String logPosition();

    /** Whether the snapshot sees a change of the log that names its transaction. */
    boolean sees(Position change);

    /** Whether a change of the log stands past the position: then everything that the snapshot sees stands before it. */
    boolean isPassedBy(Position change);

    /** Whether a snapshot of the connector, known by its log position as a number, was taken after this one. */
    boolean isBefore(long connectorSnapshot);
}
