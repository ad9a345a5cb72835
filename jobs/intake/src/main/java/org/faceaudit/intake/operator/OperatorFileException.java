package org.faceaudit.intake.operator;

import java.util.List;
import java.util.stream.Collectors;

/** Operator files that cannot be used, with everything that is wrong with them. */
public final class OperatorFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public OperatorFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the files; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
