package org.faceaudit.core.judgement;

import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;

/** Whether something is so, as far as the facts tell. */
enum Answer {
    NO,
    UNKNOWN,
    YES;

    static Answer of(boolean so) {
        return so ? YES : NO;
    }

    /** A flag that is empty is not set; one that cannot be read may be. */
    static Answer set(FieldValue flag) {
        return is(flag, ConsentVersion.YES);
    }

    /** Whether a field says a word; one that is empty says none. */
    static Answer is(FieldValue field, String word) {
        return field.state() == FieldState.UNKNOWN ? UNKNOWN : of(word.equals(field.text()));
    }

    Answer and(Answer other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Answer or(Answer other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Answer not() {
        return switch (this) {
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
            case YES -> NO;
        };
    }
}
