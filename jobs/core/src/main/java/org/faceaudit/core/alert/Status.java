package org.faceaudit.core.alert;

/** Where an alert's episode stands. Only data changes it; people acknowledge beside it. */
public enum Status {
    OPEN,
    RESOLVED,
    /** A valid exception covers it; still counted. */
    EXEMPT,
    /** The fact turned out not to be. */
    WITHDRAWN
}
