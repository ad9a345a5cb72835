package org.faceaudit.core.event;

/** How one verification went. */
public enum AttemptOutcome {
    /** The person was let through. */
    PASSED,
    /** The machine said no. */
    FAILED,
    /** The person said no to the method that was offered. */
    DECLINED
}
