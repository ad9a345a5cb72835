package org.faceaudit.local.verify;

import java.util.List;

/**
 * What came of a verification.
 *
 * @param sentence what it means, in one sentence
 * @param lines what differs, one line each
 */
record Outcome(Kind kind, String sentence, List<String> lines) {

    /** In the order of the exit status. */
    enum Kind {
        SAME,
        DIFFERENT,
        NOT_VERIFIABLE
    }

    Outcome {
        lines = List.copyOf(lines);
    }

    static Outcome notVerifiable(String sentence) {
        return new Outcome(Kind.NOT_VERIFIABLE, sentence, List.of());
    }

    int exitStatus() {
        return kind.ordinal();
    }
}
