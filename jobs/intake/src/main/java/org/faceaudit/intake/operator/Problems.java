package org.faceaudit.intake.operator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong in one file. */
final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** Of the file as a whole. */
    void add(String sentence, String remedy) {
        found.add(new Problem(file, 1, 1, sentence, remedy));
    }

    void add(Node node, String sentence, String remedy) {
        add(node.getStartMark(), sentence, remedy);
    }

    void add(Mark mark, String sentence, String remedy) {
        found.add(new Problem(file, mark.getLine() + 1, mark.getColumn() + 1, sentence, remedy));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
