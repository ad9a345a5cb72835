package org.faceaudit.cli.reconcile;

/** A source and what was captured of it cannot be compared now; the message is one sentence for people. */
public final class NotComparableException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotComparableException(String message) {
        super(message);
    }

    public NotComparableException(String message, Throwable cause) {
        super(message, cause);
    }
}
