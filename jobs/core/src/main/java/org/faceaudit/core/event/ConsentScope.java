package org.faceaudit.core.event;

/** To what a person consented. */
public enum ConsentScope {
    /** That their face is processed for the purpose they were told. */
    FACE,
    /** To a bundle of terms of which the face is one: no consent of its own. */
    BUNDLED,
    /** Something else. */
    OTHER
}
