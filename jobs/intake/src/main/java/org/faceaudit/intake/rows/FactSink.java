package org.faceaudit.intake.rows;

import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.RegistryChange;

/**
 * Receives what rows turn out to mean. Every call gives a subject's whole time line and replaces the earlier one; {@code
 * before} is what was given last for the same subject, {@code null} the first time.
 */
public interface FactSink {

    void faceRecord(FaceRecord before, FaceRecord after);

    void accessPoint(AccessPoint before, AccessPoint after);

    void purpose(Purpose before, Purpose after);

    /** One change of an attempt; the only call that does not tell what was given before. */
    void attempt(AttemptTold told);

    void registry(RegistryChange change);

    /** A change that no judgement uses, with the reason by name (for example {@code filtered-row}). */
    void notApplicable(String reason, Position position);

    /** A mapped value that could not be read: the change is kept as UNKNOWN and counted. */
    void unreadable(String field, String reason, Position position);
}
