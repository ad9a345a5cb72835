package org.faceaudit.cli.capture;

import java.util.ArrayList;
import java.util.List;

/** Collects what was found, in the order in which it was asked. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void ok(String sentence) {
        found.add(new Finding(Finding.Level.OK, sentence + "."));
    }

    void warning(String sentence, String remedy) {
        found.add(new Finding(Finding.Level.WARNING, sentence + "; " + remedy + "."));
    }

    void problem(String sentence, String remedy) {
        found.add(new Finding(Finding.Level.PROBLEM, sentence + "; " + remedy + "."));
    }

    /** A problem if something is not as it must be, else how it is. */
    void require(boolean good, String well, String sentence, String remedy) {
        if (good) {
            ok(well);
        } else {
            problem(sentence, remedy);
        }
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
