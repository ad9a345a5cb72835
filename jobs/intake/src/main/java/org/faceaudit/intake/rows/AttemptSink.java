package org.faceaudit.intake.rows;

import org.faceaudit.core.event.Position;

/** Receives what rows tell of attempts, and which changes tell nothing. */
public interface AttemptSink {

    /** One change of an attempt. What was told of it before is for the receiver to know. */
    void attempt(AttemptTold told);

    /** A change that no judgement uses, with the reason by name (for example {@code filtered-row}). */
    void notApplicable(String reason, Position position);

    /** A mapped value that could not be read: the change is kept as UNKNOWN and counted. */
    void unreadable(String field, String reason, Position position);
}
