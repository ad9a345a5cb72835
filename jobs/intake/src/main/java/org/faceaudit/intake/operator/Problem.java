package org.faceaudit.intake.operator;

import java.util.Objects;

/**
 * One thing that is wrong in an operator's or a product's file.
 *
 * @param file the file as it was named
 * @param line line, from 1
 * @param column column, from 1
 * @param sentence what is wrong
 * @param remedy what to do about it
 */
public record Problem(String file, int line, int column, String sentence, String remedy) {

    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** {@code file:line:column: sentence remedy}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + sentence + " " + remedy;
    }
}
