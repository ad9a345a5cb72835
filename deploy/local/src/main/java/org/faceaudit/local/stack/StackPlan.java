package org.faceaudit.local.stack;

import java.nio.file.Path;
import java.util.List;
import org.faceaudit.local.process.StackException;

/**
 * What a stack shall consist of.
 *
 * @param data the directory of all its files
 * @param ports where its parts listen
 * @param sources names of the sample databases, one PostgreSQL server each, {@code [a-z0-9-]+}; none for real sources
 * @param fresh whether data of an earlier run are erased first
 */
public record StackPlan(Path data, Ports ports, List<String> sources, boolean fresh) {
    /** Refuses names that would not do in a topic. */
    public StackPlan {
        sources = List.copyOf(sources);
        for (String source : sources) {
            if (!source.matches("[a-z0-9-]+") || source.equals(Stack.AUDIT)) {
                throw new StackException(
                        "\"" + source + "\" cannot be the name of a sample source: use a-z, 0-9 and -.");
            }
        }
    }
}
