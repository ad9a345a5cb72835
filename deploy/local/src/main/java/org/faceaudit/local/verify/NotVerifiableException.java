package org.faceaudit.local.verify;

/** An alert cannot be derived again now; the message is one sentence that says why. */
final class NotVerifiableException extends Exception {
    private static final long serialVersionUID = 1L;

    NotVerifiableException(String sentence) {
        super(sentence);
    }

    NotVerifiableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
