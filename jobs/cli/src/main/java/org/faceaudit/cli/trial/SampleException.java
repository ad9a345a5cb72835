package org.faceaudit.cli.trial;

/** A sample cannot be tried; the message is one sentence that says why. */
public final class SampleException extends Exception {
    private static final long serialVersionUID = 1L;

    SampleException(String sentence) {
        super(sentence);
    }

    SampleException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
