package org.faceaudit.core.event;

/** What a change says about one mapped field. The four values are never collapsed to {@code null}. */
public enum FieldState {
    /** The row carries a value. */
    PRESENT,
    /** The row carries SQL NULL, or the mapping says that nothing is there. */
    ABSENT,
    /** The log did not carry the field; its earlier value stands. */
    UNCHANGED,
    /** The log carried something that could not be read, or the earlier value is not known. */
    UNKNOWN
}
