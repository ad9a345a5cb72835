package org.faceaudit.core.judgement;

/** Where a statutory deadline stands. */
public enum ClockStanding {
    RUNNING,
    MET,
    MET_LATE,
    /** Even the latest possible deadline has passed. */
    OVERDUE,
    /** Only the earliest possible deadline has passed, or the duty itself is not certain. */
    POSSIBLY_OVERDUE,
    /** The trigger turned out not to be; whoever keeps clocks says so of one that is no longer derived. */
    WITHDRAWN
}
