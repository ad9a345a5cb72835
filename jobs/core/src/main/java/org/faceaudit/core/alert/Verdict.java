package org.faceaudit.core.alert;

/** What a judgement says of the facts. */
public enum Verdict {
    /** The facts meet every element of a breach. */
    VIOLATION,
    /** A breach is likely; a person must look. */
    SUSPECTED,
    /** No breach yet; one approaches. */
    WARNING,
    /** A legal fact that is no breach in itself. */
    NOTICE,
    /** The evidence does not allow a verdict. */
    UNKNOWN
}
