package org.faceaudit.intake.operator;

import java.util.List;

/**
 * A directory of operators' files as it was read.
 *
 * @param files those that can be used, in the order of their names
 * @param problems everything that is wrong with the others
 */
public record OperatorDirectory(List<OperatorFile> files, List<Problem> problems) {

    /** Copies the lists. */
    public OperatorDirectory {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }
}
