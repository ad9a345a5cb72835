package org.faceaudit.intake.rows;

import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.RegistryChange;

/**
 * Receives what rows turn out to mean. But for attempts and what an operator declares, every call gives a subject's whole time line and replaces the earlier one; {@code
 * before} is what was given last for the same subject, {@code null} the first time.
 */
public interface FactSink extends AttemptSink {

    void faceRecord(FaceRecord before, FaceRecord after);

    void accessPoint(AccessPoint before, AccessPoint after);

    void purpose(Purpose before, Purpose after);

    void consent(Consent before, Consent after);

    /** What counts of a use is how it stands now: {@code after} is the newest state, and no time line. */
    void use(DeclaredUse before, DeclaredUse after);

    /** As {@link #use}. */
    void filing(DeclaredFiling before, DeclaredFiling after);

    void registry(RegistryChange change);
}
