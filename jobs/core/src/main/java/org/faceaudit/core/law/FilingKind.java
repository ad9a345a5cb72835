package org.faceaudit.core.law;

/** What a filing does (Art. 15 ¶1, 3, 4 of the Measures). */
public enum FilingKind {
    INITIAL,
    CHANGE,
    DEREGISTRATION
}
