package org.faceaudit.cli.capture;

import java.util.Objects;

/**
 * One thing that was asked of a source, and how it is.
 *
 * @param level whether anything is to be done about it
 * @param sentence how it is and, unless all is well, what to do about it
 */
public record Finding(Level level, String sentence) {

    /** How much a finding stands in the way. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Capture works, and somebody should know this. */
        WARNING,
        /** Capture would fail, or lose or misread something without a word. */
        PROBLEM
    }

    public Finding {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(sentence, "sentence");
    }

    /** Level and sentence in one line. */
    @Override
    public String toString() {
        return String.format("%-8s %s", level, sentence);
    }
}
