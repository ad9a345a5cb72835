package org.faceaudit.intake.envelope;

/** Ends the decoding of a record; never leaves this package. Carries a reason and nothing of the record. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    RejectedException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return getMessage();
    }
}
